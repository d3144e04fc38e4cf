"""A week in columns and minutes of the client's wall clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.availability import Wish, free_starts
from receptionist.model.busy import Busy
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    Client,
    HoursException,
    Staff,
)
from receptionist.model.closing import closed_on
from receptionist.model.greeting import Greeting
from receptionist.model.hours import day_period
from receptionist.model.period import Period, merged
from receptionist.model.week import Day, Week, week_period
from receptionist.reasons import Reason
from ui.models.week import Sight
from ui.panels.weekplan import WeekPlan
from ui.widgets.weekshape import Piece, WeekShape

MONDAY = date(2027, 1, 11)
WHOLE = Sight(office_zone="Europe/Berlin")
KIND = AppointmentKind(id=uuid4(), key="visit", name="Besichtigung", minutes=60)
WORKDAYS = tuple((day, time(9), time(17)) for day in range(5))


def client(*hours: tuple[int, time, time], zone: str = "Europe/Berlin") -> Client:
    return Client(
        id=uuid4(),
        key="painter",
        name="Malerbetrieb Muster",
        greeting=Greeting("{client}"),
        zone=zone,
        kinds=(KIND,),
        hours=tuple(BookableHours(weekday=d, start=a, end=b) for d, a, b in hours),
    )


def at(day: int, hour: int, minute: int = 0, monday: date = MONDAY) -> datetime:
    there = datetime.combine(monday + timedelta(days=day), time(hour, minute))
    return there.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def busy(
    start: datetime, end: datetime, title: str = "Baustelle", *, all_day: bool = False
) -> Busy:
    return Busy(period=Period(start, end), uid=title, summary=title, all_day=all_day)


def appointment(one: Client, start: datetime, state: AppointmentState) -> Appointment:
    return Appointment(
        id=uuid4(),
        client_id=one.id,
        calendar_id=uuid4(),
        kind_id=KIND.id,
        kind_name=KIND.name,
        start=start,
        end=start + timedelta(hours=1),
        zone=one.zone,
        caller_name="Erika Muster",
        uid=str(uuid4()),
        href="",
        state=state,
        created=start,
    )


def plan(
    one: Client,
    *his: Busy,
    ours: tuple[Appointment, ...] = (),
    newest: tuple[Appointment, ...] = (),
    monday: date = MONDAY,
    sight: Sight = WHOLE,
) -> WeekPlan:
    zone = ZoneInfo(one.zone)
    period = week_period(monday, zone)
    dates = [monday + timedelta(days=number) for number in range(7)]
    agenda = Agenda(client=one, events=his, appointments=ours)
    books = [agenda.book(member) for member in agenda.members(None)]
    week = Week(
        client_id=one.id,
        zone=one.zone,
        kind=KIND,
        period=period,
        days=tuple(
            Day(
                date=day,
                period=day_period(day, zone),
                hours=tuple(merged(span for book in books for span in book.hours(day))),
                closed=closed_on(one, day),
            )
            for day in dates
        ),
        busy=his,
        appointments=ours,
        free=free_starts(agenda, Wish(kind=KIND), now=period.start, period=period),
    )
    return WeekPlan(week, one, newest, sight)


def shape(one: Client, *his: Busy, monday: date = MONDAY) -> WeekShape:
    return plan(one, *his, monday=monday).shape(None, "", monday)


def spans(found: WeekShape) -> list[tuple[int, int, int]]:
    return [(one.column, one.start, one.end) for one in found.pieces]


def test_the_weekend_is_shown_only_when_there_is_something() -> None:
    assert len(shape(client(*WORKDAYS)).columns) == 5
    saturday = shape(client(*WORKDAYS, (5, time(9), time(12))))
    assert [day.short for day in saturday.columns][-1].endswith("16")
    sunday = shape(client(*WORKDAYS), busy(at(6, 10), at(6, 11)))
    assert [day.short.split()[1] for day in sunday.columns] == ["11", "12", "13", "14", "15", "17"]
    assert spans(sunday) == [(5, 600, 660)]


def test_a_day_without_hours_says_so() -> None:
    found = shape(client(*WORKDAYS[:4]))
    assert [day.closed for day in found.columns] == ["", "", "", "", "no times"]


def test_hours_are_fitted_to_what_can_be_booked_and_an_hour_around() -> None:
    one = client(*WORKDAYS)
    assert (shape(one).first, shape(one).last) == (9 * 60, 17 * 60)
    early = shape(one, busy(at(0, 5), at(0, 10)), busy(at(1, 16), at(1, 23)))
    assert (early.first, early.last) == (8 * 60, 18 * 60)
    far = shape(one, busy(at(0, 3), at(0, 4)))
    assert (far.first, far.last) == (9 * 60, 17 * 60)
    assert (shape(client()).first, shape(client()).last) == (8 * 60, 18 * 60)


def test_an_appointment_of_ours_is_always_inside() -> None:
    one = client(*WORKDAYS)
    late = appointment(one, at(2, 20), AppointmentState.CONFIRMED)
    found = plan(one, ours=(late,)).shape(None, "", MONDAY)
    assert found.last == 21 * 60


def test_an_event_over_midnight_stands_in_both_days() -> None:
    found = shape(client(*WORKDAYS), busy(at(0, 22), at(1, 10, 30)))
    assert spans(found) == [(0, 22 * 60, 24 * 60), (1, 0, 10 * 60 + 30)]


def test_all_day_events_stand_at_the_top() -> None:
    trip = busy(at(1, 0), at(4, 0), "Messe", all_day=True)
    found = shape(client(*WORKDAYS), trip)
    assert found.pieces == ()
    assert [(one.first, one.last, one.text) for one in found.banners] == [(1, 3, "Messe")]
    assert {start.column for start in found.starts} == {0, 4}


def test_a_day_of_twenty_three_hours_keeps_the_wall_clock() -> None:
    monday = date(2027, 3, 22)
    night = client((6, time(0), time(8)))
    found = shape(night, busy(at(6, 1, 30, monday), at(6, 3, 30, monday)), monday=monday)
    column = len(found.columns) - 1
    assert spans(found) == [(column, 90, 210)]
    assert [one.start for one in found.starts if one.column == column][-1] == 7 * 60
    one = plan(night, monday=monday)
    assert one.instant(column, 7 * 60) == at(6, 7, 0, monday)


def test_a_day_of_twenty_five_hours_has_no_piece_without_height() -> None:
    monday = date(2026, 10, 19)
    night = client((6, time(0), time(8)))
    begin = at(6, 2, 50, monday)
    found = shape(night, busy(begin, begin + timedelta(minutes=30)), monday=monday)
    (only,) = found.pieces
    assert (only.start, only.end) == (170, 171)


def test_times_are_those_of_the_client() -> None:
    one = client(*WORKDAYS, zone="Europe/Lisbon")
    found = shape(one, busy(at(0, 11), at(0, 12)))
    assert spans(found) == [(0, 600, 660)]
    moment = plan(one).moment(at(0, 11))
    assert moment is not None
    assert (moment.column, moment.minute, moment.words) == (0, 600, "10:00")
    assert plan(one).moment(at(9, 11)) is None


def _only(found: WeekShape) -> Piece:
    (piece,) = found.pieces
    return piece


def test_what_events_told_counts_until_the_week_is_read_again() -> None:
    one = client(*WORKDAYS)
    read = appointment(one, at(0, 10), AppointmentState.BOOKED)
    told = _with(read, AppointmentState.CONFIRMED)
    found = plan(one, ours=(read,), newest=(told,)).shape(None, "", MONDAY)
    assert _only(found).lines == ("10:00", "Erika Muster", "in calendar")
    lost = plan(one, newest=(_with(read, AppointmentState.CONFLICT),)).shape(None, "", MONDAY)
    assert _only(lost).lines == ("10:00", "conflict", "Erika Muster")
    assert (_only(lost).tone, _only(lost).icon) == ("danger", "cross")
    gone = plan(one, newest=(_with(read, AppointmentState.WITHDRAWN),)).shape(None, "", MONDAY)
    assert gone.pieces == ()
    stranger = plan(client(*WORKDAYS), newest=(read,)).shape(None, "", MONDAY)
    assert stranger.pieces == ()


def test_an_overlap_found_later_is_not_hidden_by_what_was_told() -> None:
    one = client(*WORKDAYS)
    told = appointment(one, at(0, 10), AppointmentState.CONFIRMED)
    read = _with(told, AppointmentState.CONFIRMED, Reason.OVERLAP_FOUND)
    found = plan(one, ours=(read,), newest=(told,)).shape(None, "", MONDAY)
    assert "overlap" in _only(found).lines


def _with(one: Appointment, state: AppointmentState, reason: Reason = Reason.NONE) -> Appointment:
    return replace(one, state=state, reason=reason)


# ---- what only depth brings: staff, ways, buffers, words, closed days

ANNA, BEN = (Staff(id=uuid4(), key=key, name=name) for key, name in (("a", "Anna"), ("b", "Ben")))
TUESDAY = MONDAY + timedelta(days=1)


def seen(day: date | None = None, **more: object) -> Sight:
    return Sight(office_zone="Europe/Berlin", day=day, **more)  # type: ignore[arg-type]


def test_ways_and_buffers_are_attached_and_cannot_be_picked() -> None:
    one = client(*WORKDAYS)
    main = replace(
        appointment(one, at(1, 10), AppointmentState.CONFIRMED), buffer_before=15, buffer_after=10
    )
    way = replace(
        appointment(one, at(1, 9), AppointmentState.CONFIRMED), part_of=main.id, kind_name="Anfahrt"
    )
    found = plan(one, ours=(main, way)).shape(None, "", MONDAY)
    there, itself = found.pieces
    assert (there.tone, there.lines, there.id) == ("travel", ("Anfahrt",), None)
    assert (itself.before, itself.after, itself.loose) == (15, 10, True)
    assert itself.id == main.id


def test_cancelled_ones_are_not_there_and_kept_ones_cannot_be_moved() -> None:
    one, call = client(*WORKDAYS), uuid4()
    gone = appointment(one, at(0, 9), AppointmentState.CANCELLED)
    theirs = appointment(one, at(0, 11), AppointmentState.HOLD)
    own = replace(appointment(one, at(0, 13), AppointmentState.HOLD), call_id=call)
    sight = seen(call_id=call)
    found = plan(one, ours=(gone, theirs, own), sight=sight).shape(None, "", MONDAY)
    assert [(p.start, p.tone, p.id, p.loose) for p in found.pieces] == [
        (11 * 60, "plain", None, False),
        (13 * 60, "accent", None, False),
    ]


def test_one_day_stands_alone_with_all_that_is_known() -> None:
    one = client(*WORKDAYS)
    main = replace(
        appointment(one, at(1, 10), AppointmentState.CONFIRMED),
        caller_number="+493023125177",
        location="Lindenstr. 12",
        note="Klingel defekt",
    )
    other = appointment(one, at(2, 10), AppointmentState.CONFIRMED)
    whole = plan(one, ours=(main, other), sight=seen(TUESDAY))
    found = whole.shape(None, "", TUESDAY)
    (column,) = found.columns
    assert (column.heading, column.today) == ("Tuesday, 12 January", True)
    assert _only(found).lines == (
        "10:00–11:00 Besichtigung",
        "Erika Muster · +49 30 23125177",
        "Lindenstr. 12",
        "Klingel defekt",
        "in calendar",
    )
    assert {start.column for start in found.starts} == {0}
    assert whole.instant(0, 600) == at(1, 10)
    assert whole.moment(at(0, 11)) is None


def test_each_of_the_staff_has_a_column_of_the_day() -> None:
    hours = [BookableHours(weekday=1, start=time(9), end=time(12), staff_id=BEN.id)]
    one = replace(client(*WORKDAYS), staff=(ANNA, BEN))
    one = replace(one, hours=(*one.hours, *hours))
    bens = uuid4()
    theirs = replace(busy(at(1, 10), at(1, 11), "Ben"), calendar_id=bens)
    everybodys = busy(at(1, 9), at(1, 9, 30), "Team")
    annas = replace(appointment(one, at(1, 14), AppointmentState.CONFIRMED), staff_id=ANNA.id)
    sight = seen(TUESDAY, staff_of={bens: BEN.id})
    whole = plan(one, theirs, everybodys, ours=(annas,), sight=sight)
    found = whole.shape(None, "", TUESDAY)
    assert [column.heading for column in found.columns] == ["Anna", "Ben"]
    assert [column.open for column in found.columns] == [((540, 1020),), ((540, 720),)]
    assert spans(found) == [(1, 600, 660), (0, 540, 570), (1, 540, 570), (0, 840, 900)]
    assert whole.member(1) == BEN
    moment = whole.moment(at(1, 11))
    assert moment is not None
    assert (moment.column, moment.last) == (0, 1)


def test_what_is_nobodys_has_a_column_of_its_own() -> None:
    one = replace(client(*WORKDAYS), staff=(ANNA, BEN))
    old = appointment(one, at(1, 14), AppointmentState.CONFIRMED)
    found = plan(one, ours=(old,), sight=seen(TUESDAY)).shape(None, "", TUESDAY)
    assert [column.heading for column in found.columns] == ["Anna", "Ben", "nobody's"]
    assert spans(found) == [(2, 840, 900)]


def test_a_closed_day_says_why() -> None:
    outing = HoursException(first=MONDAY, last=MONDAY, name="Betriebsausflug")
    one = replace(client(*WORKDAYS), exceptions=(outing,), holidays="DE")
    found = shape(one)
    assert [day.closed for day in found.columns] == ["Betriebsausflug", "", "", "", ""]
    easter = shape(one, monday=date(2027, 3, 29))
    assert easter.columns[0].closed == "Easter Monday"
    away = shape(one, busy(at(1, 0), at(3, 0), "Urlaub", all_day=True))
    assert [day.closed for day in away.columns] == ["Betriebsausflug", "Urlaub", "Urlaub", "", ""]


def test_the_owners_words_are_quiet_signs() -> None:
    one = client(*WORKDAYS)
    frame = replace(busy(at(0, 9), at(0, 12), "Sprechstunde"), blocks=False)
    reachable = replace(busy(at(1, 9), at(1, 12), "erreichbar"), blocks=False)
    quiet = busy(at(2, 9), at(2, 12), "OP, nicht stören")
    found = shape(one, frame, reachable, quiet)
    assert [(mark.column, mark.text, mark.tone) for mark in found.marks] == [
        (0, "Sprechstunde", "accent"),
        (1, "erreichbar", "good"),
    ]
    assert found.marks[1].spoken.endswith("callers may be connected")
    assert _only(found).icon == "muted"
    assert _only(found).spoken.endswith("nobody is connected")
    free = replace(busy(at(3, 9), at(3, 12), "Geburtstag"), blocks=False)
    assert shape(one, free).pieces == shape(one, free).marks == ()
