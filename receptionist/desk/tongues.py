"""In which language callers are spoken to: chosen in a call, and known when they call again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.notebooks import Notebooks
from receptionist.desk.scripts import Scripts
from receptionist.errors import BadInput, NotFound
from receptionist.events import CallFailed
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.callers import KnownCaller
from receptionist.model.client import Client
from receptionist.model.greeting import LANGUAGES
from receptionist.model.number import normalised
from receptionist.model.script.tongues import tongues
from receptionist.threads import assert_main

Key = tuple[UUID, str]
"""A client and the normalised number of a caller of his."""


class Tongues:
    """The languages of scripts and of callers. Main thread.

    What is chosen in a call stands in the call at once, and is written to its caller's row, one
    writing after the other, so that a language that is taken back at once is taken back there too.
    """

    def __init__(
        self, ground: Ground, calls: Calls, scripts: Scripts, notebooks: Notebooks
    ) -> None:
        self._ground, self._calls = ground, calls
        self._scripts, self._notebooks = scripts, notebooks
        self._wanted: dict[Key, Call] = {}
        """What is being written, with the call in which it was said last."""
        ground.directory.spoken = self._spoken

    def of(self, call: Call, client: Client) -> tuple[str, ...]:
        """The languages of the script that a call goes through, the usual one first."""
        return tongues(self._scripts.for_call(call, client))

    def speak(self, call_id: UUID, language: str) -> None:
        """The caller speaks this language, and will when he calls again."""
        assert_main()
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        if language not in LANGUAGES:
            raise BadInput(_("Scripts know these languages: de, en."))
        if call.language == language:
            return
        changed = replace(call, language=language)
        self._calls.change(changed)
        key = self._key(changed)
        if key is None:
            return
        under_way = key in self._wanted
        self._wanted[key] = changed
        if not under_way:
            self._write(key)

    def _spoken(self, client: Client, number: str) -> str:
        card = self._notebooks.caller(client.id, number)
        return card.language if card is not None else ""

    def _key(self, call: Call) -> Key | None:
        """Whose row it is; nobody's where the number is not known."""
        number = normalised(call.number, self._ground.directory.office.region)
        if call.client_id is None or call.consults_for is not None or not number:
            return None
        return call.client_id, number

    def _write(self, key: Key) -> None:
        call = self._wanted[key]
        old = self._row(key)
        new = old or self._new_row(key, call)
        self._notebooks.save(
            old,
            replace(new, language=call.language),
            lambda _row: self._written(key, call),
            partial(self._not_written, key),
        )

    def _written(self, key: Key, call: Call) -> None:
        if self._wanted[key].language != call.language:
            self._write(key)
        else:
            del self._wanted[key]

    def _not_written(self, key: Key, error: Exception) -> None:
        call = self._wanted.pop(key)
        words = _("In this call it counts, but it was not kept for the next one. {reason}")
        message = words.format(reason=error)
        self._ground.listeners.tell(CallFailed(call_id=call.id, message=message))

    def _row(self, key: Key) -> KnownCaller | None:
        card = self._notebooks.caller(*key)
        rows = card.rows if card is not None else ()
        return next((one for one in rows if one.number == key[1]), None)

    def _new_row(self, key: Key, call: Call) -> KnownCaller:
        name = (call.caller_name or call.caller.name).strip()
        return KnownCaller(id=uuid4(), client_id=key[0], number=key[1], name=name)
