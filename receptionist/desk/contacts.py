"""Whom callers may be connected with: a client's contacts, in memory, and how each is reached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from receptionist.desk.faults import free_key
from receptionist.desk.ground import Ground
from receptionist.desk.peoplefaults import people_faults
from receptionist.desk.peoplewriting import write_people
from receptionist.desk.week import all_read, taken
from receptionist.errors import BadInput, NotFound
from receptionist.events import CalendarChanged, DeskEvent, DirectoryChanged, ReachChanged
from receptionist.i18n import _
from receptionist.model.busy import Busy
from receptionist.model.checks import brief
from receptionist.model.client import Client
from receptionist.model.contact import Contact, Standing
from receptionist.model.contactpreview import Preview, ReadContact, previewed
from receptionist.model.office import Directory
from receptionist.model.peoplechecks import in_use
from receptionist.model.period import Period
from receptionist.model.presence import LOOKED_AHEAD
from receptionist.model.reach import Reach, reach, sentence
from receptionist.model.rota import OnCallRota
from receptionist.ports import Store

log = logging.getLogger(__name__)

Failed = Callable[[Exception], object]
Uses = Callable[[Contact], Iterable[str]]
"""What needs a contact, each in a few words: `the script`, `the call-back for …`."""


def _failed(error: Exception) -> None:
    log.error("calendars of contacts could not be looked at: %s", type(error).__name__)


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact with how he can be reached now, and that in a sentence."""

    contact: Contact
    reach: Reach
    sentence: str


