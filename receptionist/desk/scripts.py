"""The scripts of all clients: which counts, what it says now, and what becomes of a new one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist import scriptfile
from receptionist.desk.ground import Ground
from receptionist.desk.people import People
from receptionist.errors import BadInput, WrongFile
from receptionist.events import CallIncoming, DeskEvent, ScriptNews
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.closing import holiday
from receptionist.model.contact import Contact
from receptionist.model.office import Directory
from receptionist.model.rota import OnCallRota
from receptionist.model.schedule import Circumstances
from receptionist.model.script import (
    ActionKind,
    ClientScript,
    Filling,
    Script,
    ScriptVersion,
    ScriptWarning,
    Text,
    differences,
    implied,
    in_two_lines,
)
from receptionist.ports import Store
from receptionist.scriptfile import Surroundings

log = logging.getLogger(__name__)

_ON_CALL = "{on_call}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a script says at an instant: greeting, warnings, and the titles of its call reasons."""

    greeting: str
    warnings: tuple[str, ...]
    reasons: tuple[str, ...]


class Scripts:
    """The script that counts for each client, in memory: a ringing phone needs no query.

    Main thread. A client without a script has an implied one. What changed in it since one last
    answered is looked up while it rings, and told by `ScriptNews`.
    """

    def __init__(self, ground: Ground, people: People) -> None:
        self._ground, self._people = ground, people
        self._counting: dict[UUID, ClientScript] = {}
        self._read: dict[UUID, Script] = {}
        self._known: dict[tuple[UUID, UUID], Script] = {}
        ground.directory.scripted = self.greeting
        people.contacts.used_by(self._uses)
        people.rotas.used_by(self._rota_uses)
        ground.listeners.add(self._on_event)

    def use(self, directory: Directory) -> None:
        """Take over what counts, as the store holds it."""
        before, self._counting = self._counting, {one.client_id: one for one in directory.scripts}
        self._read = {one: self._read[one] for one in self._read if one in self._counting}
        for client_id, script in self._counting.items():
            if before.get(client_id) != script or client_id not in self._read:
                self._take(client_id, script)

    def _take(self, client_id: UUID, counting: ClientScript) -> None:
        """What an older or newer program wrote may be unreadable: then he is as without one."""
        self._read.pop(client_id, None)
        try:
            self._read[client_id] = scriptfile.parse(counting.text)
        except WrongFile as error:
            log.warning("the script of a client cannot be read: %d faults", len(error.faults))
            return
        if counting.version_id is not None:
            self._known[client_id, counting.version_id] = self._read[client_id]

    # ---- what there is

    def of(self, client: Client) -> Script:
        """The script that counts for a client, or the implied one."""
        return self._read.get(client.id) or implied(client)

    def scripted(self, client: Client) -> bool:
        """Whether a client has a script of his own, and not the implied one."""
        return client.id in self._read

    def counting(self, client_id: UUID) -> ClientScript | None:
        """The text that counts for a client and which version that is; None without a script."""
        return self._counting.get(client_id)

    def for_call(self, call: Call, client: Client) -> Script:
        """The script a call goes through: the version in which its call reason was chosen."""
        known = self._known.get((client.id, call.script_id)) if call.script_id else None
        return known or self.of(client)

    def faults(self, client: Client) -> tuple[BadInput, ...]:
        """What is wrong by now with what counts: an appointment kind is gone, for instance."""
        counting = self._counting.get(client.id)
        if counting is None:
            return ()
        try:
            scriptfile.parse(counting.text, self.surroundings(client))
        except WrongFile as error:
            return error.faults
        return ()

    def surroundings(self, client: Client) -> Surroundings:
        """What the script of a client may refer to."""
        return Surroundings.of(client, self._ground.directory.current)

    def names(self, client: Client) -> Mapping[str, str]:
        """What the appointment kinds, contacts and rotas of a client are called, by their keys."""
        rotas = {one.key: one.name for one in self._people.rotas.of(client.id)}
        contacts = {one.key: one.name for one in self._people.contacts.of(client.id)}
        return rotas | contacts | {kind.key: kind.name for kind in client.kinds}

    def check(self, client: Client, text: str) -> Script:
        """The script that a text describes for a client; `WrongFile` says what is wrong where."""
        return scriptfile.parse(text, self.surroundings(client))

    def expiring(self, client: Client, until: date) -> tuple[ScriptWarning, ...]:
        """The warnings of a client that hold today and end by `until`, the first to end first."""
        today = self._ground.clock.now().astimezone(ZoneInfo(client.zone)).date()
        found = [
            (one.when.last, one)
            for one in self.of(client).warnings
            if one.when.last is not None and today <= one.when.last <= until
        ]
        return tuple(one for _last, one in sorted(found, key=lambda pair: pair[0]))

    def page(self, client: Client, version: ScriptVersion) -> str:
        """A version as a page (HTML) that the client reads and agrees to."""
        script = scriptfile.parse(version.text)
        return self.page_of(client, script, number=version.number, at=version.at)

    def page_of(
        self, client: Client, script: Script, *, number: int = 0, at: datetime | None = None
    ) -> str:
        """The page of a script; without a number it is not kept yet."""
        at = at or self._ground.clock.now()
        heading = scriptfile.Heading(
            client=client.name,
            office=self._ground.directory.office.name,
            number=number,
            day=at.astimezone(ZoneInfo(client.zone)).date(),
            names=self.names(client),
        )
        return scriptfile.page(script, heading)

    # ---- what is said

    def greeting(self, client: Client, call: Call | None = None) -> str:
        """What a client's script says first; "" where his usual greeting is meant."""
        return self._greeting(self.of(client), client, self.circumstances(client, call), call)

    def said(
        self,
        client: Client,
        text: Text,
        language: str,
        call: Call | None = None,
        at: datetime | None = None,
    ) -> str:
        """A text for a caller of `language` with what its placeholders stand for, in a call or not.

        Who is on call is only looked up where he is named.
        """
        at = at or self._ground.clock.now()
        named = _ON_CALL in text.to(language)
        directory = self._ground.directory
        filling = Filling(
            client=client.name,
            receptionist=directory.receptionist.name,
            office=directory.office.name,
            at=at.astimezone(ZoneInfo(client.zone)).time(),
            on_call=self._on_call(client, at) if named else "",
            caller=(call.caller_name or call.caller.name) if call else "",
            caller_number=call.number if call else "",
        )
        return filling.fill(text, language)

    def circumstances(
        self,
        client: Client,
        call: Call | None,
        at: datetime | None = None,
        script: Script | None = None,
    ) -> Circumstances:
        """What a client's schedules are asked with, in a call or without one; those of a `script`
        that is not saved too."""
        line = self._ground.directory.line(call.line_id) if call else None
        local = (at or self._ground.clock.now()).astimezone(ZoneInfo(client.zone))
        place = client.holidays or self._ground.directory.office.holidays
        asked = script or self._read.get(client.id, Script())
        schedules = [one.when for one in asked.greetings] + [one.when for one in asked.warnings]
        timed = any(one.holiday is not None for one in schedules)
        days = (local.date(), local.date() - timedelta(days=1)) if timed else ()
        return Circumstances(
            local=local.replace(tzinfo=None),
            holidays=frozenset(day for day in days if holiday(place, day)),
            line=line.key if line else "",
            dialled=call.dialled if call else "",
            language=call.language if call else "",
        )

    def dry_run(
        self,
        client: Client,
        at: datetime,
        *,
        line: str = "",
        dialled: str = "",
        language: str = "",
        script: Script | None = None,
    ) -> Spoken:
        """What would be said at an instant, by what counts or by a `script` that is not saved."""
        known = self.circumstances(client, None, at, script)
        asked = replace(known, line=line, dialled=dialled, language=language)
        chosen = script or self.of(client)
        own, found = chosen.language, chosen.greeting(asked)
        tongue = language or own
        usual = Text(((client.greeting.language, client.greeting.text),))
        return Spoken(
            self.said(client, found.text if found else usual, tongue, at=at),
            tuple(self.said(client, one.text, own, at=at) for one in chosen.warned(asked)),
            tuple(one.title.to(own) for one in chosen.reasons),
        )

    def _on_call(self, client: Client, at: datetime) -> str:
        """Who of those on call is asked first, by name; "" for nobody."""
        asked = self._people.rotas.on_call(client.id, at=at)
        there = [one for one in asked if one.reach.may_connect(urgent=True)]
        return next((one.contact.name for one in there or asked), "")

    def _uses(self, contact: Contact) -> tuple[str, ...]:
        """A contact who stands in the script that counts cannot be removed."""
        return self._names(contact.client_id, contact.key, ActionKind.CONNECT)

    def _rota_uses(self, rota: OnCallRota) -> tuple[str, ...]:
        """A rota that the script names cannot be removed: in an emergency nobody would be asked."""
        return self._names(rota.client_id, rota.key, ActionKind.ON_CALL, ActionKind.URGENT)

    def _names(self, client_id: UUID, key: str, *kinds: ActionKind) -> tuple[str, ...]:
        script = self._read.get(client_id, Script())
        actions = [one for reason in script.reasons for one in reason.actions]
        named = {one.target for one in actions if one.do in kinds}
        return (_("the script"),) if key in named else ()

    def _greeting(
        self, script: Script, client: Client, asked: Circumstances, call: Call | None
    ) -> str:
        found = script.greeting(asked)
        tongue = asked.language or script.language
        return self.said(client, found.text, tongue, call) if found else ""

    # ---- what changed since one last answered

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallIncoming) and event.client is not None:
            self._tell_news(event.call, event.client)

    def _tell_news(self, call: Call, client: Client) -> None:
        who, now = self._ground.directory.receptionist.id, self._read.get(client.id)
        if now is None:
            return

        def before(store: Store) -> tuple[bool, ScriptVersion | None]:
            last = store.scripts.last_answered(client.id, who, call.started)
            return bool(last), store.scripts.counting(client.id, last) if last else None

        def tell(found: tuple[bool, ScriptVersion | None]) -> None:
            answered, version = found
            lines = self._news(client, version, now) if answered else ()
            if lines:
                news = ScriptNews(call_id=call.id, client_id=client.id, lines=lines)
                self._ground.listeners.tell(news)

        self._ground.memory.submit(before, then=tell, failed=self._no_news)

    def _news(self, client: Client, version: ScriptVersion | None, now: Script) -> tuple[str, ...]:
        if version is None:
            return (_("There is a script for this client now."),)
        try:
            old = self._known.get((client.id, version.id)) or scriptfile.parse(version.text)
        except WrongFile:
            return ()
        return in_two_lines(differences(old, now, self.names(client)))

    def _no_news(self, error: Exception) -> None:
        log.warning("what changed in a script is not known: %s", type(error).__name__)
