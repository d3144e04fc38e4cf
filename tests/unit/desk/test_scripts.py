"""Scripts at the desk: what is said when it rings, versions, news, and calls on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from receptionist import scriptfile
from receptionist.errors import BadInput, StaleRow, WrongFile
from receptionist.events import (
    CallEnded,
    CallIncoming,
    ScriptChanged,
    ScriptNews,
)
from receptionist.model.call import Call, CallState
from receptionist.model.script import ScriptVersion, Text
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench

SCRIPT = """\
format = 1

[[greeting]]
text.de = "{client}, hier ist {receptionist}."
text.en = "{client}, this is {receptionist}."

[[greeting]]
text = "{client}, wir haben geschlossen."
[greeting.when]
hours = "20:00-06:00"

[[warning]]
text = "Nie Preise nennen."

[[reason]]
key = "notfall"
title = "Notfall"
say = "Einen Augenblick, {caller}."

[[reason.prompt]]
key = "name"
label.de = "Name"
label.en = "Who"
required = true
into = "name"

[[reason.prompt]]
key = "wasser"
label = "Läuft Wasser?"
kind = "choice"
choices = ["Ja", "Nein"]
required = true

[[reason.prompt]]
key = "rueckruf"
label = "Rückruf"
kind = "phone"
into = "phone"
when = { prompt = "wasser", is = "Nein" }

[[reason.action]]
do = "urgent"
when = { prompt = "wasser", is = "Ja" }

[[reason]]
key = "termin"
title = "Termin"

