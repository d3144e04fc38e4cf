"""Reading what can be booked: the next free slots and a whole week, at one and the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model import availability
from receptionist.model.agenda import Agenda, staff_of
from receptionist.model.appointment import OCCUPYING, Appointment, AppointmentState
from receptionist.model.availability import Wish, free_slots, free_starts, last_day
from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind, Client, OwnerCalendar
from receptionist.model.closing import closed_on
from receptionist.model.hours import day_period
from receptionist.model.period import Period, merged
from receptionist.model.presence import LOOKED_AHEAD
from receptionist.model.slot import Slot
from receptionist.model.travel import travel_minutes
from receptionist.model.week import DAYS, Day, Outlook, Week, of_the_owner, week_period
from receptionist.model.when import When
from receptionist.ports import Store
from receptionist.reasons import Reason

_FIRST_LOOK = timedelta(days=14)
"""So far ahead is read at first; only where not enough is free there the whole horizon is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is wanted: `count` slots after `after` and as `when` says, the week from `monday` on,
    and whether the start `wanted` is still free, for a member of the staff or whoever is free.

    Without a kind nothing is free, nor while one of `calendars` was never read to its end. The
    appointment or hold `own` is not in its own way. Travel goes to `postcode`.
    """

    client: Client
    kind: AppointmentKind | None
    now: datetime
    monday: date
    after: datetime | None = None
    count: int = 4
    wanted: datetime | None = None
    calendars: tuple[OwnerCalendar, ...] = ()
    staff_id: UUID | None = None
    when: When | None = None
    postcode: str = ""
    own: UUID | None = None

    @property
    def wish(self) -> Wish | None:
        """What is to be booked, if a kind was chosen."""
        if self.kind is None:
            return None
        return Wish(
            kind=self.kind,
            staff_id=self.staff_id,
            travel_min=travel_minutes(self.client, self.kind, self.postcode),
            when=self.when,
        )


def all_read(store: Store, calendars: Iterable[OwnerCalendar]) -> bool:
    """Whether each calendar was read to its end at least once: only then is it known when its
    owner is busy. Those of tasks are never read."""
    return all(
        store.sync_state(one.id, etags=False).checked is not None
        for one in calendars
        if not one.tasks
    )


def taken(
    store: Store,
    client: Client,
    spans: Iterable[Period],
    now: datetime,
    calendars: Iterable[OwnerCalendar] = (),
) -> Agenda:
    """The owner's events in `spans`, and our appointments that keep their time there."""
    events: dict[Busy, None] = {}
    ours: dict[Appointment, None] = {}
    for span in spans:
        events |= dict.fromkeys(store.bookings.owner_events(client.id, span))
        ours |= dict.fromkeys(store.appointments(client.id, span))
    uids = {one.uid for one in ours}
    return Agenda(
        client=client,
        events=tuple(replace(one, ours=True) if one.uid in uids else one for one in events),
        appointments=tuple(one for one in ours if occupies(one, now)),
        staff_of=staff_of(client, calendars),
    )


def read(store: Store, question: Question) -> Outlook:
    """The answer, on the store's worker."""
    complete = all_read(store, question.calendars)
    question = question if complete else replace(question, kind=None)
    client, now, wish, wanted = question.client, question.now, question.wish, question.wanted
    week = week_period(question.monday, ZoneInfo(client.zone))
    coming = Period(now, now + LOOKED_AHEAD)
    spans = [coming, week]
    if wish is not None:
        spans += [_reach(client, wish, week), _reach(client, wish, _first_look(question))]
        if wanted is not None:
            spans.append(_reach(client, wish, Period(wanted, wanted)))
    agenda = taken(store, client, merged(spans), now, question.calendars)
    others = agenda.without(question.own)
    hindered = Reason.NEVER_READ if not complete else Reason.NONE
    if wanted is not None and wish is not None:
        hindered = availability.hindrance(others, wish, wanted, now=now)
    return Outlook(
        week=_week(question, week, agenda, others),
        slots=() if wish is None else _slots(store, question, wish, others),
        kept=wanted is None or (wish is not None and hindered is Reason.NONE),
        hindrance=hindered if wanted is not None else Reason.NONE,
        coming=tuple(_about_owner(agenda, question.calendars, coming)),
        read=complete,
    )


