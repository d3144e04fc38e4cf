"""Messages and recordings by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist.credentials import MemoryCredentials
from receptionist.events import MessageLeft, PhoneMessage
from receptionist.model.unattended import Step, StepKind
from tests.unit.cli.conftest import Terminal
from tests.unit.desk.test_unattended import plans, rule, use
from tests.unit.desk.test_voices import PCM, of_call, sealed, talks


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryCredentials, "persistent", True)


def test_messages_are_listed_and_written_out(terminal: Terminal, tmp_path: Path) -> None:
    bench = terminal.bench
    assert terminal.says("messages") == "There is nothing."
    use(bench, rules=(rule(Step(kind=StepKind.VOICEMAIL)),))
    bench.pump.until(lambda: plans(bench).key)
    call_id = bench.rings()
    file = Path(plans(bench).directory) / "a.sealed"
    sealed(file, plans(bench).key)
    bench.phone.tell(PhoneMessage(call_id=call_id, path=str(file), seconds=7))
    bench.wait_for(MessageLeft)
    voice = bench.seen(MessageLeft)[0].message
    said = terminal.says("messages")
    assert said.startswith(str(voice.id)[:8])
    assert "painter  +49 221 4710134  7 s  new" in said
    assert "No single message" in terminal.says("listen", "zzz", str(tmp_path / "a.wav"))
    out = tmp_path / "Nachricht.wav"
    assert str(out) in terminal.says("listen", str(voice.id)[:8], str(out))
    assert out.read_bytes().endswith(PCM)
    assert terminal.says("recordings") == "There is nothing."
    (form,) = terminal.type("messages")["payload"]["kept"]
    assert (form["call_id"], form["heard"]) == (str(call_id), None)


def test_a_call_is_recorded_only_with_a_consent(terminal: Terminal) -> None:
    bench = terminal.bench
    assert "no call with which" in terminal.says("record", "start")
    use(bench, records=True)
    call_id = talks(bench)
    assert "in which words" in terminal.says("record", "start", "--who", "Max")
    assert bench.phone.service.recording == {}
    words = ("--who", "Max Beispiel", "--words", "Ja, gern.")
    assert terminal.says("record", "start", *words) == "This call is being recorded."
    assert call_id in bench.phone.service.recording
    assert of_call(bench, call_id)[0].consent_id
    assert "painter" in terminal.says("recordings")
    assert terminal.says("record", "stop") == "This call is not being recorded."
    assert bench.phone.service.recording == {}


def test_without_a_desk_nothing_is_recorded(terminal: Terminal) -> None:
    terminal.running = False
    assert "No desk runs" in terminal.says("record", "start", "--who", "Max", "--words", "Ja")
