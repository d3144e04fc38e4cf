"""Recordings and messages: a consent first, then sealed files, which are deleted in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from receptionist.credentials import MemoryCredentials
from receptionist.errors import BadInput, NotFound, SealBroken, StoreError
from receptionist.events import (
    CallEnded,
    CallQuality,
    MessageHeard,
    MessageLeft,
    PhoneCommandFailed,
    PhoneMessage,
    PhoneQuality,
    PhoneRecorded,
    RecordingChanged,
    RecordingKept,
)
from receptionist.model.quality import Quality
from receptionist.model.unattended import Step, StepKind
from receptionist.model.voice import Consent, Voice, VoiceKind
from receptionist.sealing import SealedWriter
from receptionist.store.voices import SqlVoices
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_unattended import journal, plans, rule, use

WORDS = "Darf ich das Gespräch aufnehmen? – Ja."
PCM = b"\1\2" * 8000


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets outlive the program."""
    monkeypatch.setattr(MemoryCredentials, "persistent", True)


def asked(bench: Bench, ask: Callable[..., object], *values: object) -> Any:
    """What comes of something that is answered later: a value, an error, or None."""
    answers: list[Any] = []
    ask(*values, lambda *answer: answers.append(answer[0] if answer else None), answers.append)
    bench.pump.until(lambda: answers)
    return answers[0]


def talks(bench: Bench) -> UUID:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    return call_id


def consent(bench: Bench, call_id: UUID) -> Consent:
    found = asked(bench, bench.desk.recordings.consent, call_id, "Max Beispiel", WORDS)
    assert isinstance(found, Consent)
    return found


def records(bench: Bench) -> tuple[UUID, Path]:
    """A call that is being recorded, and the file."""
    use(bench, records=True)
    call_id = talks(bench)
    consent(bench, call_id)
    assert asked(bench, bench.desk.recordings.start, call_id) is None
    return call_id, Path(bench.phone.service.recording[call_id])


def of_call(bench: Bench, call_id: UUID) -> tuple[Voice, ...]:
    found = asked(bench, bench.desk.voices.of_call, call_id)
    assert isinstance(found, tuple)
    return found


def sealed(file: Path, key: str) -> None:
    """Sound, written as the worker writes it."""
    writer = SealedWriter(file, key, 8000)
    writer.write(PCM)
    writer.close()


def logged(bench: Bench, row: UUID) -> list[str]:
    engine = create_engine(f"sqlite:///{bench.data / 'receptionist.db'}")
    query = text('SELECT "column" FROM change_log WHERE row = :row ORDER BY seq')
    with engine.connect() as connection:
        found = list(connection.execute(query, {"row": row.hex}).scalars())
    engine.dispose()
    return found


# ---- recordings


def test_calls_of_a_client_are_not_recorded_unless_he_allows_it(bench: Bench) -> None:
    call_id = talks(bench)
    assert "not recorded" in bench.desk.recordings.hindrance(call_id)
    with pytest.raises(BadInput, match="not recorded"):
        bench.desk.recordings.consent(call_id, "Max", WORDS, bench.events.append, bench.fail)
    with pytest.raises(BadInput, match="not recorded"):
        bench.desk.recordings.start(call_id, lambda: None, bench.fail)


def test_nothing_is_recorded_before_a_consent_is_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(bench, records=True)
    call_id = talks(bench)
    with pytest.raises(BadInput, match="who has agreed"):
        bench.desk.recordings.start(call_id, lambda: None, bench.fail)
    bench.desk.recordings.consent(call_id, "Max", WORDS, lambda _consent: None, bench.fail)
    with pytest.raises(BadInput, match="who has agreed"):
        bench.desk.recordings.start(call_id, lambda: None, bench.fail)  # it is not written yet
    bench.pump.until(lambda: bench.desk.recordings.consent_of(call_id))
    assert bench.phone.service.recording == {}


@pytest.mark.parametrize(("who", "wording"), [("", WORDS), (" \n", WORDS), ("Max", " ")])
def test_a_consent_says_who_and_in_which_words(bench: Bench, who: str, wording: str) -> None:
    use(bench, records=True)
    call_id = talks(bench)
    with pytest.raises(BadInput, match="in which words"):
        bench.desk.recordings.consent(call_id, who, wording, bench.events.append, bench.fail)


def test_a_consent_holds_for_its_call_alone(bench: Bench) -> None:
    use(bench, records=True)
    first = talks(bench)
    consent(bench, first)
    second = talks(bench)
    with pytest.raises(BadInput, match="who has agreed"):
        bench.desk.recordings.start(second, lambda: None, bench.fail)


def test_a_consent_for_one_client_is_none_for_another(bench: Bench) -> None:
    call_id, _file = records(bench)
    (lawyer,) = (one for one in bench.desk.directory.clients if one.key == "lawyer")
    bench.desk.switchboard.assign(call_id, lawyer.id)
    assert bench.desk.recordings.consent_of(call_id) is None
    assert not bench.phone.service.recording