def hindrance(
    store: Store,
    client: Client,
    kind: AppointmentKind,
    start: datetime,
    *,
    staff_id: UUID | None,
    postcode: str,
    now: datetime,
    own: UUID | None = None,
    minutes: int | None = None,
    calendars: Iterable[OwnerCalendar],
) -> Reason:
    """Why an appointment cannot be booked at `start`, `NONE` when it can. Store worker.

    `minutes` is its length where that is not its kind's; `own` is not in its own way.
    """
    calendars = tuple(calendars)
    if not all_read(store, calendars):
        return Reason.NEVER_READ
    travel_min = travel_minutes(client, kind, postcode)
    wish = Wish(kind=kind, minutes=minutes, staff_id=staff_id, travel_min=travel_min)
    span = _reach(client, wish, Period(start, start))
    agenda = taken(store, client, [span], now, calendars).without(own)
    return availability.hindrance(agenda, wish, start, now=now)


def occupies(appointment: Appointment, now: datetime) -> bool:
    """Whether an appointment keeps its time: not when it is a hold that ran out."""
    expired = (
        appointment.state is AppointmentState.HOLD
        and appointment.held_until is not None
        and appointment.held_until <= now
    )
    return appointment.state in OCCUPYING and not expired


def _week(question: Question, period: Period, agenda: Agenda, others: Agenda) -> Week:
    client, wish = question.client, question.wish
    zone = ZoneInfo(client.zone)
    books = [agenda.book(one) for one in agenda.members(question.staff_id)]
    dates = [question.monday + timedelta(days=number) for number in range(DAYS)]
    owners = of_the_owner(agenda.events, agenda.appointments)
    return Week(
        client_id=client.id,
        zone=client.zone,
        kind=question.kind,
        period=period,
        days=tuple(
            Day(
                date=day,
                period=day_period(day, zone),
                hours=tuple(merged(span for book in books for span in book.hours(day))),
                closed=closed_on(client, day),
            )
            for day in dates
        ),
        busy=tuple(one for one in owners if one.period.overlaps(period)),
        appointments=tuple(one for one in agenda.appointments if one.period.overlaps(period)),
        free=() if wish is None else _free(question, wish, others, period),
    )


def _free(question: Question, wish: Wish, agenda: Agenda, period: Period) -> tuple[Slot, ...]:
    """The free slots of each member of the staff for whom may be booked, by start."""
    found = (
        free_starts(agenda, replace(wish, staff_id=one), now=question.now, period=period)
        for one in agenda.members(question.staff_id)
    )
    return tuple(merge(*found, key=lambda slot: slot.start))


def _slots(store: Store, question: Question, wish: Wish, agenda: Agenda) -> tuple[Slot, ...]:
    """From what was read of the first days, else from all the days that are offered."""
    client, now, after = question.client, question.now, question.after
    look, end = _first_look(question), _end_of(last_day(client, now), client)
    near = look.end.astimezone(ZoneInfo(client.zone)).date()
    found = free_slots(agenda, wish, now=now, after=after, count=question.count, last=near)
    if len(found) == question.count or look.end >= end:
        return found
    span = _reach(client, wish, Period(look.start, end))
    agenda = taken(store, client, [span], now, question.calendars).without(question.own)
    return free_slots(agenda, wish, now=now, after=after, count=question.count)


def _first_look(question: Question) -> Period:
    start = max(question.now, question.after or question.now)
    return Period(start, start + _FIRST_LOOK)


def _end_of(day: date, client: Client) -> datetime:
    return day_period(day, ZoneInfo(client.zone)).end


def _reach(client: Client, wish: Wish, starts: Period) -> Period:
    """What has to be read to know what is free of `starts`: whole local days, for their limits and
    hours, and whatever touches an appointment that begins at their end."""
    zone = ZoneInfo(client.zone)
    first, last = (one.astimezone(zone).date() for one in (starts.start, starts.end))
    days = Period(day_period(first, zone).start, day_period(last, zone).end + wish.length)
    return wish.around(days)


def _about_owner(
    agenda: Agenda, calendars: Iterable[OwnerCalendar], period: Period
) -> Iterable[Busy]:
    """His events and appointments without those of his staff; where only they have calendars, when
    all of them are busy."""
    if agenda.staff_of and all(one.tasks or one.id in agenda.staff_of for one in calendars):
        return (Busy(period=one, uid="") for one in agenda.all_busy(period))
    events = of_the_owner(agenda.events, agenda.appointments)
    ours = (
        Busy(period=one.period, uid=one.uid, summary=one.summary, ours=True)
        for one in agenda.appointments
        if one.staff_id is None
    )
    his = (one for one in events if one.calendar_id not in agenda.staff_of)
    return (one for one in chain(his, ours) if one.period.overlaps(period))
