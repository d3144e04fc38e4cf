"""What an engine can do with calls, by what the other side saw and heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneHeld,
    PhoneJoined,
    PhoneProgress,
)
from receptionist.model.call import Cause
from receptionist.model.office import Identity
from receptionist.model.unattended import StepKind
from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess, in_call, rings, talks
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.sip.baresip import Baresip, loudness, write_tone
from tests.doubles.sip.raw import RawPhone

LOUD = 1000


# ---- how a call begins


@pytest.mark.usefixtures("line")
def test_a_call_is_refused_in_words(engine: EngineProcess, raw: RawPhone) -> None:
    call_id = rings(engine, raw)
    engine.tell(wire.Decline(call_id=call_id, status=603, reason="Nobody is here"))
    assert raw.confirm("603").start == "SIP/2.0 603 Nobody is here"


@pytest.mark.usefixtures("line")
def test_a_caller_is_sent_on_to_another_number(engine: EngineProcess, raw: RawPhone) -> None:
    call_id = rings(engine, raw)
    engine.tell(wire.Redirect(call_id=call_id, target="+491713920002"))
    assert raw.confirm("302").headers("Contact") == ["Contact: <sip:+491713920002@127.0.0.1>"]
    ended = engine.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.DECLINED, 302)


@pytest.mark.usefixtures("line")
def test_who_is_looked_after_can_still_be_answered(engine: EngineProcess, raw: RawPhone) -> None:
    call_id = rings(engine, raw)
    engine.tell(wire.Attend(call_id=call_id, step=StepKind.QUEUE, place=2))
    raw.confirm()
    engine.wait(PhoneAttended, call_id=call_id, step=StepKind.QUEUE, place=2)
    for place in (2, 1):
        engine.tell(wire.Attend(call_id=call_id, step=StepKind.QUEUE, place=place))
    engine.wait(PhoneAttended, call_id=call_id, place=1)
    assert not engine.all(PhoneAnswered)
    engine.tell(wire.Answer(call_id=call_id))
    engine.wait(PhoneAnswered, call_id=call_id)
    assert len(engine.all(PhoneAttended)) == 2
    engine.tell(wire.Answer(call_id=call_id))
    assert engine.wait(PhoneCommandFailed).command == "answer"
    raw.request("BYE")
    assert engine.wait(PhoneEnded, call_id=call_id).cause is Cause.CALLER_HUNG_UP


@pytest.mark.usefixtures("line")
def test_who_gives_up_before_anybody_took_him_was_missed(
    engine: EngineProcess, raw: RawPhone
) -> None:
    call_id = rings(engine, raw)
    engine.tell(wire.Attend(call_id=call_id, step=StepKind.ANNOUNCEMENT))
    raw.confirm()
    engine.wait(PhoneAttended, call_id=call_id)
    raw.request("BYE")
    assert engine.wait(PhoneEnded, call_id=call_id).cause is Cause.MISSED


@pytest.mark.parametrize(
    ("identity", "header"),
    [
        (Identity.NONE, ""),
        (Identity.FROM, "From"),
        (Identity.ASSERTED, "P-Asserted-Identity"),
        (Identity.PREFERRED, "P-Preferred-Identity"),
    ],
)
def test_the_number_shown_stands_where_the_line_allows_it(
    engine: EngineProcess, raw: RawPhone, identity: Identity, header: str
) -> None:
    line = engine.register(replace(trunk(raw.place), identity=identity))
    engine.dials(line, "+492214710177", shown_as=DIALLED)
    invite = raw.wait("INVITE")
    named = {name: invite.header(name) for name in ("From", *_IDENTITIES)}
    where = [name for name, value in named.items() if f"sip:{DIALLED}@127.0.0.1" in value]
    assert where == ([header] if header else [])
    raw.take("486 Busy Here")


_IDENTITIES = ("P-Asserted-Identity", "P-Preferred-Identity")


def test_what_cannot_be_shown_is_not_dialled(engine: EngineProcess, raw: RawPhone) -> None:
    line = engine.register(replace(trunk(raw.place), identity=Identity.FROM))
    call_id = engine.dials(line, "+492214710177", shown_as="1>;tag=2")
    assert engine.wait(PhoneCommandFailed, call_id=call_id).command == "dial"
    assert not raw.seen("INVITE")


def test_what_is_said_before_the_answer_is_heard(tmp_path: Path, raw: RawPhone) -> None:
    heard = tmp_path / "heard.wav"
    settings = {"audio": wire.AudioMode.FILES, "headset": str(heard)}
    with EngineProcess(tmp_path, **settings) as engine:
        call_id = engine.dials(engine.register(trunk(raw.place)), "+492214710177")
        port = raw.wait("INVITE").media_port
        raw.take("183 Session Progress", body=True)
        engine.wait(PhoneProgress, call_id=call_id)
        raw.speak(1.0, port)
        engine.tell(wire.HangUp(call_id=call_id))
        raw.wait("CANCEL")
        raw.take("487 Request Terminated")
        assert engine.wait(PhoneEnded, call_id=call_id).cause is Cause.WE_HUNG_UP
    assert max(loudness(heard)) > LOUD


# ---- hold


@pytest.mark.usefixtures("line")
def test_who_is_on_hold_hears_music(engine: EngineProcess, raw: RawPhone, tmp_path: Path) -> None:
    """Over and over, however short, and no more once he is off hold."""
    write_tone(tmp_path / "music.wav", 0.2)
    call_id = in_call(engine, raw)
    raw.wait_heard("q" * 10)
    engine.tell(wire.Hold(call_id=call_id, music=str(tmp_path / "music.wav")))
    assert "a=sendonly" in raw.wait("INVITE")
    raw.take("200 OK", body="recvonly")
    engine.wait(PhoneHeld, call_id=call_id, held=True)
    for _ in range(5):
        raw.wait_heard("L" * 8)
    engine.tell(wire.Resume(call_id=call_id))
    assert "a=sendrecv" in raw.wait("INVITE", count=2)
    raw.take("200 OK", body=True)
    engine.wait(PhoneHeld, call_id=call_id, held=False)
    raw.wait_heard("q" * 20)
    assert raw.heard.endswith("q" * 20)


@pytest.mark.usefixtures("line")
def test_the_usual_music_where_there_is_no_other(
    engine: EngineProcess, raw: RawPhone, tmp_path: Path
) -> None:
    call_id = in_call(engine, raw)
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    engine.tell(wire.Hold(call_id=call_id, music=str(tmp_path / "broken.wav")))
    raw.wait("INVITE")
    raw.take("200 OK", body="recvonly")
    engine.wait(PhoneHeld, call_id=call_id, held=True)
    raw.wait_heard("L")


@pytest.mark.usefixtures("line")
def test_hold_survives_being_toggled(engine: EngineProcess, tmp_path: Path) -> None:
    with Baresip(tmp_path / "peer") as peer:
        call_id = talks(engine, peer)
        for count in range(1, 21):
            engine.tell(wire.Hold(call_id=call_id))
            engine.wait(PhoneHeld, count, call_id=call_id, held=True)
            engine.tell(wire.Resume(call_id=call_id))
            engine.wait(PhoneHeld, count, call_id=call_id, held=False)
        assert not engine.all(PhoneCommandFailed)
        engine.tell(wire.HangUp(call_id=call_id))
        peer.wait("CALL_CLOSED")


@pytest.mark.usefixtures("line")
def test_both_may_hold_at_once(engine: EngineProcess, raw: RawPhone) -> None:
    """Whoever held first; each takes off its own hold alone."""
    call_id = in_call(engine, raw)
    raw.reinvite("sendonly")
    engine.tell(wire.Hold(call_id=call_id))
    raw.wait("INVITE", count=1)
    raw.take("200 OK", body="inactive")
    engine.wait(PhoneHeld, call_id=call_id, held=True)
    raw.reinvite("sendrecv")
    engine.tell(wire.Resume(call_id=call_id))
    assert "a=sendrecv" in raw.wait("INVITE", count=2)
    raw.take("200 OK", body="sendonly")
    engine.wait(PhoneHeld, call_id=call_id, held=False)
    engine.tell(wire.HangUp(call_id=call_id))
    raw.wait("BYE")
    assert not engine.all(PhoneCommandFailed)


# ---- who hears whom


@pytest.mark.usefixtures("line")
def test_three_hear_each_other_until_one_is_held_or_gone(
    engine: EngineProcess, raw: RawPhone, tmp_path: Path
) -> None:
    """We are silent: what is heard is the other caller, who speaks all the time."""
    write_tone(tmp_path / "quiet.wav", 0.5, height=0)
    quiet = str(tmp_path / "quiet.wav")
    with Baresip(tmp_path / "peer") as peer:
        first = in_call(engine, raw)
        engine.tell(wire.Hold(call_id=first, music=quiet))
        raw.wait("INVITE")
        raw.take("200 OK", body="recvonly")
        engine.wait(PhoneHeld, call_id=first, held=True)
        second = talks(engine, peer, 2)
        raw.wait_heard("q" * 20)
        engine.tell(wire.Join(call_id=first, other_id=second))
        engine.wait(PhoneJoined, call_id=first, other_id=second, joined=True)
        raw.wait("INVITE", count=2)
        raw.take("200 OK", body=True)
        engine.wait(PhoneHeld, call_id=first, held=False)
        raw.wait_heard("L" * 20)
        engine.tell(wire.Hold(call_id=first, music=quiet))
        raw.wait("INVITE", count=3)
        raw.take("200 OK", body="recvonly")
        engine.wait(PhoneHeld, 2, call_id=first, held=True)
        raw.wait_heard("q" * 20)
        engine.tell(wire.Resume(call_id=first))
        raw.wait("INVITE", count=4)
        raw.take("200 OK", body=True)
        engine.wait(PhoneHeld, 2, call_id=first, held=False)
        raw.wait_heard("L" * 20)
        engine.tell(wire.HangUp(call_id=second))
        engine.wait(PhoneJoined, call_id=second, other_id=first, joined=False)
        peer.wait("CALL_CLOSED")
        raw.wait_heard("q" * 20)
        assert not engine.all(PhoneEnded, call_id=first)


def test_two_are_joined_without_us_and_parted(tmp_path: Path, raw: RawPhone) -> None:
    """We speak all the time, and are heard no more; the other one is heard until they part."""
    write_tone(tmp_path / "microphone.wav", 5.0)
    speaks = {"audio": wire.AudioMode.FILES, "microphone": str(tmp_path / "microphone.wav")}
    with EngineProcess(tmp_path, **speaks) as engine, RawPhone() as other:
        engine.register(trunk("127.0.0.1"))
        first = in_call(engine, raw)
        raw.wait_heard("L" * 20)
        other.invite(engine.sip_port)
        second = engine.rings(2)
        engine.tell(wire.Answer(call_id=second))
        port = other.confirm().media_port
        engine.wait(PhoneAnswered, call_id=second)
        engine.tell(wire.Join(call_id=first, other_id=second, headset=False))
        engine.wait(PhoneJoined, call_id=first, other_id=second, joined=True)
        raw.wait_heard("q" * 20)
        other.speaks(port)
        raw.wait_heard("L" * 20)
        other.wait_heard("q" * 20)
        engine.tell(wire.Part(call_id=first, other_id=second))
        engine.wait(PhoneJoined, call_id=first, other_id=second, joined=False)
        raw.wait_heard("q" * 20)
        engine.tell(wire.Part(call_id=first, other_id=second))
        engine.wait(PhoneCommandFailed, command="part")


def test_the_headset_belongs_to_a_conference(tmp_path: Path, raw: RawPhone) -> None:
    """Who was dialled without it hears us from then on, and we hear him."""
    write_tone(tmp_path / "microphone.wav", 5.0)
    heard = tmp_path / "heard.wav"
    speaks = {"audio": wire.AudioMode.FILES, "microphone": str(tmp_path / "microphone.wav")}
    with EngineProcess(tmp_path, headset=str(heard), **speaks) as engine, RawPhone() as other:
        line = engine.register(trunk("127.0.0.1"))
        first = in_call(engine, raw)
        second = engine.dials(line, f"sip:owner@{other.place}", beside=first, headset=False)
        port = other.wait("INVITE").media_port
        other.take("200 OK", body=True)
        engine.wait(PhoneAnswered, call_id=second)
        other.wait_heard("q" * 20)
        other.speaks(port)
        engine.tell(wire.Join(call_id=first, other_id=second))
        engine.wait(PhoneJoined, joined=True)
        other.wait_heard("L" * 20)
    assert max(loudness(heard)) > LOUD


@pytest.mark.usefixtures("line")
def test_an_announcement_is_played_to_its_end_and_music_until_it_is_stopped(
    engine: EngineProcess, raw: RawPhone, tmp_path: Path
) -> None:
    write_tone(tmp_path / "short.wav", 0.6)
    once = str(tmp_path / "short.wav")
    call_id = rings(engine, raw)
    engine.tell(wire.Attend(call_id=call_id, step=StepKind.ANNOUNCEMENT))
    raw.confirm()
    engine.wait(PhoneAttended, call_id=call_id)
    raw.wait_heard("q" * 5)
    engine.tell(wire.Play(call_id=call_id, path=once))
    raw.wait_heard("L" * 10)
    engine.wait(wire.PhonePlayed, call_id=call_id)
    raw.wait_heard("q" * 20)
    engine.tell(wire.Play(call_id=call_id, path=once, loop=True))
    for _ in range(4):
        raw.wait_heard("L" * 20)
    engine.tell(wire.StopPlaying(call_id=call_id))
    raw.wait_heard("q" * 20)
    assert len(engine.all(wire.PhonePlayed)) == 1
    engine.tell(wire.Play(call_id=call_id, path=str(tmp_path / "nothing.wav")))
    assert engine.wait(PhoneCommandFailed).command == "play"
