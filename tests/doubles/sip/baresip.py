"""A real softphone as the other side: baresip, driven by its JSON control socket."""

from __future__ import annotations

import array
import atexit
import json
import os
import random
import shutil
import socket
import subprocess
import threading
import time
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

from tests.doubles.ports import free_port

MODULES = "/usr/lib/baresip/modules"
CEILING_S = 60.0

_CONFIG = """
poll_method epoll
sip_listen {host}:{sip}
{certificate}
call_max_calls 8
{audio}
rtp_ports {rtp}-{rtp_end}
net_interface {host}
module_path {modules}
module g711.so
module g722.so
module srtp.so
{modules_of_way}{modules_of_sound}
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
snd_path {home}
"""

_FILES = """audio_player aufile,{home}
audio_source aufile,{home}/tone.wav
audio_alert aufile,{home}"""
_FILE_MODULES = "module aufile.so\nmodule sndfile.so"
_DEVICES = """audio_player alsa,headset
audio_source alsa,microphone
audio_alert alsa,headset"""
_ALSA = """pcm.{name} {{ type pulse server "{server}" device "{device}" }}
ctl.{name} {{ type pulse server "{server}" }}
"""


@dataclass(frozen=True)
class Speaks:
    """A baresip with devices: PulseAudio's server, a source and a sink of it."""

    server: str
    microphone: str
    headset: str


@dataclass(frozen=True, slots=True)
class Way:
    """How it is reached: at an address of this computer, and by TLS with a certificate, on the port
    after the other one. Its voice finds its way by `ice`.
    """

    host: str = "127.0.0.1"
    certificate: str = ""
    ice: bool = False


_USUAL = Way()


class Baresip:
    """One peer with one account on loopback. Its events are kept in `events`, oldest first.

    It speaks a tone of 440 Hz for a minute, and keeps what it heard in a WAV file a call. With a
    `registrar` (host:port) it registers there, without a password. With `devices` it speaks and
    hears through them instead.
    """

    def __init__(
        self,
        home: Path,
        registrar: str = "",
        user: str = "peer",
        encryption: str = "",
        devices: Speaks | None = None,
        way: Way = _USUAL,
    ) -> None:
        sip, control, rtp = _free_ports()
        self.address = f"{way.host}:{sip}"
        self.secure_port = sip + 1
        self.events: list[dict[str, Any]] = []
        self._home = home
        self._changed = threading.Condition()
        home.mkdir(parents=True, exist_ok=True)
        (home / "tone.wav").symlink_to(_long_tone())
        ports = {"sip": sip, "control": control, "rtp": rtp, "rtp_end": rtp + 40}
        values: dict[str, object] = {**ports}
        values |= _sound(home, devices) | _way(way)
        (home / "config").write_text(_CONFIG.format(home=home, modules=MODULES, **values))
        home_of_user, interval = (registrar, 3600) if registrar else (self.address, 0)
        account = f"<sip:{user}@{home_of_user}>;regint={interval};audio_codecs=G722/16000,PCMA"
        account += f";mediaenc={encryption}" if encryption else ""
        (home / "accounts").write_text(account + (";medianat=ice\n" if way.ice else "\n"))
        (home / "contacts").write_text("")
        self._output = (home / "output.txt").open("w")
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            ["baresip", "-f", str(home)],
            env={**os.environ, "HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        self.pid = self._process.pid
        self._control = self._connected(control)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def dial(self, uri: str) -> None:
        self._command("dial", uri)

    def accept(self) -> None:
        self._command("accept")

    def hang_up(self) -> None:
        self._command("hangup")

    def hold(self, held: bool) -> None:
        self._command("hold" if held else "resume")

    def press(self, digit: str) -> None:
        self._command("sndcode", digit)

    def saw(self, kind: str, param: str | None = None, count: int = 1) -> bool:
        """Whether it saw an event of this type (and parameter) at least `count` times so far."""
        seen = [e for e in list(self.events) if e["type"] == kind]
        return len([e for e in seen if param is None or e.get("param") == param]) >= count

    def wait(
        self, kind: str, param: str | None = None, count: int = 1, ceiling_s: float = CEILING_S
    ) -> None:
        """Wait until it `saw`; fails after a generous ceiling."""
        with self._changed:
            seen = self._changed.wait_for(lambda: self.saw(kind, param, count), ceiling_s)
        assert seen, f"the peer never saw {kind} {param or ''}: {self.events}"

    def passes(self, seconds: float) -> None:
        """Let it hear for so long: sound takes its time."""
        time.sleep(seconds)

    def heard(self) -> list[int]:
        """Loudness (mean of the absolute samples) of each 100 ms of the newest finished call."""
        file = max(self._home.glob("dump-*-dec.wav"), key=lambda path: path.stat().st_mtime_ns)
        return loudness(file)

    def said(self, words: str) -> bool:
        """Whether it wrote this on its terminal so far."""
        return words in (self._home / "output.txt").read_text()

    def loudest(self) -> int:
        """The greatest loudness it heard in any call so far; 0 before any."""
        return max(map(loudest, self._home.glob("dump-*-dec.wav")), default=0)

    def close(self) -> None:
        try:
            self._command("quit")
            self._process.wait(1)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._control.close()
        self._output.close()

    def _connected(self, port: int) -> socket.socket:
        deadline = time.monotonic() + CEILING_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self._home / "output.txt").read_text()
            try:
                return socket.create_connection(("127.0.0.1", port))
            except OSError:
                time.sleep(0.02)
        raise AssertionError("baresip did not start")

    def _command(self, command: str, params: str = "") -> None:
        text = json.dumps({"command": command, "params": params}).encode()
        self._control.sendall(b"%d:%s," % (len(text), text))

    def _read(self) -> None:
        kept = b""
        while True:
            try:
                more = self._control.recv(65536)
            except OSError:
                return
            if not more:
                return
            kept = self._take(kept + more)

    def _take(self, kept: bytes) -> bytes:
        while b":" in kept:
            length, _, rest = kept.partition(b":")
            if len(rest) <= int(length):
                break
            message = json.loads(rest[: int(length)])
            kept = rest[int(length) + 1 :]
            if message.get("event"):
                with self._changed:
                    self.events.append(message)
                    self._changed.notify_all()
        return kept