def test_nobody_comes_into_a_recording_and_nothing_is_recorded_in_a_conference(
    bench: Bench,
) -> None:
    call_id, file = records(bench)
    owner = bench.desk.transfers.consult(call_id, "+491713920012")
    bench.phone.outside.answers(owner)
    bench.pump.until(lambda: bench.desk.switchboard.call(owner).answered)
    with pytest.raises(BadInput, match="recording first"):
        bench.desk.conference.join(owner)
    bench.desk.recordings.stop(call_id)
    bench.phone.tell(PhoneRecorded(call_id=call_id, path=str(file), seconds=3))
    bench.pump.until(lambda: not bench.desk.recordings.recording(call_id))
    bench.desk.conference.join(owner)
    bench.pump.until(lambda: bench.desk.conference.members)
    assert "conference" in bench.desk.recordings.hindrance(call_id)


def test_a_ringing_call_is_not_recorded(bench: Bench) -> None:
    use(bench, records=True)
    call_id = bench.rings()
    with pytest.raises(BadInput, match="answered"):
        bench.desk.recordings.consent(call_id, "Max", WORDS, bench.events.append, bench.fail)


def test_a_recording_is_written_down_before_it_begins_and_completed(bench: Bench) -> None:
    call_id, file = records(bench)
    (begun,) = of_call(bench, call_id)
    agreed = bench.desk.recordings.consent_of(call_id)
    assert agreed is not None
    assert (agreed.who, agreed.wording, agreed.heard_by) == (
        "Max Beispiel",
        WORDS,
        bench.directory.receptionist.id,
    )
    assert begun.consent_id == agreed.id
    assert (begun.kind, begun.seconds, begun.file) == (VoiceKind.RECORDING, None, file.name)
    assert file.parent == bench.data / "voices" / "recording"
    assert (begun.expires - begun.at).days == 30
    assert bench.desk.recordings.recording(call_id)
    with pytest.raises(BadInput, match="already"):
        bench.desk.recordings.start(call_id, lambda: None, bench.fail)
    bench.desk.recordings.stop(call_id)
    bench.phone.tell(PhoneRecorded(call_id=call_id, path=str(file), seconds=61))
    bench.wait_for(RecordingChanged, 2)
    assert [event.on for event in bench.seen(RecordingChanged)] == [True, False]
    assert of_call(bench, call_id)[0].seconds == 61
    assert logged(bench, agreed.id) == [""]
    with pytest.raises(NotFound):
        bench.desk.recordings.stop(call_id)


