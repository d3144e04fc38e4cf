"""An engine with nothing but the audio bridge: a headset port, and a port that stands for a call.

Run as a process of its own; a JSON list a line on standard input is a command, the answer is a
JSON value a line on standard output. The first argument is the engine's audio settings as JSON.

    ["talk", true]      connect the call with the headset, both ways (false: part them)
    ["say", 1000]       the caller's voice is a tone of 1000 Hz (0: silence, 1: a beep now and then)
    ["heard", 0.5]      the last half second the caller heard, as a list of samples
    ["ring", true]      ring (false: stop); then the tone, and whether only to hint at it
    ["use", {…}]        use these devices and gains from now on (a `Sound` as JSON)
    ["listen", true]    open the devices for the levels; then where a tone is tried
    ["levels"]          the newest levels, [microphone, headset], or null
    ["state"]           description, counts, time used
    ["echo"]            seconds from saying a beep to hearing it, or null
"""

from __future__ import annotations

import gc
import json
import math
import os
import queue
import sys
import threading
import time
from array import array
from collections import deque
from dataclasses import asdict
from functools import cache
from typing import Any

import pjsua2 as pj

from receptionist.model.sound import Sound, Trial
from receptionist.phone.engine.audio import Headset, open_headset
from receptionist.phone.wire import AudioMode, EngineSettings, Listen

RATE, FRAME, BEEP = 16_000, 320, 1


@cache
def _tone(pitch: int) -> bytes:
    turn = 2 * math.pi * pitch / RATE
    return array("h", (round(9000 * math.sin(turn * i)) for i in range(RATE))).tobytes()


class Caller(pj.AudioMediaPort):  # type: ignore[misc]
    """Says a tone, remembers what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.pitch = 0
        self.beep_at = 0.0
        self.heard: deque[bytes] = deque(maxlen=250)
        self.echo: float | None = None
        self._phase = 0
        form = pj.MediaFormatAudio()
        form.type, form.id = pj.PJMEDIA_TYPE_AUDIO, pj.PJMEDIA_FORMAT_PCM
        form.clockRate, form.channelCount, form.bitsPerSample = RATE, 1, 16
        form.frameTimeUsec, form.avgBps, form.maxBps = 20_000, 256_000, 256_000
        self.createPort("caller", form)

    def onFrameRequested(self, frame: Any) -> None:  # noqa: N802
        pitch = self.pitch
        if pitch == BEEP:
            pitch, self.pitch = 1000, 0
            self.beep_at = time.perf_counter()
        at = self._phase * 2
        self._phase = (self._phase + FRAME) % RATE
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        frame.buf = pj.ByteVector(_tone(pitch)[at : at + FRAME * 2])

    def onFrameReceived(self, frame: Any) -> None:  # noqa: N802
        pcm = bytes(frame.buf)
        if not pcm:
            return
        self.heard.append(pcm)
        if self.beep_at and max(array("h", pcm)) > 2000:
            first = next(i for i, value in enumerate(array("h", pcm)) if abs(value) > 1000)
            self.echo = time.perf_counter() - self.beep_at + first / RATE
            self.beep_at = 0.0


class Peer:
    """The loop and the commands."""

    def __init__(self, settings: EngineSettings) -> None:
        self._endpoint = pj.Endpoint()
        self._endpoint.libCreate()
        config = pj.EpConfig()
        config.uaConfig.threadCnt = 0
        config.uaConfig.mainThreadOnly = True
        config.medConfig.clockRate = RATE
        config.medConfig.sndAutoCloseTime = -1
        config.logConfig.level = config.logConfig.consoleLevel = 0
        self._endpoint.libInit(config)
        self._endpoint.audDevManager().setNullDev()
        self._endpoint.libStart()
        began = time.perf_counter()
        self.headset: Headset = open_headset(settings)
        self._open_s = time.perf_counter() - began
        self._caller = Caller()
        self._slowest_poll = 0.0
        self._levels: tuple[int, int] | None = None

    def turn(self) -> None:
        self._endpoint.libHandleEvents(10)
        began = time.perf_counter()
        self.headset.poll()
        self._slowest_poll = max(self._slowest_poll, time.perf_counter() - began)
        if (levels := self.headset.levels()) is not None:
            self._levels = levels.microphone, levels.headset

    def talk(self, on: bool) -> None:
        if on:
            self._caller.startTransmit(self.headset.media)
            self.headset.media.startTransmit(self._caller)
        else:
            self._caller.stopTransmit(self.headset.media)
            self.headset.media.stopTransmit(self._caller)

    def say(self, pitch: int) -> None:
        self._caller.pitch = pitch

    def heard(self, seconds: float) -> list[int]:
        count = round(seconds * RATE)
        return array("h", b"".join(list(self._caller.heard))).tolist()[-count:]

    def ring(self, on: bool, tone: str = "", quiet: bool = False) -> None:
        self.headset.ring(on, tone, quiet)

    def use(self, wanted: dict[str, Any]) -> None:
        self.headset.use(Sound(**wanted))

    def listen(self, on: bool, trial: str = "") -> None:
        self._levels = None
        self.headset.listen(Listen(on=on, trial=Trial(trial)))

    def levels(self) -> tuple[int, int] | None:
        return self._levels

    def echo(self) -> float | None:
        """Beep until one is heard, ten times at most."""
        self._caller.echo = None
        for _attempt in range(10):
            self._caller.beep_at = 0.0
            self._turn_for(0.4)
            self._caller.pitch = BEEP
            self._turn_for(1.0)
            if self._caller.echo is not None:
                return self._caller.echo
        return None

    def _turn_for(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until and self._caller.echo is None:
            self.turn()

    def state(self) -> dict[str, Any]:
        used = os.times()
        return {
            "description": self.headset.description,
            **asdict(self.headset.figures),
            "open_s": self._open_s,
            "slowest_poll_s": self._slowest_poll,
            "cpu_s": used.user + used.system,
        }

    def close(self) -> None:
        self.headset.close()
        self.headset.media = self._caller = None  # type: ignore[assignment]
        gc.collect()
        self._endpoint.libDestroy()


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    settings = json.loads(sys.argv[1])
    audio = AudioMode(settings.pop("audio", "devices"))
    peer = Peer(EngineSettings(audio=audio, **settings))
    commands: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            commands.put(line)
        commands.put('["quit"]')

    threading.Thread(target=listen, daemon=True).start()
    while True:
        peer.turn()
        while not commands.empty():
            name, *values = json.loads(commands.get())
            if name == "quit":
                peer.close()
                os._exit(0)
            print(json.dumps(getattr(peer, name)(*values)), file=answers, flush=True)


if __name__ == "__main__":
    main()