class Contacts:
    """Contacts of clients. Main thread; what is asked is answered from memory, at once.

    Calendars are looked at anew when they were read, so nothing is read while it rings.
    """

    def __init__(self, ground: Ground, use: Callable[[Directory], object]) -> None:
        """`use` takes a stored directory over."""
        self._ground = ground
        self._directory = ground.directory
        self._use = use
        self._events: dict[UUID, tuple[Busy, ...] | None] = {}
        self._asked: frozenset[UUID] = frozenset()
        self._uses: list[Uses] = [self._rotas_with]
        ground.listeners.add(self._on_event)

    # ---- asking

    def of(self, client_id: UUID) -> tuple[Contact, ...]:
        """The contacts of a client, by name."""
        return self._directory.contacts(client_id)

    def get(self, client_id: UUID, key: str) -> Contact:
        """The contact with this key; `NotFound` names those there are."""
        found = next((one for one in self.of(client_id) if one.key == key), None)
        if found is None:
            known = ", ".join(one.key for one in self.of(client_id)) or "–"
            message = _("There is no contact “{key}”. There are: {known}")
            raise NotFound(message.format(key=brief(key), known=known))
        return found

    def reached(self, contact: Contact, at: datetime | None = None) -> Reached:
        """How a contact can be reached now, or at another instant of the next days."""
        now = at or self._ground.clock.now()
        client = self._directory.client(contact.client_id)
        if client is None:
            raise NotFound(_("This client does not exist any more."))
        found = reach(contact, client, self._events_of(contact, client), now)
        return Reached(contact, found, sentence(contact, found, client.zone, now))

    def uses(self, contact: Contact) -> tuple[str, ...]:
        """What needs a contact; while there is anything he cannot be removed."""
        return tuple(use for asked in self._uses for use in asked(contact))

    def used_by(self, uses: Uses) -> None:
        """Also ask `uses` what needs a contact."""
        self._uses.append(uses)

    def faults(self, contact: Contact) -> dict[str, str]:
        """What is wrong with a contact as he stands in an editor: field to sentence."""
        return people_faults(contact, self._directory.current)

    # ---- changing

    def save(
        self,
        old: Contact | None,
        new: Contact,
        then: Callable[[Contact], object],
        failed: Failed,
    ) -> None:
        """Write what differs from `old`, as it was shown; None for a new contact, whose key may be
        empty. `then` gets what is stored now."""
        new = self._keyed(new)
        for field, wrong in self.faults(new).items():
            failed(BadInput(wrong, key=field))
            return
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        write_people(
            self._ground,
            lambda store: store.people.save(old, new, who, at),
            self._use,
            then,
            failed,
        )

    def stand(
        self,
        contact: Contact,
        standing: Standing | None,
        then: Callable[[Contact], object],
        failed: Failed,
    ) -> None:
        """He said how he can be reached, and until when; None lets calendar and hours count."""
        self.save(contact, replace(contact, standing=standing), then, failed)

    def remove(self, contact: Contact, then: Callable[[], object], failed: Failed) -> None:
        """Take a contact out; `BadInput` says what needs him."""
        if uses := self.uses(contact):
            failed(in_use(contact.name, uses))
            return
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        write_people(
            self._ground,
            lambda store: store.people.remove(contact, who, at),
            self._use,
            lambda _none: then(),
            failed,
        )

    def preview(self, client_id: UUID, read: Iterable[ReadContact]) -> Preview:
        """What the contacts of a file would change."""
        return previewed(
            read,
            self.of(client_id),
            client_id,
            free_key,
            lambda contact: next(iter(self.faults(contact).values()), ""),
        )

    def take_over(
        self, preview: Preview, then: Callable[[Preview], object], failed: Failed
    ) -> None:
        """Write what a preview says is new or changed, all or nothing."""
        changes = preview.changes
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        write_people(
            self._ground,
            lambda store: store.people.save_all(changes, who, at),
            self._use,
            lambda _none: then(preview),
            failed,
        )

    # ---- calendars

    def start(self) -> None:
        """Look at the calendars of all who have one."""
        self._asked = self._with_calendars()
        self._look_at(self._asked)

    def _on_event(self, event: DeskEvent) -> None:
        match event:
            case CalendarChanged(client_id=client_id) if client_id in self._asked:
                self._look_at({client_id})
            case DirectoryChanged() if self._asked != self._with_calendars():
                self.start()

    def _look_at(self, client_ids: Iterable[UUID]) -> None:
        for client in filter(None, map(self._directory.client, client_ids)):
            self.look(client)

    def _with_calendars(self) -> frozenset[UUID]:
        return frozenset(
            one.client_id for one in self._directory.current.contacts if one.has_calendar
        )

    def look(
        self, client: Client, then: Callable[[], object] = lambda: None, failed: Failed = _failed
    ) -> None:
        """Look at the calendars of a client's contacts, as our copies of them are now."""
        client_id = client.id
        calendars = tuple(o for o in self._directory.calendars if o.client_id == client_id)
        now = self._ground.clock.now()
        span = Period(now, now + LOOKED_AHEAD)

        def read(store: Store) -> tuple[Busy, ...] | None:
            if not all_read(store, calendars):
                return None
            agenda = taken(store, client, [span], now, calendars)
            known = {one.uid for one in agenda.events}
            ours = (
                Busy(
                    period=Period(one.start, one.end),
                    uid=one.uid,
                    summary=one.summary,
                    calendar_id=one.calendar_id,
                    ours=True,
                )
                for one in agenda.appointments
                if one.uid not in known
            )
            return (*agenda.events, *ours)

        def found(events: tuple[Busy, ...] | None) -> None:
            self._events[client_id] = events
            self._ground.listeners.tell(ReachChanged(client_id=client_id))
            then()

        self._ground.memory.submit(read, then=found, failed=failed)

    def _events_of(self, contact: Contact, client: Client) -> Sequence[Busy] | None:
        """Those of the owner's calendars, or of the member's: others do not keep him busy. None
        while they are not known, or the member has left."""
        if not contact.has_calendar:
            return ()
        events = self._events.get(client.id)
        if events is None:
            return None
        member = next((one.id for one in client.staff if one.key == contact.staff), None)
        if contact.staff and member is None:
            return None
        mine = {one.id for one in self._directory.calendars if one.staff_id == member}
        return [one for one in events if one.calendar_id in mine]

    # ---- inside

    def _keyed(self, new: Contact) -> Contact:
        if new.key:
            return new
        return replace(new, key=free_key(new.name, [one.key for one in self.of(new.client_id)]))

    def _rotas_with(self, contact: Contact) -> Iterable[str]:
        rotas: tuple[OnCallRota, ...] = self._directory.current.rotas
        for one in rotas:
            if one.client_id == contact.client_id and contact.key in one.contacts:
                yield _("the on-call rota “{name}”").format(name=brief(one.name))