@pytest.mark.usefixtures("errors_expected")
def test_a_recording_is_completed_once_there_is_room_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id, file = records(bench)

    def no_room(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(SqlVoices, "complete", no_room)
        bench.phone.tell(PhoneRecorded(call_id=call_id, path=str(file), seconds=61))
        bench.wait_for(RecordingChanged, 2)
        assert of_call(bench, call_id)[0].seconds is None
    bench.pump.advance(10)
    bench.wait_for(RecordingKept)
    assert of_call(bench, call_id)[0].seconds == 61


def test_a_recording_that_the_phone_cannot_begin_is_off(bench: Bench) -> None:
    call_id, _file = records(bench)
    bench.phone.tell(PhoneCommandFailed(call_id=call_id, command="record", detail=""))
    bench.wait_for(RecordingChanged, 2)
    assert not bench.desk.recordings.recording(call_id)


def test_the_end_of_the_call_ends_the_recording_and_its_consent(bench: Bench) -> None:
    call_id, file = records(bench)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(RecordingChanged, 2)
    assert bench.desk.recordings.consent_of(call_id) is None
    bench.phone.tell(PhoneRecorded(call_id=call_id, path=str(file), seconds=5))
    bench.pump.until(lambda: of_call(bench, call_id)[0].seconds == 5)


def test_a_call_that_ends_meanwhile_is_not_recorded(bench: Bench) -> None:
    use(bench, records=True)
    call_id = talks(bench)
    consent(bench, call_id)
    answers: list[Any] = []
    bench.desk.recordings.start(call_id, lambda: answers.append(None), answers.append)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    bench.pump.until(lambda: answers)
    assert isinstance(answers[0], BadInput)
    assert bench.phone.service.recording == {}


def test_without_a_keyring_nothing_is_recorded(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryCredentials, "persistent", False)
    use(bench, records=True)
    call_id = talks(bench)
    consent(bench, call_id)
    assert "keyring" in str(asked(bench, bench.desk.recordings.start, call_id))
    assert "keyring" in bench.desk.recordings.hindrance(call_id)
    assert bench.phone.service.recording == {}


# ---- for ears


def test_a_recording_is_heard_let_out_and_deleted_in_time(bench: Bench, tmp_path: Path) -> None:
    use(bench, keep_days=3)
    call_id, file = records(bench)
    sealed(file, bench.desk.recordings._seals.public)
    assert PCM not in file.read_bytes()
    voice = of_call(bench, call_id)[0]
    wav = asked(bench, bench.desk.voices.hear, voice.id)
    assert wav.startswith(b"RIFF")
    assert wav.endswith(PCM)
    out = tmp_path / "Gespräch.wav"
    assert asked(bench, bench.desk.voices.export, voice.id, out) is None
    assert out.read_bytes() == wav
    assert logged(bench, voice.id) == ["", "heard", "heard_by", "exported"]

    bench.clock.move(timedelta(days=3).total_seconds() - 1)
    bench.desk.voices.sweep()
    assert of_call(bench, call_id)[0].deleted is None
    bench.clock.move(1)
    bench.desk.voices.sweep()
    assert of_call(bench, call_id)[0].deleted == bench.clock.now()
    assert not file.exists()
    assert logged(bench, voice.id)[-1] == "deleted"
    assert isinstance(asked(bench, bench.desk.voices.hear, voice.id), NotFound)


def test_deletion_comes_by_itself_also_at_the_next_start(bench: Bench) -> None:
    call_id, file = records(bench)
    file.write_bytes(b"")
    bench.clock.move(timedelta(days=31).total_seconds())
    bench.pump.advance(3600)
    bench.pump.until(lambda: not file.exists())
    assert of_call(bench, call_id)[0].deleted is not None


@pytest.mark.usefixtures("errors_expected")
def test_a_file_that_cannot_be_deleted_hinders_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, one = records(bench)
    second, two = records(bench)
    one.write_bytes(b"")
    two.write_bytes(b"")
    bench.clock.move(timedelta(days=31).total_seconds())
    unlink = Path.unlink

    def held(path: Path, **more: bool) -> None:
        if path == one:
            raise PermissionError(13, "in use")
        unlink(path, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        bench.desk.voices.sweep()
        assert of_call(bench, second)[0].deleted is not None
    assert of_call(bench, first)[0].deleted is None
    bench.desk.voices.sweep()
    assert of_call(bench, first)[0].deleted is not None


def test_a_damaged_or_missing_file_says_so(bench: Bench) -> None:
    call_id, file = records(bench)
    (voice,) = of_call(bench, call_id)
    assert isinstance(asked(bench, bench.desk.voices.hear, voice.id), NotFound)
    file.write_bytes(b"nothing of ours")
    assert isinstance(asked(bench, bench.desk.voices.hear, voice.id), SealBroken)
    assert logged(bench, voice.id) == [""]


def test_a_message_is_heard_and_says_by_whom(bench: Bench) -> None:
    use(bench, rules=(rule(Step(kind=StepKind.VOICEMAIL)),))
    bench.pump.until(lambda: plans(bench).key)
    call_id = bench.rings()
    file = Path(plans(bench).directory) / f"{call_id}.sealed"
    sealed(file, plans(bench).key)
    bench.phone.tell(PhoneMessage(call_id=call_id, path=str(file), seconds=1))
    bench.wait_for(MessageLeft)
    (left,) = asked(bench, bench.desk.voices.kept, VoiceKind.MESSAGE)
    assert left == bench.seen(MessageLeft)[0].message
    assert asked(bench, bench.desk.voices.hear, left.id).endswith(PCM)
    (heard,) = bench.seen(MessageHeard)
    assert heard.message.heard == bench.clock.now()
    assert heard.message.heard_by == bench.directory.receptionist.id
    assert asked(bench, bench.desk.voices.delete, left.id) is None
    assert not file.exists()
    assert asked(bench, bench.desk.voices.kept, VoiceKind.MESSAGE) == ()


# ---- how calls sound


def measured(call_id: UUID, mos_tenths: int, **more: Any) -> PhoneQuality:
    return PhoneQuality(
        call_id=call_id,
        codec="G722",
        encrypted=True,
        loss_permille=0,
        jitter_ms=3,
        round_trip_ms=0,
        mos_tenths=mos_tenths,
        **more,
    )


@pytest.mark.parametrize("late", [False, True])
def test_the_last_and_the_worst_stand_in_the_journal(bench: Bench, late: bool) -> None:
    call_id = talks(bench)
    for mos in (43, 20):
        bench.phone.tell(measured(call_id, mos))
    if late:
        bench.phone.outside.hangs_up(call_id)
        bench.wait_for(CallEnded)
    bench.phone.tell(measured(call_id, 44))
    bench.wait_for(CallQuality, 3)
    if not late:
        bench.phone.outside.hangs_up(call_id)
        bench.wait_for(CallEnded)
    assert [(one.last.mos_tenths, one.worst.mos_tenths) for one in bench.seen(CallQuality)] == [
        (43, 43),
        (20, 20),
        (44, 20),
    ]
    good = Quality(codec="G722", encrypted=True, jitter_ms=3, mos_tenths=44)
    assert journal(bench)[0].quality == good
    bench.desk.stop()
    bench.start()
    again = journal(bench)[0]
    assert again.quality == good
    assert again.worst.mos_tenths == 20
