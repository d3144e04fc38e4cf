"""The caller's language at the desk: chosen in a call, and known when he calls again."""

from __future__ import annotations

from uuid import UUID

import pytest

from receptionist.errors import BadInput
from receptionist.events import CallFailed, CallIncoming
from receptionist.model.callers import KnownCaller
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_scripts import save

OTTO = "+491713920001"
ENGLISH = "Malerbetrieb Muster, this is Erika Muster."
GERMAN = "Malerbetrieb Muster, hier ist Erika Muster."


def callers(bench: Bench) -> dict[str, str]:
    """The numbers that are known to call the painter, with their languages."""
    cards = bench.desk.people.notebooks.cards(bench.painter.id)
    return {number: card.language for card in cards for number in card.numbers}


def rings_again(bench: Bench, call_id: UUID) -> str:
    """The greeting when the same number calls after a call."""
    bench.desk.switchboard.hang_up(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).ended)
    bench.rings(caller=OTTO)
    return bench.seen(CallIncoming)[-1].greeting


def test_what_is_chosen_counts_at_once_and_when_he_calls_again(bench: Bench) -> None:
    save(bench)
    call_id = bench.rings(caller=OTTO)
    call = bench.desk.switchboard.call
    assert bench.desk.tongues.of(call(call_id), bench.painter) == ("de", "en")
    bench.desk.tongues.speak(call_id, "en")
    assert bench.desk.directory.greeting(bench.painter, call(call_id)) == ENGLISH
    bench.pump.until(lambda: callers(bench) == {OTTO: "en"})
    assert rings_again(bench, call_id) == ENGLISH


def test_what_is_taken_back_at_once_is_taken_back_for_the_next_call_too(bench: Bench) -> None:
    save(bench)
    call_id = bench.rings(caller=OTTO)
    for language in ("en", "de", "en", "de"):
        bench.desk.tongues.speak(call_id, language)
    bench.pump.until(lambda: callers(bench) == {OTTO: "de"})
    assert len(bench.desk.people.notebooks.cards(bench.painter.id)) == 1
    assert rings_again(bench, call_id) == GERMAN


def test_what_else_is_known_of_him_stays(bench: Bench) -> None:
    save(bench)
    books = bench.desk.people.notebooks
    row = KnownCaller(id=UUID(int=7), client_id=bench.painter.id, number=OTTO, note="Siezen.")
    kept: list[KnownCaller] = []
    books.save(None, row, kept.append, bench.fail)
    bench.pump.until(lambda: kept)
    bench.desk.tongues.speak(bench.rings(caller=OTTO), "en")
    bench.pump.until(lambda: callers(bench) == {OTTO: "en"})
    (card,) = books.cards(bench.painter.id)
    assert (card.caller.id, card.note) == (row.id, "Siezen.")


def test_nobody_is_known_by_it_to_another_client(bench: Bench) -> None:
    save(bench)
    bench.desk.tongues.speak(bench.rings(caller=OTTO), "en")
    bench.pump.until(lambda: callers(bench) == {OTTO: "en"})
    other = bench.desk.switchboard.call(bench.rings(LAWYER_NUMBER, OTTO))
    assert other.language == ""
    assert not bench.desk.people.notebooks.cards(bench.lawyer.id)


def test_a_call_for_the_wrong_client_gets_what_the_right_one_knows(bench: Bench) -> None:
    save(bench)
    first = bench.rings(caller=OTTO)
    bench.desk.tongues.speak(first, "en")
    bench.pump.until(lambda: callers(bench) == {OTTO: "en"})
    wrong = bench.rings(LAWYER_NUMBER, OTTO)
    bench.desk.switchboard.assign(wrong, bench.painter.id)
    assert bench.desk.switchboard.call(wrong).language == "en"


def test_a_withheld_number_is_spoken_to_and_not_remembered(bench: Bench) -> None:
    save(bench)
    call_id = bench.rings(caller="")
    bench.desk.tongues.speak(call_id, "en")
    assert bench.desk.switchboard.call(call_id).language == "en"
    assert callers(bench) == {}
    with pytest.raises(BadInput):
        bench.desk.tongues.speak(call_id, "fr")


def test_what_could_not_be_kept_is_said_and_counts_in_the_call(bench: Bench) -> None:
    save(bench)
    call_id = bench.rings(caller=OTTO)
    bench.desk.people.notebooks.save = _refuse  # type: ignore[method-assign, assignment]
    bench.desk.tongues.speak(call_id, "en")
    assert "not kept for the next one. No room" in bench.seen(CallFailed)[-1].message
    assert bench.desk.switchboard.call(call_id).language == "en"


def _refuse(_old: object, _new: object, _then: object, failed: object) -> None:
    assert callable(failed)
    failed(BadInput("No room."))
