"""Changing the directory by hand: office, lines, clients, calendar accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.faults import Editable, faults, key_for, with_keys
from receptionist.desk.ground import Ground
from receptionist.desk.passwords import Passwords
from receptionist.desk.probe import AccountFound, Probe
from receptionist.errors import BadInput, StaleRow
from receptionist.i18n import _
from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.editing import Dependents, Part
from receptionist.model.office import Directory, Line, Office, Receptionist
from receptionist.model.secret import Secret
from receptionist.ports import Calendars, Store
from receptionist.threads import assert_main

S = TypeVar("S")
T = TypeVar("T", Line, CalendarAccount, Client)

Failed = Callable[[Exception], object]
"""Gets a `BadInput` (its `key` names the field), `StaleRow` or another `StoreError`."""


class Editing:
    """What editors ask. Main thread; every answer comes later, to `then` or to `failed`.

    A save writes what differs between `old`, as it was shown, and the new value; `StaleRow` when
    somebody else changed the same field meanwhile. `old` is None for a new part; a new part may
    have an empty key and gets a free one made from its name. `then` gets what is stored now, the
    `old` of the next save: take its `id` from there, for what was removed under the same key is
    brought back with the id it had. When `then` is called the desk already works with it, and
    `DirectoryChanged` was told.
    """

    def __init__(
        self,
        ground: Ground,
        calls: Calls,
        passwords: Passwords,
        calendars: Calendars,
        use: Callable[[Directory, UUID | None], object],
    ) -> None:
        """`use` takes a stored directory over; the line or account named gets its password yet."""
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock
        self._calls = calls
        self._passwords = passwords
        self._probe = Probe(ground, calendars, passwords)
        self._use = use
        self.in_use: Callable[[Client], str] = lambda _client: ""
        """Why what is agreed with a client cannot be ended; "" where nothing needs it."""

    # ---- before saving

    def faults(self, value: Editable) -> Mapping[str, str]:
        """What is wrong with a value as it stands in an editor: field to sentence; empty when good.

        Fields are named as in the model. Of a client's kinds and hours the sentence names which;
        a kind alone can be asked about too. A number, key or name that another part has is a fault.
        """
        found = dict(faults(value, self._directory.current))
        if isinstance(value, Client) and (stays := self.in_use(value)):
            found.setdefault("services", stays)
        return found

    def found_new_key(self, name: str) -> str:
        """A key made from `name` that no line, account or client has."""
        return key_for(name, self._directory.current)

    def dependents(
        self, part: Part, part_id: UUID, then: Callable[[Dependents], object], failed: Failed
    ) -> None:
        """What depends on a part, to be told before it is removed."""
        at = self._clock.now()
        self._memory.submit(
            lambda store: store.editing.dependents(part, part_id, at), then=then, failed=failed
        )

    def probe(
        self,
        account: CalendarAccount,
        secret: Secret | None,
        then: Callable[[AccountFound], object],
        failed: Failed,
    ) -> Callable[[], None]:
        """Log in to an account that need not be saved, and list its calendars (at least one)
        and what its server can do.

        Without `secret` the kept password is used. `failed` gets an `AccountUnusable` whose
        sentence says what is wrong and what to do, and whose `key` names the field (`url`, `user`,
        `secret`). The result cancels: the answer is dropped.
        """
        assert_main()
        return self._probe.ask(account, secret, then, failed)

    # ---- saving

    def save_office(
        self,
        old: Directory,
        office: Office,
        receptionist: Receptionist,
        then: Callable[[Directory], object],
        failed: Failed,
    ) -> None:
        """Write what differs from `old` in the office and in who works at this desk."""
        who, at = self._who(), self._clock.now()
        if not self._refused((office, receptionist), failed):
            self._save(
                lambda store: store.editing.save_office(old, office, receptionist, who, at),
                lambda directory: directory,
                then,
                failed,
            )

    def save_line(
        self,
        old: Line | None,
        new: Line,
        then: Callable[[Line], object],
        failed: Failed,
        secret: Secret | None = None,
    ) -> None:
        """Write a line and register it anew; an entered `secret` is kept first."""
        line, who, at = self._keyed(new, new.name), self._who(), self._clock.now()
        if not self._refused((line,), failed):
            self._save(
                lambda store: store.editing.save_line(old, line, who, at),
                lambda directory: _stored(directory.lines, line),
                then,
                failed,
                secret,
            )

    def save_account(
        self,
        old: CalendarAccount | None,
        new: CalendarAccount,
        then: Callable[[CalendarAccount], object],
        failed: Failed,
        secret: Secret | None = None,
    ) -> None:
        """Write a calendar account and read its calendars anew; an entered `secret` is kept."""
        account = self._keyed(new, new.user.partition("@")[0])
        who, at = self._who(), self._clock.now()
        if not self._refused((account,), failed):
            self._save(
                lambda store: store.editing.save_account(old, account, who, at),
                lambda directory: _stored(directory.accounts, account),
                then,
                failed,
                secret,
            )

    def save_client(
        self,
        old: Client | None,
        new: Client,
        calendars: tuple[OwnerCalendar, ...],
        then: Callable[[Client], object],
        failed: Failed,
    ) -> None:
        """Write a client with numbers, kinds, hours and `calendars`; what is not named is removed.

        The client's id in `calendars` is not looked at. The first calendar is booked into.
        """
        client = with_keys(self._keyed(new, new.name))
        known = tuple(one for one in self._directory.calendars if one.client_id == client.id)
        who, at = self._who(), self._clock.now()
        if not self._refused((client, *calendars), failed):
            self._save(
                lambda store: store.editing.save_client(old, client, known, calendars, who, at),
                lambda directory: _stored(directory.clients, client),
                then,
                failed,
            )

    def remove(self, part: Part, part_id: UUID, then: Callable[[], object], failed: Failed) -> None:
        """Take a part out of the directory; the password of a line or account is forgotten.

        `BadInput` says what needs it: calls at the desk, appointments that are not in the owner's
        calendar yet, clients with a calendar of the account.
        """
        assert_main()
        if any(part_id in (call.client_id, call.line_id) for call in self._calls.live):
            message = _("There is a call for it at the desk. Remove it when the call is over.")
            failed(BadInput(message))
            return
        who, at = self._who(), self._clock.now()

        def removed(directory: Directory) -> None:
            self._use(directory, None)
            if part in (Part.LINE, Part.ACCOUNT):
                self._passwords.forget(part_id)
            then()

        self._memory.submit(
            lambda store: store.editing.remove(part, part_id, who, at),
            then=removed,
            failed=lambda error: self._not_saved(error, failed),
        )

    # ---- inside

    def _who(self) -> UUID:
        assert_main()
        return self._directory.receptionist.id

    def _keyed(self, new: T, name: str) -> T:
        return new if new.key else replace(new, key=self.found_new_key(name))

    def _refused(self, values: tuple[Editable, ...], failed: Failed) -> bool:
        for value in values:
            for field, sentence in self.faults(value).items():
                failed(BadInput(sentence, key=field))
                return True
        return False

    def _save(
        self,
        write: Callable[[Store], Directory],
        stored: Callable[[Directory], S],
        then: Callable[[S], object],
        failed: Failed,
        secret: Secret | None = None,
    ) -> None:
        """Write, use what is there now, and hand on what of it was `stored`."""

        def saved(directory: Directory) -> None:
            value = stored(directory)
            if secret is None or not isinstance(value, Line | CalendarAccount):
                self._use(directory, None)
                then(value)
                return
            self._use(directory, value.id)
            self._passwords.keep(value.id, secret, lambda: then(value), failed)

        self._memory.submit(write, then=saved, failed=lambda error: self._not_saved(error, failed))

    def _not_saved(self, error: Exception, failed: Failed) -> None:
        """Read what somebody else has changed, so that it can be looked at again."""
        if not isinstance(error, StaleRow):
            failed(error)
            return

        def look_again(directory: Directory) -> None:
            self._use(directory, None)
            failed(error)

        self._memory.submit(lambda store: store.directory(), then=look_again, failed=failed)


def _stored(parts: tuple[T, ...], wanted: T) -> T:
    return next(part for part in parts if part.key == wanted.key)
