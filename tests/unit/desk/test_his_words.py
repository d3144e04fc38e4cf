"""Where the owner has written his own words, what is noted at the desk comes below them."""

from __future__ import annotations

from receptionist.events import AppointmentConfirmed, OwnerChanged
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import (
    HOUR,
    confirmed,
    in_time,
    looked,
    now_is,
    owner_edits,
    text_of,
    value,
)
from tests.unit.desk.test_booking import TUESDAY

HIS = "Leiter mitnehmen"


def text(bench: Bench, *notes: str, his: str = HIS) -> str:
    """What his calendar says once he has written, and then each of `notes` was noted."""
    one = confirmed(bench)
    owner_edits(bench, one, DESCRIPTION=his)
    looked(bench)
    for count, note in enumerate(notes, 2):
        bench.desk.changing.change(now_is(bench, one), note=note)
        in_time(bench, AppointmentConfirmed, count)
    looked(bench)
    assert len(bench.seen(OwnerChanged)) == 1, "what we wrote is not taken for his"
    return value(text_of(bench, one), "DESCRIPTION")


def test_a_note_comes_below_his_words(bench: Bench) -> None:
    assert text(bench, "zweiter Stock") == f"{HIS}\\nzweiter Stock"


def test_another_note_takes_its_place(bench: Bench) -> None:
    assert text(bench, "zweiter Stock", "dritter Stock") == f"{HIS}\\ndritter Stock"


def test_a_note_that_is_a_part_of_his_words_does_not_change_them(bench: Bench) -> None:
    one = confirmed(bench)
    bench.desk.changing.change(one, note="Leiter")
    in_time(bench, AppointmentConfirmed, 2)
    assert text_of(bench, one)
    owner_edits(bench, one, DESCRIPTION=HIS)
    looked(bench)
    bench.desk.changing.change(now_is(bench, one), note="Hof")
    in_time(bench, AppointmentConfirmed, 3)
    assert value(text_of(bench, one), "DESCRIPTION") == f"{HIS}\\nHof"


def test_a_note_taken_back_leaves_his_words(bench: Bench) -> None:
    assert text(bench, "zweiter Stock", "") == HIS


def test_a_note_comes_where_he_took_everything_out(bench: Bench) -> None:
    assert text(bench, "zweiter Stock", his="") == "zweiter Stock"


def test_another_number_takes_the_place_of_the_old_one(bench: Bench) -> None:
    one = confirmed(bench)
    before = value(text_of(bench, one), "DESCRIPTION")
    owner_edits(bench, one, DESCRIPTION=f"{before}\\n{HIS}")
    looked(bench)
    bench.desk.changing.change(now_is(bench, one), caller_number="+493023125999")
    in_time(bench, AppointmentConfirmed, 2)
    after = value(text_of(bench, one), "DESCRIPTION")
    assert HIS in after
    assert "23125 999" in after or "23125999" in after
    assert after.count("\\n") == 1


def test_a_move_leaves_his_words_alone(bench: Bench) -> None:
    one = confirmed(bench)
    owner_edits(bench, one, DESCRIPTION=HIS)
    looked(bench)
    bench.desk.changing.move(now_is(bench, one), TUESDAY + 2 * HOUR)
    in_time(bench, AppointmentConfirmed, 2)
    assert value(text_of(bench, one), "DESCRIPTION") == HIS
