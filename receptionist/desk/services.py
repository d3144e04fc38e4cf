"""What is agreed with clients, and the report of what was handled for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.ground import Ground
from receptionist.desk.piecemeal import piecemeal
from receptionist.desk.scripts import Scripts
from receptionist.errors import BadInput, NotAgreed, NotFound
from receptionist.i18n import _
from receptionist.model.agreement import refusal
from receptionist.model.client import Client
from receptionist.model.errand import Errand
from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.localtime import instant
from receptionist.model.period import Period
from receptionist.model.report import Report, drawn_up
from receptionist.model.service import Service, ServiceKind, is_agreed, offered, timed
from receptionist.ports import Store

Failed = Callable[[Exception], object]
_LANE = "reports"
LONGEST_REPORT = timedelta(days=3 * 366)


def check_agreed(client: Client, kind: ServiceKind, title: str = "") -> None:
    """`NotAgreed` says what is agreed with a client, when this service is not."""
    if wrong := refusal(client, kind, title):
        raise NotAgreed(wrong)


class Services:
    """Agreed services of clients, and what was handled for them. Main thread.

    A client with whom no list is agreed has everything. The list is a field of the client
    (`Client.services`) and is edited with him.
    """

    def __init__(self, ground: Ground, scripts: Scripts) -> None:
        self._ground = ground
        self._directory = ground.directory
        self._scripts = scripts

    # ---- what is agreed

    def offered(self, client_id: UUID) -> tuple[Service, ...]:
        """What may be done for a client, in the order of his list."""
        return offered(self._client(client_id).services)

    def timed(self, client_id: UUID) -> tuple[Service, ...]:
        """What of it can be an errand with a timer."""
        return timed(self._client(client_id).services)

    def is_agreed(self, client_id: UUID, kind: ServiceKind, title: str = "") -> bool:
        """Whether a service may be offered for a client."""
        return is_agreed(self._client(client_id).services, kind, title)

    def refusal(self, client_id: UUID, kind: ServiceKind) -> str:
        """Why a service is not offered, in a sentence that says what is agreed; "" if it is."""
        return refusal(self._client(client_id), kind)

    # ---- what was handled

    def report(
        self,
        client_id: UUID,
        first: date,
        last: date,
        then: Callable[[Report], object],
        failed: Failed,
    ) -> None:
        """What was handled for a client from one local day to another, both included, to `then`."""
        client = self._client(client_id)
        period, titles = local_period(first, last, client.zone), self._titles(client)

        def read(store: Store, piece: Period) -> tuple[list[Handled], tuple[Missed, ...]]:
            services = store.services
            found = services.handled(client.id, piece)
            return _with_reasons(found, titles), services.missed(client.id, piece)

        def count(parts: list[tuple[list[Handled], tuple[Missed, ...]]]) -> Report:
            handled = [one for part, _missed in parts for one in part]
            missed = [one for _handled, part in parts for one in part]
            return drawn_up(client.id, period, client.zone, handled, missed)

        def found(parts: list[tuple[list[Handled], tuple[Missed, ...]]]) -> None:
            self._ground.lanes.submit(_LANE, count, parts, then=then, failed=failed)

        piecemeal(self._ground.memory, period, read, found, failed)

    def handled(
        self,
        client_id: UUID,
        period: Period,
        then: Callable[[tuple[Handled, ...]], object],
        failed: Failed,
    ) -> None:
        """The record of what was handled for a client, one after the other, to `then`."""
        client = self._client(client_id)
        titles = self._titles(client)

        def read(store: Store, piece: Period) -> list[Handled]:
            return _with_reasons(store.services.handled(client.id, piece), titles)

        def found(parts: list[list[Handled]]) -> None:
            then(tuple(chain.from_iterable(parts)))

        piecemeal(self._ground.memory, period, read, found, failed)

    def errands(
        self,
        client_id: UUID,
        period: Period,
        then: Callable[[tuple[Errand, ...]], object],
        failed: Failed,
    ) -> None:
        """A client's errands that were finished in a period, with their stretches, to `then`."""
        self._ground.memory.submit(
            lambda store: store.services.errands(client_id, period), then=then, failed=failed
        )

    def _titles(self, client: Client) -> Mapping[str, str]:
        """What his call reasons are called, by their keys."""
        script = self._scripts.of(client)
        return {one.key: one.title.to(script.language) for one in script.reasons}

    def _client(self, client_id: UUID) -> Client:
        """Also one who was removed: his report can still be asked for."""
        client = self._directory.remembered(client_id)
        if client is None:
            raise NotFound(_("This client does not exist any more."))
        return client


def _with_reasons(handled: Iterable[Handled], titles: Mapping[str, str]) -> list[Handled]:
    """With the titles of call reasons for their keys; a reason that is gone keeps its key."""
    calls = (HandledKind.CALL, HandledKind.CALL_MADE)
    return [
        replace(one, title=titles[one.title]) if one.kind in calls and one.title in titles else one
        for one in handled
    ]


def local_period(first: date, last: date, zone: str) -> Period:
    """From the beginning of a local day to the end of another; `BadInput` when that is none."""
    if last < first:
        raise BadInput(_("The last day lies before the first one. Exchange the two."), key="to")
    if last - first > LONGEST_REPORT:
        raise BadInput(_("A report covers three years at most."), key="to")
    clock, midnight = ZoneInfo(zone), time()
    return Period(
        instant(first, midnight, clock), instant(last + timedelta(days=1), midnight, clock)
    )
