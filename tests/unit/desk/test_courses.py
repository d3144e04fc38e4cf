"""Calls on their way through scripts: nothing that was typed is lost, and nothing gets mixed."""

from __future__ import annotations

from uuid import UUID

import pytest

from receptionist.errors import NotFound
from receptionist.events import CallEnded
from receptionist.model.script import Course
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_scripts import SCRIPT, call_of, in_journal, save, talks


def course_of(bench: Bench, call_id: UUID) -> Course:
    course = bench.desk.courses.course(call_of(bench, call_id))
    assert course is not None
    return course


def test_what_is_asked_follows_what_is_answered(bench: Bench) -> None:
    save(bench)
    call_id, courses = talks(bench), bench.desk.courses
    courses.choose(call_id, "notfall")
    assert [one.key for one in course_of(bench, call_id).lacking] == ["name", "wasser"]
    courses.type(call_id, "wasser", "n")
    courses.type(call_id, "rueckruf", "030 2312")
    assert [one.key for one in course_of(bench, call_id).asked] == ["name", "wasser", "rueckruf"]
    courses.type(call_id, "wasser", "j")
    course = course_of(bench, call_id)
    assert [one.key for one in course.asked] == ["name", "wasser"]
    assert course.action.do == "urgent"
    assert course.answer("rueckruf") is not None
    with pytest.raises(NotFound):
        courses.choose(call_id, "nichts")
    with pytest.raises(NotFound):
        courses.type(call_id, "nichts", "x")


def test_an_answer_and_the_field_of_the_call_are_one(bench: Bench) -> None:
    save(bench)
    call_id, courses = talks(bench), bench.desk.courses
    courses.choose(call_id, "notfall")
    courses.type(call_id, "name", "Max Bei")
    assert call_of(bench, call_id).caller_name == "Max Bei"
    courses.verify(call_id, "name")
    bench.desk.journal.type(call_id, caller_name="Max Beispiel")
    answer = course_of(bench, call_id).answer("name")
    assert answer is not None
    assert (answer.value, answer.verified) == ("Max Beispiel", False)
    call = call_of(bench, call_id)
    reason = course_of(bench, call_id).reason
    assert reason is not None
    assert courses.said(call, reason.say) == "Einen Augenblick, Max Beispiel."


def test_a_hang_up_in_mid_sentence_loses_nothing(bench: Bench) -> None:
    save(bench)
    call_id, courses = talks(bench), bench.desk.courses
    courses.choose(call_id, "notfall")
    courses.type(call_id, "name", "Erika Mus")
    courses.type(call_id, "wasser", "viellei")
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    kept = in_journal(bench, call_id)
    assert [(one.prompt, one.typed, one.value) for one in kept.answers] == [
        ("rueckruf", "+492214710134", "+492214710134"),  # as it was signalled
        ("name", "Erika Mus", "Erika Mus"),
        ("wasser", "viellei", ""),
    ]
    assert kept.reason == "notfall"


def test_what_is_typed_is_saved_within_two_seconds(bench: Bench) -> None:
    save(bench)
    call_id, courses = talks(bench), bench.desk.courses
    courses.choose(call_id, "notfall")
    courses.type(call_id, "wasser", "j")
    courses.verify(call_id, "wasser")
    bench.pump.advance(1.5)
    kept = in_journal(bench, call_id)
    typed = [one for one in kept.answers if one.prompt == "wasser"]
    assert [(one.value, one.verified) for one in typed] == [("Ja", True)]
    counting = bench.desk.scripts.counting(bench.painter.id)
    assert counting is not None
    assert kept.script_id == counting.version_id


def test_each_call_keeps_its_own_answers(bench: Bench) -> None:
    save(bench)
    first, second = talks(bench), bench.rings(caller="+491713920001")
    courses = bench.desk.courses
    courses.choose(first, "notfall")
    courses.type(first, "name", "Eins")
    bench.desk.switchboard.answer(second)
    courses.choose(second, "notfall")
    courses.type(second, "name", "Zwei")
    courses.type(first, "wasser", "Ja")
    names = [course_of(bench, one).answer("name") for one in (first, second)]
    assert [one.value for one in names if one] == ["Eins", "Zwei"]
    assert course_of(bench, second).answer("wasser") is None


def test_a_call_goes_on_in_the_version_in_which_it_began(bench: Bench) -> None:
    save(bench)
    call_id = talks(bench)
    bench.desk.courses.choose(call_id, "notfall")
    save(bench, SCRIPT.replace('label = "Läuft Wasser?"', 'label = "Steht Wasser?"'))
    assert course_of(bench, call_id).asked[1].label.to("de") == "Läuft Wasser?"
    bench.desk.courses.choose(call_id, "notfall")
    assert course_of(bench, call_id).asked[1].label.to("de") == "Steht Wasser?"


def test_a_call_of_another_client_after_all_goes_through_his_script(bench: Bench) -> None:
    save(bench)
    call_id = talks(bench)
    bench.desk.courses.choose(call_id, "notfall")
    bench.desk.courses.type(call_id, "name", "Max Beispiel")
    bench.desk.switchboard.assign(call_id, bench.lawyer.id)
    assert (call_of(bench, call_id).reason, call_of(bench, call_id).script_id) == ("", None)
    course = course_of(bench, call_id)
    assert course.reason is None
    assert [one.key for one in course.script.reasons] == ["visit", "note"]
    bench.desk.courses.choose(call_id, "note")
    assert course_of(bench, call_id).action.do == "note"
    assert call_of(bench, call_id).caller_name == "Max Beispiel"


def test_what_was_typed_in_one_script_is_read_anew_in_another(bench: Bench) -> None:
    """The same key may mean something else for the client to whom a call belongs after all."""
    save(bench)
    call_id, courses = talks(bench), bench.desk.courses
    courses.choose(call_id, "notfall")
    courses.type(call_id, "wasser", "Ja")
    courses.verify(call_id, "wasser")
    bench.desk.switchboard.assign(call_id, bench.lawyer.id)
    found: list[object] = []
    text = (
        'format = 1\n[[reason]]\nkey = "a"\ntitle = "A"\n[[reason.prompt]]\nkey = "wasser"\n'
        'label = "Liter"\nkind = "number"\nrequired = true\n'
    )
    bench.desk.script_versions.save(bench.lawyer, text, "", found.append, bench.fail)
    bench.pump.until(lambda: found)
    courses.choose(call_id, "a")
    (lacking,) = course_of(bench, call_id).lacking
    assert lacking.key == "wasser"
    answer = course_of(bench, call_id).answer("wasser")
    assert answer is not None
    assert (answer.label, answer.typed, answer.value, answer.verified) == ("Liter", "Ja", "", False)
