"""Recordings, encrypted voices and how calls sound, with peers that really speak."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from pathlib import Path
from statistics import median
from uuid import UUID

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
    PhoneMessage,
    PhoneQuality,
    PhoneRecorded,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.model.office import Srtp
from receptionist.phone import wire
from receptionist.sealing import new_keys, open_sealed
from tests.contract.phone.engine_process import EngineProcess, talks
from tests.contract.phone.world import trunk
from tests.doubles.sip.baresip import Baresip, loudness, write_tone
from tests.doubles.sip.raw import RawPhone

LOUD = 1000
PUBLIC, PRIVATE = new_keys()
CRYPTO = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\n"


def opened(home: Path, sealed: str) -> tuple[float, list[int]]:
    """Seconds of a recording, and how loud it is by 100 ms."""
    data = open_sealed(Path(sealed), PRIVATE)
    with wave.open(io.BytesIO(data)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    (home / "opened.wav").write_bytes(data)
    return seconds, loudness(home / "opened.wav")


# ---- recordings


def test_what_a_caller_says_is_kept_until_he_hangs_up(
    engine: EngineProcess, tmp_path: Path
) -> None:
    """And nothing of it is readable on the disk."""
    engine.register(trunk("127.0.0.1"))
    path = str(tmp_path / "message")
    with Baresip(tmp_path / "peer") as peer:
        call_id = talks(engine, peer)
        engine.tell(wire.Record(call_id=call_id, path=path, key=PUBLIC, message=True))
        peer.passes(2.0)
        peer.hang_up()
        message = engine.wait(PhoneMessage, call_id=call_id, path=path)
        engine.wait(PhoneEnded, call_id=call_id)
    kinds = [type(report) for report in engine.reports]
    assert kinds.index(PhoneMessage) < kinds.index(PhoneEnded)
    seconds, levels = opened(tmp_path, path)
    assert round(seconds) == message.seconds > 0
    assert max(levels) > LOUD
    plain = open_sealed(Path(path), PRIVATE)
    assert plain[len(plain) // 2 :][:64] not in Path(path).read_bytes()


@pytest.mark.parametrize("message", [True, False])
def test_both_sides_are_recorded_or_the_caller_alone(tmp_path: Path, message: bool) -> None:
    """The caller says nothing here, and we speak."""
    write_tone(tmp_path / "microphone.wav", 5.0)
    spoken = {"audio": wire.AudioMode.FILES, "microphone": str(tmp_path / "microphone.wav")}
    with EngineProcess(tmp_path, **spoken) as engine, RawPhone() as raw:
        engine.register(trunk("127.0.0.1"))
        raw.invite(engine.sip_port)
        call_id = engine.rings()
        engine.tell(wire.Answer(call_id=call_id))
        raw.confirm()
        engine.wait(PhoneAnswered)
        path = str(tmp_path / "recording")
        engine.tell(wire.Record(call_id=call_id, path=path, key=PUBLIC, message=message))
        raw.wait_heard("L" * 100)
        engine.tell(wire.StopRecording(call_id=call_id))
        engine.wait(PhoneMessage if message else PhoneRecorded, call_id=call_id, path=path)
        assert not engine.all(PhoneEnded)
        again = str(tmp_path / "again")
        engine.tell(wire.Record(call_id=call_id, path=again, key=PUBLIC, seconds=1))
        assert engine.wait(PhoneRecorded, call_id=call_id, path=again).seconds == 1
    seconds, levels = opened(tmp_path, path)
    assert seconds > 0.3
    assert (max(levels) > LOUD) is not message


def test_what_cannot_be_recorded_is_said(engine: EngineProcess, tmp_path: Path) -> None:
    engine.register(trunk("127.0.0.1"))
    with RawPhone() as raw:
        raw.invite(engine.sip_port)
        call_id = engine.rings()
        there = tmp_path / "there"
        there.write_bytes(b"kept")
        wanted = wire.Record(call_id=call_id, path=str(there), key=PUBLIC)
        engine.tell(wanted)
        engine.wait(PhoneCommandFailed, 1, command="record")
        engine.tell(wire.Answer(call_id=call_id))
        raw.confirm()
        engine.wait(PhoneAnswered)
        for count, wrong in enumerate(
            (
                wanted,
                replace(wanted, path=str(tmp_path / "no" / "where")),
                replace(wanted, path=str(tmp_path / "new"), key="nonsense"),
            ),
            2,
        ):
            engine.tell(wrong)
            engine.wait(PhoneCommandFailed, count, command="record")
        engine.tell(wire.StopRecording(call_id=call_id))
        engine.wait(PhoneCommandFailed, command="stop_recording")
    assert there.read_bytes() == b"kept"
    assert not (tmp_path / "new").exists()


# ---- how it sounds


@pytest.mark.alone
def test_how_a_call_sounds_is_told_while_it_lasts_and_at_its_end(
    engine: EngineProcess, tmp_path: Path
) -> None:
    engine.register(trunk("127.0.0.1"))
    with Baresip(tmp_path / "peer") as peer:
        call_id = talks(engine, peer)
        first = engine.wait(PhoneQuality, call_id=call_id)
        peer.hang_up()
        engine.wait(PhoneEnded, call_id=call_id)
    assert (first.codec, first.encrypted) == ("G722", False)
    assert 30 <= first.mos_tenths <= 44
    assert first.loss_permille < 100
    last = engine.reports[-1 if not isinstance(engine.reports[-1], wire.Alive) else -2]
    assert isinstance(last, PhoneEnded)
    assert len(engine.all(PhoneQuality, call_id=call_id)) >= 2


def test_both_sides_are_as_loud_as_they_speak(tmp_path: Path) -> None:
    """Neither half as loud nor twice; the tones of both are the same."""
    write_tone(tmp_path / "microphone.wav", 5.0)
    heard_here = tmp_path / "heard.wav"
    files = {"microphone": str(tmp_path / "microphone.wav"), "headset": str(heard_here)}
    with EngineProcess(tmp_path, audio=wire.AudioMode.FILES, **files) as engine:
        engine.register(trunk("127.0.0.1"))
        with Baresip(tmp_path / "peer") as peer:
            call_id = talks(engine, peer)
            peer.passes(2.0)
            peer.hang_up()
            engine.wait(PhoneEnded, call_id=call_id)
            there = peer.heard()
    spoken = median(loudness(tmp_path / "microphone.wav"))
    for heard in (there, loudness(heard_here)):
        assert 0.8 < median(one for one in heard if one > LOUD) / spoken < 1.25


# ---- encryption


@pytest.mark.parametrize("encryption", ["srtp", "srtp-mand"])
def test_an_encrypted_voice_is_heard_on_both_sides(tmp_path: Path, encryption: str) -> None:
    write_tone(tmp_path / "microphone.wav", 5.0)
    heard = tmp_path / "heard.wav"
    voice = {"audio": wire.AudioMode.FILES, "microphone": str(tmp_path / "microphone.wav")}
    with (
        Baresip(tmp_path / "peer", encryption=encryption) as peer,
        EngineProcess(tmp_path, headset=str(heard), **voice) as engine,
    ):
        engine.register(trunk(peer.address, srtp=Srtp.PREFERRED))
        call_id = talks(engine, peer)
        peer.passes(1.5)
        peer.hang_up()
        assert engine.wait(PhoneQuality, call_id=call_id).encrypted
        peer.wait("CALL_CLOSED")
        assert max(peer.heard()) > LOUD
    assert max(loudness(heard)) > LOUD


def _offered(raw: RawPhone, engine: EngineProcess, line_id: UUID, *, encrypted: bool) -> None:
    body = raw.sdp()
    if encrypted:
        body = body.replace("RTP/AVP", "RTP/SAVP") + CRYPTO
    raw.invite(engine.sip_port, f"X-Receptionist-Line: {line_id}", body=body)


def test_a_line_that_insists_takes_no_plain_voice(tmp_path: Path) -> None:
    with RawPhone() as exchange, EngineProcess(tmp_path, edge=exchange.place) as worker:
        line = worker.register(trunk("sip.example.org", transport="tls", srtp=Srtp.REQUIRED))
        _offered(exchange, worker, line.id, encrypted=False)
        assert exchange.confirm("4").start.split()[1] in ("406", "488")
        assert worker.wait(PhoneRefused).line_id == line.id
        assert not worker.all(PhoneIncoming)
        _offered(exchange, worker, line.id, encrypted=True)
        call_id = worker.rings()
        worker.tell(wire.Answer(call_id=call_id))
        answer = exchange.confirm()
        assert "RTP/SAVP" in answer
        assert "a=crypto:1 AES_CM_128_HMAC_SHA1_80" in answer
        exchange.request("BYE")
        worker.wait(PhoneEnded, call_id=call_id)
        call_id = worker.dials(line, "+492214710177")
        invite = exchange.wait("INVITE")
        assert "RTP/SAVP" in invite
        assert "RTP/AVP" not in invite


@pytest.mark.parametrize(
    "answers", [("200 OK",), ("180 Ringing", "200 OK"), ("183 Early", "200 OK"), ("488 No",)]
)
def test_who_answers_in_plain_where_we_insist_is_hung_up_and_that_is_said(
    tmp_path: Path, answers: tuple[str, ...]
) -> None:
    with RawPhone() as exchange, EngineProcess(tmp_path, edge=exchange.place) as worker:
        line = worker.register(trunk("sip.example.org", transport="tls", srtp=Srtp.REQUIRED))
        call_id = worker.dials(line, "+492214710177")
        exchange.wait("INVITE")
        for answer in answers:
            if answer == "200 OK" and "183 Early" in answers:
                exchange.wait("CANCEL")
            exchange.take(answer, body=answer in ("200 OK", "183 Early"))
        assert worker.wait(PhoneEnded, call_id=call_id).cause is Cause.NOT_ENCRYPTED
        assert not worker.all(PhoneAnswered)
        if "200 OK" in answers:
            exchange.wait("BYE")


def test_a_line_that_insists_needs_tls_here(engine: EngineProcess) -> None:
    line = trunk("127.0.0.1", srtp=Srtp.REQUIRED)
    engine.tell(wire.Register(line=line, secret=None))
    assert engine.wait(PhoneCommandFailed).command == "register"