[[reason.action]]
do = "book"
kind = "visit"
"""


def save(bench: Bench, text: str = SCRIPT, why: str = "", **more: Any) -> ScriptVersion:
    found: list[ScriptVersion] = []
    bench.desk.script_versions.save(bench.painter, text, why, found.append, bench.fail, **more)
    bench.pump.until(lambda: found)
    return found[0]


def refused(bench: Bench, text: str, **more: Any) -> Exception:
    errors: list[Exception] = []

    def kept(version: ScriptVersion) -> None:
        raise AssertionError(version)

    bench.desk.script_versions.save(bench.painter, text, "", kept, errors.append, **more)
    bench.pump.until(lambda: errors)
    return errors[0]


def talks(bench: Bench) -> UUID:
    """A caller of the painter who is spoken to."""
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.ACTIVE)
    return call_id


def call_of(bench: Bench, call_id: UUID) -> Call:
    return bench.desk.switchboard.call(call_id)


def in_journal(bench: Bench, call_id: UUID) -> Call:
    """The call as the next start would read it."""
    found: list[Call] = []
    since = bench.clock.now() - timedelta(days=1)
    bench.desk._ground.memory.submit(
        lambda store: store.calls(since),
        then=lambda calls: found.extend(one for one in calls if one.id == call_id),
    )
    bench.pump.until(lambda: found)
    return found[0]


def test_the_script_says_what_to_say_when_it_rings(bench: Bench) -> None:
    changed = save(bench)
    assert bench.seen(ScriptChanged)[-1].version == changed
    bench.rings()
    bench.rings(LAWYER_NUMBER, "+491713920001")
    greetings = [event.greeting for event in bench.seen(CallIncoming)]
    assert greetings == [
        "Malerbetrieb Muster, hier ist Erika Muster.",
        "Kanzlei Beispiel, guten Tag.",
    ]


def test_who_speaks_english_is_greeted_in_english(bench: Bench) -> None:
    save(bench)
    call_id = bench.rings()
    bench.desk.tongues.speak(call_id, "en")
    said = bench.desk.directory.greeting(bench.painter, call_of(bench, call_id))
    assert said == "Malerbetrieb Muster, this is Erika Muster."
    bench.desk.courses.choose(call_id, "notfall")
    bench.desk.courses.type(call_id, "name", "Max")
    labels = {one.prompt: one.label for one in call_of(bench, call_id).answers}
    assert labels["name"] == "Who"
    both = Text((("de", "Nie Preise nennen."), ("en", "Name no prices.")))
    assert bench.desk.courses.said(call_of(bench, call_id), both) == "Name no prices."
    assert bench.desk.courses.instructed(call_of(bench, call_id), both) == "Nie Preise nennen."
    with pytest.raises(BadInput):
        bench.desk.tongues.speak(call_id, "fr")


def test_a_dry_run_says_what_would_be_said(bench: Bench) -> None:
    save(bench)
    night = bench.clock.now().replace(hour=23)
    spoken = bench.desk.scripts.dry_run(bench.painter, night)
    assert spoken.greeting == "Malerbetrieb Muster, wir haben geschlossen."
    assert spoken.warnings == ("Nie Preise nennen.",)
    assert spoken.reasons == ("Notfall", "Termin")
    day = bench.clock.now().replace(hour=12)
    spoken = bench.desk.scripts.dry_run(bench.painter, day, language="en")
    assert spoken.greeting == "Malerbetrieb Muster, this is Erika Muster."
    usual = bench.desk.scripts.dry_run(bench.lawyer, day)
    assert usual.greeting == "Kanzlei Beispiel, guten Tag."
    assert usual.reasons == ("Besichtigung", "Message")


def test_a_broken_script_is_refused_with_its_place_and_the_last_good_one_stays(
    bench: Bench,
) -> None:
    good = save(bench)
    error = refused(bench, SCRIPT.replace('is = "Nein"', 'is = "Vielleicht"'))
    assert isinstance(error, WrongFile)
    assert "prompt 3" in error.faults[0].key
    assert error.line == 1 + SCRIPT[: SCRIPT.index('is = "Nein"')].count("\n")
    assert isinstance(refused(bench, SCRIPT.replace('"visit"', '"ausflug"')), WrongFile)
    counting = bench.desk.scripts.counting(bench.painter.id)
    assert counting is not None
    assert counting.version_id == good.id


def test_who_has_not_seen_the_newest_version_writes_over_nothing(bench: Bench) -> None:
    first = save(bench, newest=0)
    assert first.number == 1
    assert isinstance(refused(bench, SCRIPT, newest=0), StaleRow)
    assert save(bench, newest=1).number == 2


def test_an_older_version_counts_again_as_a_new_one(bench: Bench) -> None:
    first = save(bench)
    save(bench, SCRIPT.replace("Nie Preise", "Keine Preise"))
    found: list[ScriptVersion] = []
    bench.desk.script_versions.restore(first, "", found.append, bench.fail)
    bench.pump.until(lambda: found)
    assert (found[0].number, found[0].based_on, found[0].text) == (3, first.id, SCRIPT)
    assert bench.desk.scripts.of(bench.painter).warnings[0].text.to("de") == "Nie Preise nennen."
    every: list[ScriptVersion] = []
    bench.desk.script_versions.all_of(bench.painter.id, every.extend, bench.fail)
    bench.pump.until(lambda: every)
    assert [one.number for one in every] == [3, 2, 1]


def test_a_draft_says_nothing_until_it_counts(bench: Bench) -> None:
    draft = save(bench, draft=True)
    assert bench.desk.scripts.of(bench.painter).warnings == ()
    found: list[ScriptVersion] = []
    versions = bench.desk.script_versions
    versions.sent(draft.id, found.append, bench.fail)
    versions.approve(draft.id, "Herr Muster", "Telefon", found.append, bench.fail)
    versions.count(draft.id, found.append, bench.fail)
    bench.pump.until(lambda: len(found) == 3)
    assert found[-1].approved_by == "Herr Muster"
    assert found[-1].sent is not None
    assert bench.desk.scripts.of(bench.painter).warnings
    errors: list[Exception] = []
    versions.approve(draft.id, " ", "", found.append, errors.append)
    assert isinstance(errors[0], BadInput)


def test_a_script_that_is_gone_says_nothing_any_more(bench: Bench) -> None:
    save(bench)
    scripts, current = bench.desk.scripts, bench.desk.directory.current
    scripts.use(replace(current, scripts=()))
    assert scripts.counting(bench.painter.id) is None
    assert scripts.greeting(bench.painter) == ""


def test_the_next_start_knows_the_script(bench: Bench) -> None:
    save(bench)
    bench.desk.stop()
    bench.start()
    assert [one.key for one in bench.desk.scripts.of(bench.painter).reasons] == [
        "notfall",
        "termin",
    ]


def test_an_appointment_kind_that_is_gone_is_a_fault_and_the_script_goes_on(bench: Bench) -> None:
    save(bench)
    assert bench.desk.scripts.faults(bench.painter) == ()
    without = replace(bench.painter, kinds=())
    calendars = tuple(one for one in bench.directory.calendars if one.client_id == bench.painter.id)
    done: list[object] = []
    bench.desk.editing.save_client(bench.painter, without, calendars, done.append, bench.fail)
    bench.pump.until(lambda: done)
    assert "visit" in str(bench.desk.scripts.faults(bench.painter)[0])
    assert bench.desk.scripts.of(bench.painter).reasons


# ---- what changed since


def answered_before(bench: Bench) -> None:
    call_id = talks(bench)
    bench.phone.outside.hangs_up(call_id)
    bench.pump.until(lambda: bench.seen(CallEnded))
    bench.pump.advance(60)


def test_what_changed_since_one_last_answered_is_told_when_it_rings(bench: Bench) -> None:
    save(bench)
    answered_before(bench)
    changed = SCRIPT.replace("Nie Preise nennen.", "Preise nennt nur der Meister.")
    save(bench, changed.replace('do = "urgent"', 'do = "on-call"'))
    call_id = bench.rings()
    bench.wait_for(ScriptNews)
    news = bench.seen(ScriptNews)[-1]
    assert news.call_id == call_id
    assert news.lines == (
        "New warning: “Preise nennt nur der Meister.”",
        "No longer a warning: “Nie Preise nennen.” – and 1 more change",
    )


def test_nothing_is_told_of_what_one_knows(bench: Bench) -> None:
    save(bench)
    answered_before(bench)
    call_id = bench.rings()
    in_journal(bench, call_id)  # behind the question, on the same worker
    assert bench.seen(ScriptNews) == []


def test_a_first_script_is_told_as_such(bench: Bench) -> None:
    answered_before(bench)
    save(bench)
    bench.rings()
    bench.wait_for(ScriptNews)
    assert bench.seen(ScriptNews)[-1].lines == ("There is a script for this client now.",)


def test_public_holidays_are_those_of_the_day_and_the_one_before(bench: Bench) -> None:
    text = SCRIPT.replace('hours = "20:00-06:00"', 'hours = "20:00-06:00"\nholiday = true')
    done: list[bool] = []
    office = replace(bench.directory.office, holidays="DE")
    bench.desk.import_directory(
        replace(bench.directory, office=office), lambda: done.append(True), bench.fail
    )
    bench.pump.until(lambda: done)
    save(bench, text)
    closed = "Malerbetrieb Muster, wir haben geschlossen."

    def said(day: int, hour: int) -> str:
        at = datetime.fromisoformat(f"2027-01-{day:02}T{hour:02}:30:00+01:00")
        return bench.desk.scripts.dry_run(bench.painter, at).greeting

    assert [said(1, 21) == closed, said(2, 3) == closed] == [True, True]
    assert [said(1, 3) == closed, said(2, 21) == closed] == [False, False]


def test_a_dry_run_of_what_is_not_saved_knows_public_holidays(bench: Bench) -> None:
    client = replace(bench.painter, holidays="DE")
    closed = '[[greeting]]\ntext = "Zu."\nwhen = { holiday = true }\n'
    script = scriptfile.parse(f"format = 1\n{closed}")
    new_year = datetime.fromisoformat("2027-01-01T10:00:00+01:00")
    assert bench.desk.scripts.dry_run(client, new_year, script=script).greeting == "Zu."


def test_warnings_that_end_soon_are_known(bench: Bench) -> None:
    today = bench.clock.now().date()
    ends = [today + timedelta(days) for days in (5, 2, -1, 9)]
    warnings = "".join(
        f'[[warning]]\ntext = "{number}"\nwhen = {{ last = {day} }}\n'
        for number, day in enumerate(ends)
    )
    save(bench, f'format = 1\n[[warning]]\ntext = "immer"\n{warnings}')
    found = bench.desk.scripts.expiring(bench.painter, today + timedelta(7))
    assert [one.text.to("de") for one in found] == ["1", "0"]
