"""All lines: registered, pinged, registered anew when the way to us changed. Loop thread only."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from uuid import UUID

from receptionist.errors import PhoneError
from receptionist.events import LineChanged, LineState
from receptionist.model.office import Line, Srtp
from receptionist.model.secret import Secret
from receptionist.phone.exchange.asking import Asking
from receptionist.phone.exchange.hops import TRANSPORTS, Hop
from receptionist.phone.exchange.pings import Pings
from receptionist.phone.exchange.registration import Registration, Standing
from receptionist.phone.exchange.resolve import Resolver
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.sip.message import Message
from receptionist.phone.sip.sources import check
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

WATCH_S = 2.0
_SLEPT_S = 5.0
"""A clock that jumped so far, or a tick that came so late: the computer was asleep."""


class Registrations:
    """The lines by id. `report` takes events to the desk."""

    def __init__(
        self,
        transports: Transports,
        report: Callable[[LineChanged], None],
        resolver: Resolver | None = None,
        watch_s: float = WATCH_S,
    ) -> None:
        self._transports = transports
        self._report = report
        self._resolver = resolver or Resolver()
        self._asking = Asking(transports)
        self._pings = Pings(self._asking, self._gone, self._back, self._learnt)
        self._deaf: set[Hop] = set()
        self._lines: dict[UUID, Registration] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._watch_s = watch_s
        self._watching: asyncio.Task[None] | None = None

    # ---- commands

    def register(self, line: Line, secret: Secret | None) -> None:
        """Register a line, or change it; stopped, and an error, when it cannot even be tried."""
        try:
            if line.transport not in TRANSPORTS:
                raise PhoneError(f"transport {line.transport}: not one of {', '.join(TRANSPORTS)}")
            check(line)
        except PhoneError:
            if line.id not in self._lines:
                self._report(LineChanged(line_id=line.id, state=LineState.STOPPED))
            raise
        if line.srtp is Srtp.REQUIRED and line.transport != "tls":
            self._refuse(line.id)
            raise PhoneError("the keys of an encrypted voice would go unencrypted")
        former = self._lines.get(line.id)
        if former is not None and former.same(line, secret):
            self._again(former)
            return
        registration = Registration(
            line,
            secret,
            transports=self._transports,
            asking=self._asking,
            resolver=self._resolver,
            changed=self._changed,
        )
        self._lines[line.id] = registration
        self._changed(registration)
        registration.start(former)
        if self._watching is None:
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    def unregister(self, line_id: UUID) -> None:
        """Take a line off its registrar and forget it."""
        registration = self._lines.pop(line_id, None)
        if registration is None:
            raise PhoneError("no such line")
        task = asyncio.get_running_loop().create_task(registration.leave())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
        self._report(LineChanged(line_id=line_id, state=LineState.STOPPED))
        self._ping()
        self._post()

    def _refuse(self, line_id: UUID) -> None:
        """A line that was used as it was before is used no more: nobody wants it so any longer."""
        if line_id in self._lines:
            self.unregister(line_id)
        reason = Reason.LINE_VOICE_NEEDS_TLS
        self._report(LineChanged(line_id=line_id, state=LineState.STOPPED, reason=reason))

    async def leave(self) -> None:
        """Tell every registrar that we go."""
        if self._watching is not None:
            self._watching.cancel()
        self._pings.watch(set())
        leaving = [registration.leave() for registration in self._lines.values()]
        self._lines.clear()
        await asyncio.gather(*leaving, *self._leaving, return_exceptions=True)

    # ---- questions

    def line(self, line_id: UUID) -> Line | None:
        """A line as it is just now."""
        registration = self._lines.get(line_id)
        return registration.line if registration else None

    def server(self, line_id: UUID) -> Hop | None:
        """Where its proxy or registrar is reached, as far as is known."""
        registration = self._lines.get(line_id)
        return registration.hop if registration else None

    def local(self, line_id: UUID) -> str:
        """Our address on the way to its server; empty as long as none is known."""
        registration = self._lines.get(line_id)
        return registration.local if registration else ""

    def line_for(self, request_uri: str, host: str, transport: str = "") -> UUID | None:
        """The line of an INVITE with this Request-URI from this address; None for strangers.

        Our Contacts carry the line; a trunk's Request-URI is any number, and the first line of its
        server has to do. What claims to come over another way than a line's TLS is a stranger's.
        """
        allowed = [r for r in self._lines.values() if _takes(r, host, transport)]
        user = request_uri.partition(":")[2].partition("@")[0]
        named = request_uri.partition(";line=")[2].partition(";")[0]
        allowed.sort(key=lambda r: (r.line.id.hex != named, r.line.user != user, r.line.register))
        return allowed[0].line.id if allowed else None

    # ---- what comes from the network

    def heard(self, message: Message) -> bool:
        """Take an answer in; False if it is not one to a request of ours."""
        return not message.is_request and self._asking.heard(message)

    def lost(self, hop: Hop, reason: Reason) -> None:
        """A flow broke, or never stood."""
        self._asking.lost(hop, reason)
        for registration in self._lines.values():
            if registration.hop == hop and registration.standing.state is LineState.READY:
                registration.hurry()

    # ---- inside

    def _again(self, registration: Registration) -> None:
        """A desk that came back tells its lines anew: nothing changes, and nobody calls in vain."""
        state = registration.standing.state
        self._changed(registration)
        if state not in (LineState.READY, LineState.CONNECTING):
            registration.hurry()

    def _changed(self, registration: Registration) -> None:
        line_id, now = registration.line.id, registration.standing
        if self._lines.get(line_id) is registration:
            changed = LineChanged(
                line_id=line_id, state=now.state, reason=now.reason, status=now.status
            )
            self._report(changed)
            self._ping()
            answers = now.state is not LineState.UNREACHABLE or now.status
            moved = answers and registration.watches not in (None, registration.hop)
            if registration.watches is not None and (moved or not answers):
                self._silent(registration)
            if answers:
                self._post()

    def _ping(self) -> None:
        """Ping the servers of lines that are ready, and by UDP those that should come back."""
        pinged = {LineState.READY: TRANSPORTS, LineState.UNREACHABLE: ("udp",)}
        ways = set()
        for registration in self._lines.values():
            hop, state = registration.hop, registration.standing.state
            if hop is not None and hop.transport in pinged.get(state, ()):
                ways.add(hop)
        self._pings.watch(ways)

    def _gone(self, hop: Hop) -> None:
        """A server does not answer pings any more."""
        log.warning("%s does not answer", hop)
        self._transports.drop(hop)
        for registration in list(self._lines.values()):
            if registration.hop == hop and registration.standing.state is LineState.READY:
                registration.pinged = True
                registration.stand(Standing(LineState.UNREACHABLE, Reason.LINE_UNREACHABLE))
                registration.hurry()

    def _back(self, hop: Hop) -> None:
        """It answers again: it may have forgotten us."""
        for registration in list(self._lines.values()):
            if registration.hop == hop:
                registration.hurry()

    def _learnt(self, hop: Hop, answers: bool) -> None:
        """Whether a server answers pings; if not, one of its lines is registered often instead."""
        (self._deaf.discard if answers else self._deaf.add)(hop)
        for registration in self._post():
            registration.hurry()

    def _post(self) -> list[Registration]:
        """Choose a line for each server that answers no pings; the new ones."""
        posted: set[Hop | None] = {None}
        new = []
        for registration in self._lines.values():
            hop, ready = registration.hop, registration.standing.state is LineState.READY
            stands = ready and registration.line.register and hop in self._deaf - posted
            if stands and registration.watches != hop:
                new.append(registration)
            registration.watches = hop if stands else None
            posted.add(registration.watches)
        return new

    def _silent(self, watching: Registration) -> None:
        """Who answers one line no more is gone for all of them."""
        hop, watching.watches = watching.watches, None
        for registration in list(self._lines.values()):
            ready = registration.standing.state is LineState.READY
            if registration.hop == hop and ready and registration.line.register:
                registration.stand(Standing(LineState.UNREACHABLE, Reason.LINE_UNREACHABLE))
                registration.hurry()

    async def _watch(self) -> None:
        """Notice sleep and another address of ours, which nobody tells."""
        offset, tick = time.time() - time.monotonic(), time.monotonic()
        while True:
            await asyncio.sleep(self._watch_s)
            now = time.monotonic()
            jumped = abs(time.time() - now - offset) > _SLEPT_S
            slept = jumped or now - tick > self._watch_s + _SLEPT_S
            offset, tick = time.time() - now, now
            for registration in list(self._lines.values()):
                self._look(registration, slept)

    def _look(self, registration: Registration, slept: bool) -> None:
        hop = registration.hop
        if hop is None:
            return
        local = self._transports.address_towards(hop.host)
        if not slept and local == registration.local:
            return
        log.info("our address towards %s may have changed: the line is registered anew", hop)
        registration.local = local
        self._resolver.forget()
        self._asking.lost(hop, Reason.LINE_UNREACHABLE)
        self._transports.drop(hop)
        if registration.standing.state is not LineState.REFUSED:
            registration.stand(Standing(LineState.CONNECTING))
            registration.hurry()


def _takes(registration: Registration, host: str, transport: str) -> bool:
    secure = registration.line.transport == "tls"
    if secure and transport and transport != "tls":
        return False
    return registration.allows(host)
