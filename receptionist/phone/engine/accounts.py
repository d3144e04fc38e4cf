"""A line as pjsua2 sees it: the account, and what it is set to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pjsua2 as pj

from receptionist.events import LineState
from receptionist.model.office import Line, Srtp
from receptionist.model.secret import Secret
from receptionist.phone.engine.stack import guarded, media_ports
from receptionist.phone.sip.sources import Sources, host_of
from receptionist.phone.wire import EngineSettings, MediaWay

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
_STUN = {True: pj.PJSUA_STUN_RETRY_ON_FAILURE, False: pj.PJSUA_STUN_USE_DISABLED}


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where RTP is sent from: an address, the first port, and how many may follow.

    Behind a NAT, `turn` helps to find a way, with `ice` from both sides (RFC 8445). Without, the
    address is `seen` outside as that, or the STUN server is asked (`asks`).
    """

    address: str
    port: int
    ports: int
    ice: bool = False
    turn: str = ""
    turn_user: str = ""
    seen: str = ""
    asks: bool = False

    @property
    def looks(self) -> bool:
        """Whether ICE looks for ways: on loopback, where nobody helps, it would find none."""
        helped = self.asks or bool(self.turn)
        return self.ice and (helped or not self.address.startswith("127."))

    def by(self, way: MediaWay) -> MediaPlace:
        """The same on the way of a line."""
        address = way.address or self.address
        return replace(self, address=address, seen=way.seen, asks=way.asks)


def media_place(settings: EngineSettings) -> MediaPlace:
    """The place for RTP that the settings ask for."""
    port, ports = media_ports(settings)
    return MediaPlace(
        address=settings.media or settings.bind,
        port=port,
        ports=ports,
        ice=settings.ice,
        turn=settings.turn,
        turn_user=settings.turn_user,
    )


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


def routed(
    line: Line, secret: Secret | None, media: MediaPlace, route: str, relay: Secret | None = None
) -> Any:
    """The configuration of a line whose calls all go by a route, and which is not registered.

    `relay` is the password of the TURN server.
    """
    config = _for_calls(line, secret, media)
    config.sipConfig.proxies.append(route)
    nat = config.natConfig
    nat.sipStunUse = pj.PJSUA_STUN_USE_DISABLED  # SIP never leaves this computer from here
    nat.iceEnabled = media.looks
    nat.mediaStunUse = _STUN[media.asks]
    if not media.looks:
        config.mediaConfig.transportConfig.publicAddress = "" if media.asks else media.seen
    if media.turn:
        nat.turnEnabled = True
        nat.turnServer, nat.turnUserName = media.turn, media.turn_user
        nat.turnPassword = relay.reveal() if relay is not None else ""
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
