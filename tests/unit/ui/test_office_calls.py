"""Rules for unanswered callers, prices, sounds and forwarding in the office window."""

from __future__ import annotations

import wave
from datetime import time
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from receptionist.clock import SystemClock
from receptionist.events import ForwardingTested
from receptionist.model.forwarding import ForwardingOutcome
from receptionist.model.office import Line
from receptionist.model.unattended import Step, StepKind, UnattendedRule
from tests.doubles.desk import Reception
from tests.unit.ui.conftest import Desk
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.forwarding import ForwardingHelp
from ui.dialogs.office.routes import RoutesEditor
from ui.dialogs.office.soundchoice import SoundChoice
from ui.dialogs.office.unattended import RulesEditor
from ui.models.unattended import clock_span, rules_summary

NIGHT = UnattendedRule(
    weekdays=(0, 1, 2, 3, 4),
    start=time(22),
    end=time(6),
    ring_s=0,
    steps=(
        Step(kind=StepKind.ANNOUNCEMENT),
        Step(kind=StepKind.FORWARD, seconds=30, target="+4917139200155"),
    ),
)


def test_a_rule_is_shown_and_read_back_as_it_is(reception: Reception) -> None:
    editor = RulesEditor((NIGHT,), reception.desk.sounds, "DE")
    assert editor.rules == (NIGHT,)
    assert editor.fault == ""


def test_a_new_rule_takes_a_message_and_a_forward_wants_a_number(reception: Reception) -> None:
    editor = RulesEditor((), reception.desk.sounds, "DE")
    editor.add()
    assert [step.kind for step in editor.rules[0].steps] == [StepKind.VOICEMAIL]
    step = editor.rows[0].steps.rows[0]
    step.kind.setCurrentIndex(list(StepKind).index(StepKind.FORWARD))
    assert "which number" in editor.fault


def test_times_are_read_over_midnight() -> None:
    assert clock_span("22-6") == (time(22), time(6))
    assert clock_span("12:30 – 14:00") == (time(12, 30), time(14))
    assert clock_span(" ") is None
    assert isinstance(clock_span("abends"), str)
    assert rules_summary((NIGHT,)).startswith("Always: Play an announcement")


def test_prices_are_read_with_a_comma(reception: Reception) -> None:
    line = Line(id=uuid4(), key="x", name="Flat", registrar="sip.example.org", user="x")
    editor = RoutesEditor((), (line,))
    editor.add()
    row = editor.rows[0]
    row.prefix.setText("+49 171")
    row._price.setText("2,9")
    assert editor.fault == ""
    assert editor.routes[0].prefix == "+49171"
    assert editor.routes[0].cents == Decimal("2.9")
    row._price.setText("viel")
    assert "price of a minute" in editor.fault


def test_a_wav_file_is_taken_in_and_another_is_refused(
    reception: Reception, tmp_path: Path
) -> None:
    good, bad = tmp_path / "eigene.wav", tmp_path / "kaputt.wav"
    with wave.open(str(good), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(bytes(3200))
    bad.write_bytes(b"no sound")
    choice = SoundChoice(reception.desk.sounds, "", "usual")
    choice.take(bad)
    assert choice.name == ""
    choice.take(good)
    assert choice.name == "eigene.wav"


@pytest.fixture
def form(desk: Desk) -> ClientForm:
    """The form of a client."""
    client = desk.reception.client("haustechnik")
    return ClientForm(desk.reception.desk, SystemClock(), client, is_new=False)


def test_looking_at_the_codes_changes_nothing(form: ClientForm) -> None:
    for section in form.sections:
        section.unfold()
    assert not form.dirty
    helping = form.findChild(ForwardingHelp)
    assert helping is not None
    assert "Forward: " in helping.words


def test_what_a_test_call_found_is_said(desk: Desk, form: ClientForm) -> None:
    form._forwarding.unfold()
    helping = form.findChild(ForwardingHelp)
    assert helping is not None
    helping.button.click()
    assert "is being called" in helping.outcome.words
    assert desk.reception.desk.forwarding.testing == form.id
    event = ForwardingTested(
        client_id=UUID(str(form.id)),
        number="+492214710134",
        outcome=ForwardingOutcome.MATCHED,
        message="It works.",
    )
    helping._heard(event)
    assert helping.outcome.words == "It works."
    assert helping.button.isEnabled()
