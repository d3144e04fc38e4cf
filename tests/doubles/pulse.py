"""A sound system of our own: a private PulseAudio daemon with null sinks instead of devices.

    mouth  what is played into it comes out of the microphone "Mic"
    ear    the headset, "Ear"
    bell   the loudspeaker that rings, "Bell"

Nothing of the machine's own sound system is touched: the daemon has its own home, runtime directory
and socket, and reads no configuration.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from array import array
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

RATE = 16_000
_START_S = 60.0
_MICROPHONE = (
    "module-remap-source source_name=mic master=mouth.monitor"
    " source_properties=device.description=Mic"
)


class Pulse:
    """The daemon, as a context manager. `environment` makes a child process use it."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="pulse-"))
        self._log = self._home / "log"
        self._daemon: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "HOME": str(self._home),
            "XDG_RUNTIME_DIR": str(self._home),
            "XDG_CONFIG_HOME": str(self._home),
            "PULSE_SERVER": f"unix:{self._home}/native",
        }

    def __enter__(self) -> Pulse:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the daemon and wait until it answers. A daemon that does not fails the test."""
        modules = [
            f"module-native-protocol-unix socket={self._home}/native auth-anonymous=1",
            *(_sink(name) for name in ("mouth", "ear", "bell")),
            _MICROPHONE,
        ]
        options = "-n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --realtime=no"
        command = ["pulseaudio", *options.split(), "--high-priority=no", "--disallow-exit=no"]
        for module in modules:
            command += ["-L", module]
        with self._log.open("ab") as log:
            self._daemon = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        until = time.monotonic() + _START_S
        while self._control("info", check=False).returncode:
            if self._daemon.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"pulseaudio did not start:\n{self._log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Kill the daemon as a crash would."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.kill()
            daemon.wait()
        (self._home / "native").unlink(missing_ok=True)

    def freeze(self, frozen: bool) -> None:
        """Let the daemon hang without a word, or go on."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def close(self) -> None:
        """Stop it and remove its home."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def unplug(self, *modules: str) -> None:
        """Take devices away: `ear`, `bell`, `mouth`, or `mic`."""
        for line in self._control("list", "short", "modules").stdout.splitlines():
            number, _name, arguments, *_rest = [*line.split("\t"), ""]
            if any(f"_name={module} " in f"{arguments} " for module in modules):
                self._control("unload-module", number)

    def plug(self, sink: str) -> None:
        """Bring a sink back, or the microphone (`mic`)."""
        module = _MICROPHONE if sink == "mic" else _sink(sink)
        self.load(*module.split(maxsplit=1))

    def prefer(self, device: str) -> None:
        """Make a sink, or a source (`….monitor`), the default of the system."""
        kind = "source" if device.endswith(".monitor") else "sink"
        self._control(f"set-default-{kind}", device)

    def load(self, module: str, *options: str) -> None:
        """Load any module of PulseAudio."""
        self._control("load-module", module, *options)

    def streams(self, kind: str = "sink-inputs") -> int:
        """How many streams of this kind there are."""
        return len(self._control("list", "short", kind).stdout.splitlines())

    def play(self, pcm: bytes, sink: str = "mouth") -> subprocess.Popen[bytes]:
        """Play mono 16 bit sound into a sink in the background; `wait` for its end."""
        handle, path = tempfile.mkstemp(dir=self._home)
        with os.fdopen(handle, "wb") as sound:
            sound.write(pcm)
        command = ["pacat", "--playback", *_form(), f"--device={sink}", "--latency-msec=20", path]
        return subprocess.Popen(command, env=self.environment)

    def record(self, seconds: float, source: str = "ear.monitor") -> array[int]:
        """What comes out of a source (a sink's is called `sink.monitor`) from now on."""
        command = ["parec", *_form(), f"--device={source}", "--latency-msec=20"]
        wanted = round(seconds * RATE) * 2
        recorder = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE)
        assert recorder.stdout is not None
        patience = threading.Timer(seconds + _START_S, recorder.kill)
        patience.start()
        try:
            sound = recorder.stdout.read(wanted)
        finally:
            patience.cancel()
            recorder.kill()
            recorder.stdout.close()
            recorder.wait()
        assert len(sound) == wanted, f"nothing more came out of {source}"
        return array("h", sound)

    def _control(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command: Sequence[str] = ["pactl", *words]
        return subprocess.run(
            command, env=self.environment, check=check, capture_output=True, text=True, timeout=20
        )


def _sink(name: str) -> str:
    """A null sink. `norewinds` keeps its own latency at 50 ms instead of 2 s."""
    return (
        f"module-null-sink sink_name={name} rate=48000 channels=1 norewinds=1"
        f" sink_properties=device.description={name.capitalize()}"
    )


def _form() -> list[str]:
    return ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
