"""The 3-way merge: no side's change is lost, and nothing is news that nobody changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.appointment import Appointment, Fingerprint, Stored, Told
from receptionist.model.merging import (
    EMPTIED,
    Merged,
    Part,
    alike,
    merged,
    rebased,
    said,
    standing,
    told,
    wanted,
)
from receptionist.reasons import Reason

TEN = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
BASE = Told(
    start=TEN,
    end=TEN + timedelta(hours=1),
    summary="Besichtigung: Erika Muster",
    text="Telefon: 0221 4710134",
    location="Hauptstraße 1",
)
LATER = {"start": TEN + timedelta(hours=2), "end": TEN + timedelta(hours=3)}

words = st.sampled_from(["", "Küche", "Bad", "zwei Zimmer", "Küche; Bad\n2. Stock"])
tolds = st.builds(
    lambda hour, minutes, summary, text, location: Told(
        start=TEN + timedelta(hours=hour),
        end=TEN + timedelta(hours=hour, minutes=minutes),
        summary=summary,
        text=text,
        location=location,
    ),
    st.integers(0, 2),
    st.sampled_from([30, 60]),
    words,
    words,
    words,
)


def part_of(told: Told, part: Part) -> object:
    match part:
        case Part.TIME:
            return told.start, told.end
        case Part.TITLE:
            return told.summary
        case Part.TEXT:
            return told.text
        case Part.PLACE:
            return told.location


def appointment(**more: object) -> Appointment:
    made = Appointment(
        id=uuid4(),
        client_id=uuid4(),
        calendar_id=uuid4(),
        kind_id=uuid4(),
        kind_name="Besichtigung",
        start=TEN,
        end=TEN + timedelta(hours=1),
        zone="Europe/Berlin",
        caller_name="Erika Muster",
        caller_number="+492214710134",
        uid="u",
        href="",
        created=TEN,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@given(tolds, tolds, tolds)
def test_a_change_of_one_side_is_never_lost(base: Told, ours: Told, theirs: Told) -> None:
    found = merged(base, ours, theirs)
    for part in Part:
        was, here, there = (part_of(one, part) for one in (base, ours, theirs))
        stands = part_of(found.stands, part)
        if here == was:
            assert stands == there
            assert (part in found.owners) == (there != was)
        elif there == was:
            assert stands == here
            assert part not in found.by_owner
        elif here == there:
            assert stands == here
            assert part not in found.by_owner, "both did the same"
        else:
            assert stands == there, "the owner's word counts"
            assert part in found.both


@given(tolds, tolds)
def test_equal_sides_give_no_news(base: Told, both: Told) -> None:
    assert merged(base, both, both) == Merged(both)
    assert merged(base, both, both).reason is Reason.NONE


@given(tolds, tolds, tolds)
def test_what_was_merged_once_stays(base: Told, ours: Told, theirs: Told) -> None:
    stands = merged(base, ours, theirs).stands
    assert merged(theirs, stands, theirs).stands == stands
    assert merged(stands, stands, stands) == Merged(stands)


@given(tolds, tolds, tolds)
def test_what_the_owner_changed_is_kept_by_later_pushes(
    base: Told, ours: Told, theirs: Told
) -> None:
    verdict = merged(base, ours, theirs)
    found = standing(appointment(), verdict)
    for part in verdict.by_owner:
        if part is not Part.TITLE or theirs.summary:
            assert alike(replace(wanted(found), **_only(part, theirs)), wanted(found)), (
                "it would write what he has written"
            )


def _only(part: Part, source: Told) -> dict[str, object]:
    match part:
        case Part.TIME:
            return {"start": source.start, "end": source.end}
        case Part.TITLE:
            return {"summary": source.summary}
        case Part.TEXT:
            return {"text": source.text}
        case Part.PLACE:
            return {"location": source.location}


def test_the_news_say_the_weightiest_change() -> None:
    moved, named = replace(BASE, **LATER), replace(BASE, summary="Müller")
    assert merged(BASE, BASE, moved).reason is Reason.OWNER_MOVED
    assert merged(BASE, BASE, replace(moved, summary="Müller")).reason is Reason.OWNER_MOVED
    assert merged(BASE, BASE, named).reason is Reason.OWNER_CHANGED
    assert merged(BASE, replace(BASE, end=LATER["end"]), moved).reason is Reason.BOTH_CHANGED
    assert merged(BASE, moved, named).stands == replace(moved, summary="Müller")


def test_line_breaks_of_a_server_are_no_change() -> None:
    broken = replace(BASE, text="Telefon: 0221 4710134\r\n", summary="Besichtigung:  Erika Muster")
    assert merged(BASE, BASE, broken).reason is Reason.NONE
    assert alike(BASE, broken)


def test_what_we_wrote_without_knowing_is_not_the_owners() -> None:
    written, newest = replace(BASE, **LATER), replace(BASE, end=LATER["end"])
    there = replace(written, text="Bitte klingeln")
    found = merged(rebased(BASE, written, there), newest, there)
    assert (found.owners, found.both) == ({Part.TEXT}, frozenset())
    assert (found.stands.start, found.stands.end) == (newest.start, newest.end)
    assert rebased(BASE, None, there) == BASE
    assert rebased(BASE, written, BASE) == BASE, "it never came"


def test_a_text_that_the_owner_took_out_stays_out() -> None:
    gone = merged(BASE, BASE, replace(BASE, text=""))
    found = standing(appointment(), gone)
    assert found.text == EMPTIED
    assert found.description.strip() == ""


def test_what_cannot_be_read_says_nothing() -> None:
    fingerprint = Fingerprint("u", TEN, TEN, "x", "CONFIRMED")
    assert said(Stored("h", "e", None)) is None
    assert said(Stored("h", "e", fingerprint)) is None, "it takes no time"
    for_ever = replace(fingerprint, end=TEN + timedelta(days=5000))
    assert said(Stored("h", "e", for_ever)) is None
    sound = replace(fingerprint, end=TEN + timedelta(minutes=30))
    assert said(Stored("h", "e", sound, text="t", location="l")) == Told(
        start=TEN, end=sound.end, summary="x", text="t", location="l"
    )


def test_what_was_told_is_remembered() -> None:
    assert told(appointment(), BASE).told == BASE
    assert appointment().told is None
