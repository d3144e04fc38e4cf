"""When a calendar object makes its owner busy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from receptionist.calendars import busy
from receptionist.calendars.busy import read
from receptionist.model.busy import CalendarObject
from receptionist.model.period import Period

HORIZON = Period(datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
BERLIN = "Europe/Berlin"
MOUNTAIN = """\
BEGIN:VTIMEZONE
TZID:Sprechstunde
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
"""


def objects(*events: str, before: str = "", name: str = "VEVENT") -> str:
    """A calendar of components, each given by its property lines."""
    parts = (f"BEGIN:{name}\nUID:u\n{event.strip()}\nEND:{name}\n" for event in events)
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + before + "".join(parts) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def look(text: str, horizon: Period = HORIZON, zone: str = BERLIN) -> CalendarObject:
    return read("https://calendar.example/a.ics", '"1"', text, horizon, zone)


def periods(text: str, horizon: Period = HORIZON, zone: str = BERLIN) -> list[str]:
    """The blocking occurrences as `start/end` in UTC, and that all was readable."""
    found = look(text, horizon, zone)
    assert found.readable
    return [shown(one.period) for one in found.busy]


def shown(period: Period) -> str:
    return f"{period.start:%m-%dT%H:%M}/{period.end:%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART:20270601T100000Z\nDTEND:20270601T110000Z", ["06-01T10:00/06-01T11:00"]),
        ("DTSTART;TZID=Europe/Berlin:20270601T100000\nDURATION:PT90M", ["06-01T08:00/06-01T09:30"]),
        ("DTSTART:20270601T100000\nDTEND:20270601T110000", ["06-01T08:00/06-01T09:00"]),
        (
            "DTSTART;TZID=America/New_York:20270601T100000\n"
            "DTEND;TZID=Europe/Berlin:20270601T170000",
            ["06-01T14:00/06-01T15:00"],
        ),
        ("DTSTART;VALUE=DATE:20270601", ["05-31T22:00/06-01T22:00"]),
        ("DTSTART;VALUE=DATE:20270601\nDTEND;VALUE=DATE:20270601", ["05-31T22:00/06-01T22:00"]),
        ("DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270329", ["03-26T23:00/03-28T22:00"]),
        ("DTSTART;VALUE=DATE:20270327\nDURATION:P2D", ["03-26T23:00/03-28T22:00"]),
        ("DTSTART;VALUE=DATE:20270601\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20270601T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20270601T100000Z\nDURATION:PT1H\nSTATUS:TENTATIVE", ["06-01T10:00/06-01T11:00"]),
        ("DTSTART:20270601T100000Z\nDURATION:PT1H\nTRANSP:opaque", ["06-01T10:00/06-01T11:00"]),
        ("DTSTART:20270601T100000Z", []),
        ("DTSTART:20261231T230000Z\nDTEND:20270101T010000Z", ["12-31T23:00/01-01T01:00"]),
        ("DTSTART:20261231T220000Z\nDTEND:20270101T000000Z", []),
        ("DTSTART:20290101T000000Z\nDURATION:PT1H", []),
    ],
)
def test_single_events(lines: str, expected: list[str]) -> None:
    assert periods(objects(lines)) == expected


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("SUMMARY:Sprechstunde\nTRANSP:TRANSPARENT", [("Sprechstunde", "", False)]),
        ("CATEGORIES:a,b\nCATEGORIES:c\nTRANSP:transparent", [("", "a,b,c", False)]),
        ("SUMMARY:Urlaub\nCATEGORIES:Urlaub", [("Urlaub", "Urlaub", True)]),
        ("TRANSP:TRANSPARENT", []),
        ("SUMMARY:x\nSTATUS:CANCELLED\nTRANSP:TRANSPARENT", []),
        ("SUMMARY:x\nCATEGORIES:y\nSTATUS:CANCELLED", []),
        ("SUMMARY:x\nCLASS:PRIVATE\nTRANSP:TRANSPARENT", []),
        ("SUMMARY:x\nCLASS:PRIVATE\nCATEGORIES:frei\nTRANSP:TRANSPARENT", [("", "frei", False)]),
        ("SUMMARY:x\nCLASS:CONFIDENTIAL\nCATEGORIES:z", [("", "z", True)]),
        ("CATEGORIES:\nTRANSP:TRANSPARENT", []),
        ("CATEGORIES:a,, b", [("", "a,b", True)]),
        (f"SUMMARY:x\nCATEGORIES:{'k' * 400}", [("x", "k" * 255, True)]),
    ],
)
def test_what_does_not_block_is_there_for_its_words(
    lines: str, told: list[tuple[str, str, bool]]
) -> None:
    found = look(objects(f"DTSTART:20270601T100000Z\nDTEND:20270601T110000Z\n{lines}"))
    assert found.readable
    assert [(one.summary, one.categories, one.blocks) for one in found.busy] == told


def test_an_occurrence_of_a_series_has_words_of_its_own() -> None:
    series = (
        "DTSTART:20270601T100000Z\nDTEND:20270601T110000Z\nRRULE:FREQ=DAILY;COUNT=3\n"
        "SUMMARY:Sprechstunde\nTRANSP:TRANSPARENT"
    )
    other = (
        "RECURRENCE-ID:20270602T100000Z\nDTSTART:20270602T100000Z\nDTEND:20270602T110000Z\n"
        "SUMMARY:Zahnarzt"
    )
    found = look(objects(series, other)).busy
    assert [(one.summary, one.blocks) for one in found] == [
        ("Sprechstunde", False),
        ("Zahnarzt", True),
        ("Sprechstunde", False),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the clock goes forward on 28 March 2027 at 01:00 UTC
        ("DTSTART;TZID=Europe/Berlin:20270327T220000\nDURATION:PT8H", "03-27T21:00/03-28T05:00"),
        ("DTSTART;TZID=Europe/Berlin:20270327T100000\nDURATION:P1D", "03-27T09:00/03-28T08:00"),
        ("DTSTART;TZID=Europe/Berlin:20270327T100000\nDURATION:PT24H", "03-27T09:00/03-28T09:00"),
        ("DTSTART;TZID=Europe/Berlin:20270327T100000\nDURATION:P1DT2H", "03-27T09:00/03-28T10:00"),
        ("DTSTART;TZID=Europe/Berlin:20270326T100000\nDURATION:P1W", "03-26T09:00/04-02T08:00"),
        ("DTSTART;TZID=Europe/Berlin:20270328T013000\nDURATION:PT30M", "03-28T00:30/03-28T01:00"),
        ("DTSTART;TZID=Europe/Berlin:20270328T013000\nDURATION:PT1H", "03-28T00:30/03-28T01:30"),
        # 02:30 does not exist then: the offset before the gap counts
        ("DTSTART;TZID=Europe/Berlin:20270328T023000\nDURATION:PT1H", "03-28T01:30/03-28T02:30"),
        # and back on 31 October 2027 at 01:00 UTC; 02:30 comes twice, the first is meant
        ("DTSTART;TZID=Europe/Berlin:20271031T023000\nDURATION:PT1H", "10-31T00:30/10-31T01:30"),
        ("DTSTART;TZID=Europe/Berlin:20271030T220000\nDURATION:PT8H", "10-30T20:00/10-31T04:00"),
        (
            "DTSTART;TZID=Europe/Berlin:20271030T220000\nDTEND;TZID=Europe/Berlin:20271031T060000",
            "10-30T20:00/10-31T05:00",
        ),
    ],
)
def test_across_a_clock_change(lines: str, expected: str) -> None:
    assert periods(objects(lines)) == [expected]


def test_a_series_keeps_its_hour_and_its_length() -> None:
    lines = "DTSTART;TZID=Europe/Berlin:20270320T093000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert periods(objects(lines)) == [
        "03-20T08:30/03-20T09:30",
        "03-27T08:30/03-27T09:30",
        "04-03T07:30/04-03T08:30",
    ]


def test_a_night_shift_in_series_across_the_change() -> None:
    nominal = "DTSTART;TZID=Europe/Berlin:20270326T220000\nRRULE:FREQ=DAILY;COUNT=3\n"
    assert periods(objects(nominal + "DURATION:P1D"))[1] == "03-27T21:00/03-28T20:00"
    assert periods(objects(nominal + "DURATION:PT8H")) == [
        "03-26T21:00/03-27T05:00",
        "03-27T21:00/03-28T05:00",
        "03-28T20:00/03-29T04:00",
    ]


def test_exceptions_of_a_series() -> None:
    series = (
        "DTSTART;TZID=Europe/Berlin:20270601T100000\nDTEND;TZID=Europe/Berlin:20270601T110000\n"
        "RRULE:FREQ=DAILY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20270602T100000\nSUMMARY:Runde"
    )
    moved = (
        "RECURRENCE-ID;TZID=Europe/Berlin:20270603T100000\nSUMMARY:später\n"
        "DTSTART;TZID=Europe/Berlin:20270603T150000\nDURATION:PT2H"
    )
    cancelled = (
        "RECURRENCE-ID:20270604T080000Z\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Europe/Berlin:20270604T100000\nDURATION:PT1H"
    )
    found = look(objects(series, moved, cancelled))
    assert found.readable
    assert [(shown(one.period), one.summary) for one in found.busy] == [
        ("06-01T08:00/06-01T09:00", "Runde"),
        ("06-03T13:00/06-03T15:00", "später"),
        ("06-05T08:00/06-05T09:00", "Runde"),
    ]


def test_this_and_all_that_follow() -> None:
    series = "DTSTART:20270601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
    later = (
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20270602T100000Z\n"
        "DTSTART:20270602T120000Z\nDURATION:PT2H"
    )
    assert periods(objects(series, later)) == [
        "06-01T10:00/06-01T11:00",
        "06-02T12:00/06-02T14:00",
        "06-03T12:00/06-03T14:00",
    ]


def test_one_day_of_somebody_elses_series() -> None:
    lines = "RECURRENCE-ID:20270603T100000Z\nDTSTART:20270603T120000Z\nDURATION:PT1H"
    assert periods(objects(lines)) == ["06-03T12:00/06-03T13:00"]


def test_extra_dates_and_periods() -> None:
    lines = (
        "DTSTART:20270601T100000Z\nDURATION:PT1H\nRDATE:20270610T100000Z\n"
        "RDATE;VALUE=PERIOD:20270611T100000Z/PT3H,20270612T100000Z/20270612T120000Z"
    )
    assert periods(objects(lines)) == [
        "06-01T10:00/06-01T11:00",
        "06-10T10:00/06-10T11:00",
        "06-11T10:00/06-11T13:00",
        "06-12T10:00/06-12T12:00",
    ]


@pytest.mark.parametrize(
    ("until", "count"),
    [("20270603T140000Z", 3), ("20270603T100000", 3), ("20270603", 3), ("20270603T095959", 2)],
)
def test_the_last_of_a_series_in_every_spelling(until: str, count: int) -> None:
    lines = f"DTSTART;TZID=America/New_York:20270601T100000\nRRULE:FREQ=DAILY;UNTIL={until}"
    assert len(periods(objects(f"{lines}\nDURATION:PT1H"))) == count


def test_whole_days_in_series() -> None:
    lines = (
        "DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270329\n"
        "RRULE:FREQ=YEARLY;UNTIL=20280101\nEXDATE;VALUE=DATE:20280327"
    )
    found = look(objects(lines))
    assert [(shown(one.period), one.all_day) for one in found.busy] == [
        ("03-26T23:00/03-28T22:00", True)
    ]


def test_a_series_that_floats() -> None:
    lines = "DTSTART:20270327T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20270328T100000Z"
    assert periods(objects(lines)) == ["03-27T09:00/03-27T10:00", "03-28T08:00/03-28T09:00"]
    assert periods(objects(lines), zone="Asia/Tokyo")[0] == "03-27T01:00/03-27T02:00"


def test_a_long_event_reaches_into_the_horizon() -> None:
    lines = "DTSTART:20261101T000000Z\nDTEND:20270301T000000Z\nRRULE:FREQ=YEARLY;COUNT=1"
    assert periods(objects(lines)) == ["11-01T00:00/03-01T00:00"]


def test_two_owners_may_give_one_name_to_different_zones() -> None:
    lines = "DTSTART;TZID=Sprechstunde:20270601T100000\nDURATION:PT1H"
    for offset, expected in (("-0700", "06-01T17:00"), ("+0300", "06-01T07:00")):
        text = objects(lines, before=MOUNTAIN.format(offset=offset))
        assert periods(text)[0].startswith(expected)
    found = look(objects(lines))
    assert not found.readable
    assert shown(found.busy[0].period) == "06-01T08:00/06-01T09:00"


@pytest.mark.parametrize(
    "name", ["W. Europe Standard Time", "/freeassociation.sourceforge.net/Europe/Berlin"]
)
@pytest.mark.filterwarnings("ignore:Timezone")
def test_zones_by_other_names(name: str) -> None:
    lines = f"DTSTART;TZID={name}:20270601T100000\nDURATION:PT1H"
    assert periods(objects(lines)) == ["06-01T08:00/06-01T09:00"]


def test_a_zone_that_changes_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy, "PATIENCE_S", 0.3)
    mad = "16010101T000000\nRRULE:FREQ=SECONDLY\n"
    standard = MOUNTAIN.format(offset="+0200").replace("19700101T000000\n", mad)
    block = standard[standard.index("BEGIN:STANDARD") : standard.index("END:VTIMEZONE")]
    zone = standard.replace(block, block + block.replace("STANDARD", "DAYLIGHT"))
    lines = "DTSTART;TZID=Sprechstunde:20270601T100000\nDURATION:PT1H"
    found = look(objects(lines, before=zone))
    assert not found.readable
    assert shown(found.busy[0].period) == "06-01T08:00/06-01T09:00"


def test_free_busy_objects() -> None:
    lines = (
        "DTSTAMP:20270101T000000Z\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270601T100000Z/PT1H,20270601T120000Z/20270601T130000Z\n"
        "FREEBUSY;FBTYPE=FREE:20270601T140000Z/PT1H\nFREEBUSY:20270601T160000Z/PT1H"
    )
    assert periods(objects(lines, name="VFREEBUSY")) == [
        "06-01T10:00/06-01T11:00",
        "06-01T12:00/06-01T13:00",
        "06-01T16:00/06-01T17:00",
    ]


UNREADABLE = {
    "a broken rule": "DTSTART:20270601T100000Z\nDTEND:20270601T110000Z\nRRULE:FREQ=SOMETIMES",
    "a broken end": "DTSTART:20270601T100000Z\nDTEND:tomorrow",
    "a broken exception": "DTSTART:20270601T100000Z\nDURATION:PT1H\nEXDATE:never",
    "backwards": "DTSTART:20270601T110000Z\nDTEND:20270601T100000Z",
    "a negative length": "DTSTART:20270601T100000Z\nDURATION:-PT1H",
    "a rule that is no line": "DTSTART:20270601T100000Z\nDURATION:PT1H\nRRULE FREQ=DAILY",
    "each second": "DTSTART:20270601T100000Z\nDTEND:20270601T110000Z\nRRULE:FREQ=SECONDLY",
    "never": "DTSTART:20270601T100000Z\nDTEND:20270601T110000Z\n"
    "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "an unknown zone": "DTSTART;TZID=Nowhere:20270601T120000\nDURATION:PT1H",
    "a huge length": "DTSTART:20270601T100000Z\nDURATION:P99999999D\nRRULE:FREQ=DAILY",
    "an interval of zero": "DTSTART:20270601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0",
}


@pytest.mark.parametrize("lines", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_blocks_what_can_be_told(
    lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy, "PATIENCE_S", 0.3)
    found = look(objects(lines))
    assert not found.readable
    assert found.uid == "u"
    blocked = found.busy[0]
    assert not blocked.readable
    asked = Period(
        datetime(2027, 6, 1, 10, 15, tzinfo=UTC), datetime(2027, 6, 1, 10, 45, tzinfo=UTC)
    )
    assert blocked.period.overlaps(asked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "/etc/passwd",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "\x00\xff" * 100,
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 5000,
        "BEGIN:VCALENDAR\r\n" + "X:" + "a" * 2_000_000,
    ],
)
def test_rubbish_is_counted(text: str) -> None:
    found = look(text)
    assert (found.readable, found.busy, found.uid) == (False, (), found.href)


@pytest.mark.parametrize("line", [":nothing", "X-APPLE-RADIUS=49.9", "RRULE:", "COLOR:no\\,where"])
def test_what_does_not_tell_times_may_be_broken(line: str) -> None:
    lines = f"DTSTART:20270601T100000Z\nDURATION:PT1H\n{line}"
    assert periods(objects(lines)) == ["06-01T10:00/06-01T11:00"]


def test_a_truncated_object_still_blocks() -> None:
    whole = objects("DTSTART;TZID=Europe/Berlin:20270601T100000\nDURATION:PT1H\nSUMMARY:Zahnarzt")
    found = look(whole[: whole.index("END:VEVENT")])
    assert not found.readable
    assert [(shown(one.period), one.summary) for one in found.busy] == [
        ("06-01T08:00/06-01T09:00", "Zahnarzt")
    ]


def test_a_broken_object_that_is_cancelled_is_free() -> None:
    found = look(objects("DTSTART:20270601T100000Z\nSTATUS:CANCELLED\nEXDATE:never"))
    assert (found.readable, found.busy) == (False, ())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("CLASS:PRIVATE", ""),
        ("CLASS:confidential", ""),
        ("CLASS:PUBLIC", "Arzt"),
        ("LOCATION:Köln", "Arzt"),
    ],
)
@pytest.mark.parametrize(
    "end",
    ["DTEND:20270601T110000Z", "DTEND:20270601T110000Z\nEXDATE:never"],
    ids=["sound", "broken"],
)
def test_a_title_that_its_owner_keeps_to_himself_is_not_told(
    line: str, title: str, end: str
) -> None:
    found = look(objects(f"DTSTART:20270601T100000Z\n{end}\nSUMMARY:Arzt\n{line}"))
    assert found.busy[0].summary == title
    assert shown(found.busy[0].period) == "06-01T10:00/06-01T11:00"


def test_a_huge_count_is_cut_by_the_horizon() -> None:
    lines = "DTSTART:20270601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2000000000"
    assert len(periods(objects(lines))) == 580


def test_a_series_from_long_ago() -> None:
    lines = "DTSTART:19000101T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    week = Period(HORIZON.start, HORIZON.start + timedelta(days=7))
    assert len(periods(objects(lines), week)) == 1
