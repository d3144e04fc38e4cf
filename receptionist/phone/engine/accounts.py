"""A line as pjsua2 sees it: the account, and what it is set to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pjsua2 as pj

from receptionist.events import LineState
from receptionist.model.office import Line, Srtp
from receptionist.model.secret import Secret
from receptionist.phone.engine.stack import guarded, media_ports
from receptionist.phone.sip.sources import Sources, host_of
from receptionist.phone.wire import EngineSettings

MOST_ACCOUNTS = 8
"""Compiled into the library; the ninth account aborts the process."""

_REGISTERED_S = 60
"""A registrar that restarts forgets us without a word: for so long nobody could call at most.

One that wants longer intervals says so by 423 (RFC 3261 10.2.8), which the library obeys.
"""

_RETRY_S = 30
_SRTP = {
    Srtp.OFF: pj.PJMEDIA_SRTP_DISABLED,
    Srtp.PREFERRED: pj.PJMEDIA_SRTP_OPTIONAL,
    Srtp.REQUIRED: pj.PJMEDIA_SRTP_MANDATORY,
}


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where RTP is sent from: an address, the first port, and how many may follow."""

    address: str
    port: int
    ports: int


def media_place(settings: EngineSettings) -> MediaPlace:
    """The place for RTP that the settings ask for."""
    return MediaPlace(settings.media or settings.bind, *media_ports(settings))


class Account(pj.Account):  # type: ignore[misc]
    """A line as pjsua2 sees it. Callbacks only copy and queue."""

    def __init__(self, line: Line, happened: Callable[..., None]) -> None:
        super().__init__()
        self.line = line
        self.sources = Sources(line)
        self.state = LineState.CONNECTING
        self.new_leg: Callable[[Account, int], object] = lambda account, call: None
        self._happened = happened

    @guarded
    def onIncomingCall(self, prm: Any) -> None:  # noqa: N802
        leg = self.new_leg(self, prm.callId)
        self._happened("invite", leg, self, prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onRegState(self, prm: Any) -> None:  # noqa: N802
        source = prm.rdata.srcAddress if prm.code == 200 else ""
        self._happened("registration", self, int(prm.code), int(prm.expiration), source)


def registering(line: Line, secret: Secret | None, media: MediaPlace) -> Any:
    """The configuration of a line that is registered from here, if it is at all."""
    config = _for_calls(line, secret, media)
    suffix = ";transport=tcp" if line.transport == "tcp" else ""
    if line.register:
        config.regConfig.registrarUri = f"sip:{line.registrar}{suffix}"
        config.regConfig.timeoutSec = _REGISTERED_S
        config.regConfig.firstRetryIntervalSec = 2
        config.regConfig.retryIntervalSec = _RETRY_S
    if line.proxy:
        config.sipConfig.proxies.append(f"sip:{line.proxy}{suffix};lr")
    return config


def routed(line: Line, secret: Secret | None, media: MediaPlace, route: str) -> Any:
    """The configuration of a line whose calls all go by a route, and which is not registered."""
    config = _for_calls(line, secret, media)
    config.sipConfig.proxies.append(route)
    return config


def _for_calls(line: Line, secret: Secret | None, media: MediaPlace) -> Any:
    config = pj.AccountConfig()
    user = line.user
    config.idUri = f"sip:{user}@{host_of(line.registrar)}" if user else f"sip:{line.registrar}"
    if secret is not None:
        credentials = pj.AuthCredInfo("digest", "*", line.auth_user or user, 0, secret.reveal())
        config.sipConfig.authCreds.append(credentials)
    config.mediaConfig.transportConfig.port = media.port
    config.mediaConfig.transportConfig.portRange = media.ports
    config.mediaConfig.transportConfig.boundAddress = media.address
    config.mediaConfig.srtpUse = _SRTP[line.srtp]
    config.mediaConfig.srtpSecureSignaling = 0
    return config