def _free_ports() -> tuple[int, int, int]:
    """SIP, control and RTP ports; baresip takes SIP + 1 too, and of RTP the first that is free."""
    start = free_port(3)
    return start, start + 2, random.randrange(12_000, 20_000, 2)


def _way(way: Way) -> dict[str, object]:
    return {
        "host": way.host,
        "certificate": f"sip_certificate {way.certificate}" if way.certificate else "",
        "modules_of_way": "module stun.so\nmodule ice.so\n" if way.ice else "",
    }


def _sound(home: Path, devices: Speaks | None) -> dict[str, object]:
    """What the configuration says about sound; the devices themselves stand in a file of ALSA."""
    if devices is None:
        return {"audio": _FILES.format(home=home), "modules_of_sound": _FILE_MODULES}
    names = {"microphone": devices.microphone, "headset": devices.headset}
    rows = [_ALSA.format(name=n, device=d, server=devices.server) for n, d in names.items()]
    (home / ".asoundrc").write_text("".join(rows))
    return {"audio": _DEVICES, "modules_of_sound": "module alsa.so"}


@cache
def _long_tone() -> Path:
    """What a peer says. It hangs up at the end of it, and a slow machine takes long over a call."""
    file = Path(mkdtemp(prefix="tone-")) / "tone.wav"
    atexit.register(shutil.rmtree, file.parent, ignore_errors=True)
    write_tone(file, 600.0)
    return file


def write_tone(path: Path, seconds: float, rate: int = 16_000, height: int = 6000) -> None:
    """A square tone of 400 Hz, 16 bit, mono."""
    half = rate // 800
    period = array.array("h", [height] * half + [-height] * half)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((period * int(seconds * 400)).tobytes())


def loudness(path: Path) -> list[int]:
    """Mean of the absolute samples of each 100 ms of a 16-bit mono WAV, finished or not."""
    data = path.read_bytes()
    samples = array.array("h", data[44 : len(data) - len(data) % 2])
    rate = int.from_bytes(data[24:28], "little")
    step = rate // 10
    return [
        sum(map(abs, samples[at : at + step])) // step
        for at in range(0, len(samples) - step + 1, step)
    ]


def loudest(path: Path) -> int:
    """The greatest loudness in a WAV as it is just now; 0 while there is none."""
    return max(loudness(path), default=0) if path.exists() and path.stat().st_size > 44 else 0
