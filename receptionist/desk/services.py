"""What is agreed with clients, and the report of what was handled for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.ground import Ground
from receptionist.desk.scripts import Scripts
from receptionist.errors import BadInput, NotAgreed, NotFound
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.errand import Errand
from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.localtime import instant
from receptionist.model.period import Period
from receptionist.model.report import Report, drawn_up
from receptionist.model.service import Service, ServiceKind, is_agreed, not_agreed, offered, timed
from receptionist.ports import Store

Failed = Callable[[Exception], object]
LONGEST_REPORT = timedelta(days=3 * 366)


def check_agreed(client: Client, kind: ServiceKind, title: str = "") -> None:
    """`NotAgreed` says what is agreed with a client, when this service is not."""
    if not is_agreed(client.services, kind, title):
        wanted = Service(kind=kind, title=title.strip())
        raise NotAgreed(not_agreed(client.name, client.services, wanted))


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
        try:
            check_agreed(self._client(client_id), kind)
        except NotAgreed as error:
            return str(error)
        return ""

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
        period = local_period(first, last, client.zone)

        def found(both: tuple[tuple[Handled, ...], tuple[Missed, ...]]) -> None:
            named = self._with_reasons(client, both[0])
            then(drawn_up(client.id, period, client.zone, named, both[1]))

        def read(store: Store) -> tuple[tuple[Handled, ...], tuple[Missed, ...]]:
            services = store.services
            return services.handled(client.id, period), services.missed(client.id, period)

        self._ground.memory.submit(read, then=found, failed=failed)

    def handled(
        self,
        client_id: UUID,
        period: Period,
        then: Callable[[tuple[Handled, ...]], object],
        failed: Failed,
    ) -> None:
        """The record of what was handled for a client, one after the other, to `then`."""
        client = self._client(client_id)
        self._ground.memory.submit(
            lambda store: store.services.handled(client.id, period),
            then=lambda found: then(self._with_reasons(client, found)),
            failed=failed,
        )

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

    def _with_reasons(self, client: Client, handled: tuple[Handled, ...]) -> tuple[Handled, ...]:
        """With the titles of call reasons for their keys; a reason that is gone keeps its key."""
        script = self._scripts.of(client)
        titles = {one.key: one.title.to(script.language) for one in script.reasons}
        calls = (HandledKind.CALL, HandledKind.CALL_MADE)
        return tuple(
            replace(one, title=titles.get(one.title, one.title)) if one.kind in calls else one
            for one in handled
        )

    def _client(self, client_id: UUID) -> Client:
        """Also one who was removed: his report can still be asked for."""
        client = self._directory.remembered(client_id)
        if client is None:
            raise NotFound(_("This client does not exist any more."))
        return client


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
