"""The process of a `Softphone`: one loop owns every pjsua2 object; callbacks only queue and tell.

Arguments: the SIP port, the status it answers calls with, the status it answers REFERs with.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

LOUD = 10


def say(*words: object) -> None:
    """Tell who started us."""
    print(*words, flush=True)


class Phone(pj.Account):  # type: ignore[misc]
    """An account without registration, all its calls, and a tone that never ends."""

    def __init__(self, endpoint: Any, port: int, answers: int, refer: int) -> None:
        super().__init__()
        self.endpoint, self.answers, self.refer = endpoint, answers, refer
        self.calls: list[Call] = []
        self.todo: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        setting = pj.AccountConfig()
        setting.idUri = f"sip:peer@127.0.0.1:{port}"
        setting.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        setting.mediaConfig.transportConfig.port = 10_000 + port % 20_000 // 2 * 2
        setting.mediaConfig.transportConfig.portRange = 200
        self.create(setting)
        self.tone = pj.ToneGenerator()
        self.tone.createToneGenerator(16_000, 1)
        pitch = pj.ToneDesc()
        pitch.freq1, pitch.freq2, pitch.on_msec, pitch.off_msec = 400, 0, 1000, 0
        pitches = pj.ToneDescVector()
        pitches.append(pitch)
        self.tone.play(pitches, True)

    def onIncomingCall(self, prm: Any) -> None:  # noqa: N802
        call = Call(self, prm.callId)
        say("ringing", call.name, call.getInfo().remoteUri)
        operation = pj.CallOpParam(True)
        operation.statusCode = self.answers
        self.todo.put(lambda: call.answer(operation))

    def obey(self, command: str) -> None:
        """Do what a line of the standard input says."""
        verb, _, uri = command.strip().partition(" ")
        if verb == "dial":
            self.todo.put(lambda: Call(self).makeCall(uri, pj.CallOpParam(True)))
        else:
            self.todo.put(self.endpoint.hangupAllCalls)

    def turn(self) -> None:
        """One turn of the loop."""
        self.endpoint.libHandleEvents(10)
        while not self.todo.empty():
            self.todo.get()()
        for call in self.calls:
            call.listen()


class Call(pj.Call):  # type: ignore[misc]
    """Kept until the process ends."""

    def __init__(self, phone: Phone, number: int = pj.PJSUA_INVALID_ID) -> None:
        super().__init__(phone, number)
        phone.calls.append(self)
        self.phone = phone
        self.name = len(phone.calls)
        self.heard = self.over = False

    def onCallState(self, prm: Any) -> None:  # noqa: N802
        seen = self.getInfo()
        if seen.state == pj.PJSIP_INV_STATE_CONFIRMED:
            say("up", self.name, seen.remoteUri)
        elif seen.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self.over = True
            say("gone", self.name, int(seen.lastStatusCode))

    def onCallMediaState(self, prm: Any) -> None:  # noqa: N802
        voice = self.getAudioMedia(-1)
        self.phone.tone.startTransmit(voice)
        voice.startTransmit(self.phone.endpoint.audDevManager().getPlaybackDevMedia())

    def onCallTransferRequest(self, prm: Any) -> None:  # noqa: N802
        say("asked", prm.dstUri)
        prm.statusCode = self.phone.refer
        if self.phone.refer < 300:
            prm.newCall = Call(self.phone)

    def onCallReplaced(self, prm: Any) -> None:  # noqa: N802
        new = prm.newCall = Call(self.phone, prm.newCallId)
        say("replaced", self.name, new.name)

    def listen(self) -> None:
        """Tell once that the other end is loud; `getTxLevel` is what it transmits to us."""
        if not self.over and not self.heard and self.isActive() and self.hasMedia():
            self.heard = self.getAudioMedia(-1).getTxLevel() > LOUD
            if self.heard:
                say("heard", self.name)


def opened(port: int) -> Any:
    """The endpoint, with the null device."""
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    config = pj.EpConfig()
    config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
    config.medConfig.noVad, config.medConfig.sndAutoCloseTime = True, -1
    config.logConfig.level = config.logConfig.consoleLevel = 1
    endpoint.libInit(config)
    place = pj.TransportConfig()
    place.boundAddress, place.port = "127.0.0.1", port
    endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, place)
    endpoint.libStart()
    endpoint.audDevManager().setNullDev()
    return endpoint


def main(port: int, answers: int, refer: int) -> None:
    """Run until the standard input ends."""
    over = threading.Event()
    phone = Phone(opened(port), port, answers, refer)
    say("ready")

    def read() -> None:
        for line in sys.stdin:
            phone.obey(line)
        over.set()

    threading.Thread(target=read, daemon=True).start()
    while not over.is_set():
        phone.turn()
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
