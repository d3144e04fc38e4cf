"""pjsua2 set up by the recipe: polled by one thread, null device, quiet log.

Nothing here may be used on another thread than the loop's.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import random
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.phone.engine.g722 import unscaled
from receptionist.phone.engine.room import MOST_CALLS, room
from receptionist.phone.wire import EngineSettings

log = logging.getLogger(__name__)

CLOCK_HZ = 16_000
"""Clock of the conference bridge; 16 kHz for G.722."""

_JITTER_MS = 80
_JITTER_MOST_MS = 300
_PROGRESSIVE, _SELDOM = 2, 1
_CODECS = {"G722/": 255, "PCMA/": 254, "PCMU/": 253}
_AUTHORIZATION = re.compile(r"(?i)((?:proxy-)?authorization|response=)[^\r\n,]*")


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """A pjsua2 callback that never lets an exception out: the binding prints and swallows it."""

    @wraps(callback)
    def inner(*values: Any) -> None:
        try:
            callback(*values)
        except Exception:
            log.exception("callback %s failed", callback.__name__)

    return inner


def discard_seldom(media: Any) -> None:
    """Let the jitter buffer shorten only a wait that is twice what bursts need.

    By itself it cuts out what is waiting until the next late packet leaves a gap, and the voice
    suffers from both. The binding knows no name for the enumeration, only its memory.
    """
    algorithm = media.jbDiscardAlgo
    algorithm.disown()
    value = ctypes.c_int.from_address(int(algorithm))
    if value.value == _PROGRESSIVE:
        value.value = _SELDOM
        media.jbDiscardAlgo = algorithm


class QuietLog(pj.LogWriter):  # type: ignore[misc]
    """Takes pjsua's own log to ours, without the secrets it was told. Called on any thread.

    One line of each entry is enough, and none is more than information: what matters reaches us as
    an exception, and anybody on the network can make the library complain.
    """

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    @guarded
    def write(self, entry: Any) -> None:
        text = _AUTHORIZATION.sub(r"\1 ***", entry.msg.strip().partition("\n")[0])
        for secret in self.secrets:
            text = text.replace(secret, "***")
        log.info("%s", text)


class Stack(pj.Endpoint):  # type: ignore[misc]
    """The one pjsua2 endpoint of the process. `happened` takes what callbacks saw to the loop."""

    def __init__(self, happened: Callable[..., None]) -> None:
        super().__init__()
        self._happened = happened
        self.quiet_log = QuietLog()
        self.choose_line: Callable[[Any], None] = lambda prm: None
        self.sip_port = 0
        self._udp_alone = False
        self._stun = ""

    def open(self, settings: EngineSettings, kept_port: int) -> None:
        """Bring SIP up; `PhoneError` with a sentence for the log when it cannot be."""
        self._udp_alone = bool(settings.edge)
        try:
            self.libCreate()
            self.libInit(self._configuration(settings))
            self._make_sure_of_room()
            unscaled()
            self._listen(settings, kept_port)
            self._stun = settings.stun
            if not settings.edge:
                self.ask_for_voices()
            self.libStart()
            self.audDevManager().setNullDev()
            self._prefer_codecs()
        except pj.Error as error:
            raise PhoneError(error.reason) from None

    def _make_sure_of_room(self) -> None:
        there = room(self)
        log.info("room for %s calls and %d ports", there.calls or "unknown", there.ports)
        there.check()

    def ask_for_voices(self) -> None:
        """Look for the STUN server, once: who is silent keeps each call waiting that asks him.

        For SIP nobody has to be asked.
        """
        if self._stun:
            servers = pj.StringVector()
            servers.append(self._stun)
            self.natUpdateStunServers(servers, False)
            self._stun = ""

    def stop_the_clock(self) -> None:
        """No port is asked for sound any more, and may go: its callbacks would outlive it."""
        self.audDevManager().setNoDev()

    def close(self) -> None:
        """Take the library down. Calls are over and registrars left, or we stopped waiting."""
        gc.collect()
        self.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)

    def poll(self, milliseconds: int) -> None:
        """Let the library work; callbacks run inside."""
        self.libHandleEvents(milliseconds)

    @guarded
    def onRejectedIncomingCall(self, prm: Any) -> None:  # noqa: N802
        self._happened("rejected", prm.rdata.wholeMsg, prm.rdata.srcAddress, prm.statusCode)

    @guarded
    def onSelectAccount(self, prm: Any) -> None:  # noqa: N802
        self.choose_line(prm)

    def _configuration(self, settings: EngineSettings) -> Any:
        config = pj.EpConfig()
        config.uaConfig.threadCnt = 0
        config.uaConfig.mainThreadOnly = True
        config.uaConfig.maxCalls = MOST_CALLS
        config.uaConfig.userAgent = "Receptionist"
        config.medConfig.clockRate = CLOCK_HZ
        config.medConfig.sndClockRate = CLOCK_HZ
        config.medConfig.channelCount = 1
        config.medConfig.noVad = True
        config.medConfig.ecTailLen = 0
        config.medConfig.sndAutoCloseTime = -1
        config.medConfig.jbInit = config.medConfig.jbMinPre = _JITTER_MS
        config.medConfig.jbMax = _JITTER_MOST_MS
        discard_seldom(config.medConfig)
        config.logConfig.level = 2
        config.logConfig.consoleLevel = 2
        config.logConfig.msgLogging = 0
        config.logConfig.decor = 0
        self.quiet_log.__disown__()
        config.logConfig.writer = self.quiet_log
        return config

    def _listen(self, settings: EngineSettings, kept_port: int) -> None:
        for port in dict.fromkeys((settings.sip_port or kept_port, settings.sip_port)):
            try:
                self.sip_port = self._transports(settings.bind, port)
            except pj.Error:
                if port == settings.sip_port:
                    raise
            else:
                return

    def _transports(self, bind: str, port: int) -> int:
        config = pj.TransportConfig()
        config.boundAddress = bind
        config.port = port
        udp = self.transportCreate(pj.PJSIP_TRANSPORT_UDP, config)
        bound = int(self.transportGetInfo(udp).localAddress.rpartition(":")[2])
        if self._udp_alone:
            return bound
        config.port = bound
        try:
            self.transportCreate(pj.PJSIP_TRANSPORT_TCP, config)
        except pj.Error as error:
            log.warning("no SIP over TCP on port %d: %s", bound, error.reason)
        return bound

    def _prefer_codecs(self) -> None:
        for codec in self.codecEnum2():
            rank = next((r for name, r in _CODECS.items() if codec.codecId.startswith(name)), 64)
            self.codecSetPriority(codec.codecId, rank)


def media_ports(settings: EngineSettings) -> tuple[int, int]:
    """First RTP port and how many may follow; a random range away from the system's own."""
    start = settings.rtp_port or random.randrange(10_000, 32_000, 2)
    return start, settings.rtp_ports
