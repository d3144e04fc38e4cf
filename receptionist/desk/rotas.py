"""Who is on call: a client's rotas, in memory, and where nobody stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from receptionist.desk.contacts import Contacts, Failed, Reached
from receptionist.desk.faults import free_key
from receptionist.desk.ground import Ground
from receptionist.desk.peoplefaults import people_faults
from receptionist.desk.peoplewriting import write_people
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import _
from receptionist.model.checks import brief
from receptionist.model.contact import Contact
from receptionist.model.findings import GAPS_AHEAD
from receptionist.model.office import Directory
from receptionist.model.peoplechecks import in_use
from receptionist.model.period import Period
from receptionist.model.rota import Duty, OnCallRota, duties, gaps, on_call

Uses = Callable[[OnCallRota], Iterable[str]]
"""What needs a rota, each in a few words."""


@dataclass(frozen=True, slots=True)
class RotaGap:
    """When nobody of a rota is on call although somebody has to be."""

    rota: OnCallRota
    period: Period


class Rotas:
    """On-call rotas of clients. Main thread; what is asked is answered from memory, at once."""

    def __init__(
        self, ground: Ground, contacts: Contacts, use: Callable[[Directory], object]
    ) -> None:
        """`use` takes a stored directory over."""
        self._ground = ground
        self._directory = ground.directory
        self._contacts = contacts
        self._use = use
        self._uses: list[Uses] = []

    def of(self, client_id: UUID) -> tuple[OnCallRota, ...]:
        """The rotas of a client, by name."""
        return tuple(one for one in self._directory.current.rotas if one.client_id == client_id)

    def get(self, client_id: UUID, key: str) -> OnCallRota:
        """The rota with this key; `NotFound` names those there are."""
        found = next((one for one in self.of(client_id) if one.key == key), None)
        if found is None:
            known = ", ".join(one.key for one in self.of(client_id)) or "–"
            message = _("There is no on-call rota “{key}”. There are: {known}")
            raise NotFound(message.format(key=brief(key), known=known))
        return found

    def on_call(
        self, client_id: UUID, key: str = "", at: datetime | None = None
    ) -> tuple[Reached, ...]:
        """Who is asked now, one after the other, each with how he can be reached.

        Without a key all rotas of the client are asked, by name; nobody is asked twice.
        """
        client = self._directory.client(client_id)
        if client is None:
            return ()
        when = at or self._ground.clock.now()
        rotas = (self.get(client_id, key),) if key else self.of(client_id)
        keys = dict.fromkeys(k for one in rotas for k in on_call(one, when, client.zone))
        return tuple(
            self._contacts.reached(one, when)
            for one in filter(None, map(self._known(client_id).get, keys))
        )

    def duties(self, rota: OnCallRota, period: Period) -> tuple[Duty, ...]:
        """Who is on call during `period`, piece by piece."""
        return duties(rota, period, self._zone(rota))

    def gaps(self, client_id: UUID | None = None) -> tuple[RotaGap, ...]:
        """Where nobody is on call in the next week, of one client or of all, by time."""
        now = self._ground.clock.now()
        period = Period(now, now + GAPS_AHEAD)
        found = [
            RotaGap(rota, gap)
            for rota in self._directory.current.rotas
            if client_id in (None, rota.client_id)
            for gap in gaps(rota, period, self._zone(rota))
        ]
        return tuple(sorted(found, key=lambda one: one.period))

    def faults(self, rota: OnCallRota) -> dict[str, str]:
        """What is wrong with a rota as it stands in an editor: field to sentence."""
        return people_faults(rota, self._directory.current)

    def save(
        self,
        old: OnCallRota | None,
        new: OnCallRota,
        then: Callable[[OnCallRota], object],
        failed: Failed,
    ) -> None:
        """Write what differs from `old`, as it was shown; None for a new rota, whose key may be
        empty. `then` gets what is stored now."""
        if not new.key:
            new = replace(new, key=free_key(new.name, [o.key for o in self.of(new.client_id)]))
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

    def uses(self, rota: OnCallRota) -> tuple[str, ...]:
        """What needs a rota; while there is anything it cannot be removed."""
        return tuple(use for asked in self._uses for use in asked(rota))

    def used_by(self, uses: Uses) -> None:
        """Also ask `uses` what needs a rota."""
        self._uses.append(uses)

    def remove(self, rota: OnCallRota, then: Callable[[], object], failed: Failed) -> None:
        """Take a rota out; `BadInput` says what needs it."""
        if uses := self.uses(rota):
            failed(in_use(rota.name, uses))
            return
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        write_people(
            self._ground,
            lambda store: store.people.remove(rota, who, at),
            self._use,
            lambda _none: then(),
            failed,
        )

    def _known(self, client_id: UUID) -> dict[str, Contact]:
        return {one.key: one for one in self._contacts.of(client_id)}

    def _zone(self, rota: OnCallRota) -> str:
        client = self._directory.client(rota.client_id)
        return client.zone if client else self._directory.office.zone
