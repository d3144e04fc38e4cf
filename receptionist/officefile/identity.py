"""The ids of what a file names by key: those already known, else the same ones at every import."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory

_SPACE = UUID("6f1f5c0e-1f0f-5a52-9d5c-1c6b0a4d2f11")


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """Which calendar of which account, as the file says it; both may be empty."""

    account_key: str
    name: str
    href: str


class Identities:
    """Ids by key. New ones grow from the office's id, so two offices never share a keyring entry.

    A rename of a key makes a new thing; a rename of a name does not.
    """

    def __init__(self, known: Directory | None) -> None:
        self._known = known
        self._space = known.office.id if known else _SPACE
        self._ids: dict[tuple[str, ...], UUID] = {}
        if known:
            self._ids.update({("line", line.key): line.id for line in known.lines})
            self._ids.update({("account", a.key): a.id for a in known.accounts})
            for client in known.clients:
                self._ids["client", client.key] = client.id
                self._ids.update({("kind", client.key, k.key): k.id for k in client.kinds})
                self._ids.update({("staff", client.key, s.key): s.id for s in client.staff})
            keys = {client.id: client.key for client in known.clients}
            for word, people in (("contact", known.contacts), ("rota", known.rotas)):
                self._ids.update({(word, keys[one.client_id], one.key): one.id for one in people})

    def of(self, *words: str) -> UUID:
        """The id of what these words name, e.g. `of("kind", client_key, kind_key)`."""
        return self._ids.get(words) or uuid5(self._space, "/".join(words))

    def calendar(self, client_key: str, choice: CalendarChoice) -> OwnerCalendar:
        """The calendar of a client, with the address that was discovered before, if any."""
        client_id = self.of("client", client_key)
        account_id = self.of("account", choice.account_key)
        known = self._known_calendar(client_id, account_id, choice)
        words = (client_key, choice.account_key, choice.name or choice.href)
        return OwnerCalendar(
            id=known.id if known else self.of("calendar", *words),
            client_id=client_id,
            account_id=account_id,
            name=choice.name,
            href=choice.href or (known.href if known else ""),
        )

    def _known_calendar(
        self, client_id: UUID, account_id: UUID, choice: CalendarChoice
    ) -> OwnerCalendar | None:
        mine = [
            calendar
            for calendar in (self._known.calendars if self._known else ())
            if calendar.client_id == client_id and calendar.account_id == account_id
        ]
        same_name = [c for c in mine if c.name == choice.name and (choice.name or not choice.href)]
        same_href = [c for c in mine if choice.href and c.href == choice.href]
        return next(iter(same_href + same_name), None)
