"""The registration of one line (RFC 3261 10.2), or the looking after a trunk. Loop thread only."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from receptionist.events import LineState
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone.exchange.asking import Asking, NoAnswer
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.pings import PATIENCE_S, ping
from receptionist.phone.exchange.resolve import Resolver
from receptionist.phone.exchange.transports import Transports
from receptionist.phone.sip.digest import Digest
from receptionist.phone.sip.message import BadSip, Headers, Message, request
from receptionist.phone.sip.sources import Sources, host_of
from receptionist.phone.sip.uri import name_addr
from receptionist.phone.sip.via import via
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

REGISTERED_S = 60
"""A registrar that restarts forgets us without a word: for so long nobody could call at most.

One that wants longer intervals says so by 423 (RFC 3261 10.2.8).
"""

_ANSWER_S = 10.0
_LEAVING_S = 2.0
_FIRST_RETRY_S, _LONGEST_RETRY_S = 2.0, 30.0
_REFUSED_RETRY_S = 300.0
"""Seldom enough that nobody is locked out for it, for providers that refuse by mistake."""

_WATCHING_S, _WATCHED_S = 7.0, 6.0
"""So often is a server asked that answers no pings, and so long is waited for its answer then."""

_TRUNK_LOOK_UP_S = 300.0
_SOONEST_S = 3.0
_MOST_ROUNDS = 5
_MOST_HOPS = 4
_REFUSING = (401, 403, 404, 407)
_LONGEST_INTERVAL_S = 7200


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands: what the desk is told of it."""

    state: LineState
    reason: Reason = Reason.NONE
    status: int = 0


class Registration:
    """Keeps one line registered. `changed` is called with every new standing.

    `watches` is the server that is not known to be there but by our registering; one line does so
    often for all lines of it.
    """

    def __init__(
        self,
        line: Line,
        secret: Secret | None,
        *,
        transports: Transports,
        asking: Asking,
        resolver: Resolver,
        changed: Callable[[Registration], None],
    ) -> None:
        self.line = line
        self.secret = secret
        self.sources = Sources(line)
        self.standing = Standing(LineState.CONNECTING)
        self.hop: Hop | None = None
        self.local = ""
        self.pinged = False
        self.watches: Hop | None = None
        self._transports = transports
        self._asking = asking
        self._resolver = resolver
        self._changed = changed
        self._digest = Digest(line.auth_user or line.user, secret)
        self._call_id = secrets.token_hex(12)
        self._tag = secrets.token_hex(6)
        self._count = 0
        self._interval_s = REGISTERED_S
        self._failures = 0
        self._contact = ""
        self._hops: tuple[Hop, ...] = ()
        self._again = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._former: Registration | None = None

    # ---- from outside

    def same(self, line: Line, secret: Secret | None) -> bool:
        """Whether this is the registration of just that line with just that password."""
        ours = self.secret.reveal() if self.secret else None
        return self.line == line and ours == (secret.reveal() if secret else None)

    def allows(self, host: str) -> bool:
        """Whether INVITEs may come from there; as before the line was changed until it is found."""
        former = self._former
        return self.sources.allows(host) or (former is not None and former.allows(host))

    def start(self, after: Registration | None = None) -> None:
        """Begin, once the line's former registration was taken back."""
        self._former = after
        self._task = asyncio.get_running_loop().create_task(self._run(after))

    def hurry(self) -> None:
        """Register at once: something says that the registrar may not find us any more."""
        self._failures = 0
        self._again.set()

    def stand(self, standing: Standing) -> None:
        """Stand so from now on, and tell it if it is news."""
        if standing != self.standing:
            self.standing = standing
            self._changed(self)

    async def leave(self) -> None:
        """Register no more, and tell the registrar, with little patience."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=_LEAVING_S)
        if self._contact and self.hop is not None:
            with suppress(NoAnswer, BadSip, TimeoutError):
                async with asyncio.timeout(_LEAVING_S):
                    await self._ask_signed(self.hop, 0)
        self._contact = ""

    # ---- the life of a line

    async def _run(self, after: Registration | None) -> None:
        if after is not None:
            await after.leave()
        while True:
            self._again.clear()
            try:
                wait_s = await (self._register() if self.line.register else self._look_after())
            except NoAnswer as error:
                self.stand(Standing(LineState.UNREACHABLE, error.reason))
                wait_s = self._retry_s()
            except Exception:
                log.exception("registering a line failed")
                self.stand(Standing(LineState.UNREACHABLE, Reason.LINE_UNREACHABLE))
                wait_s = _LONGEST_RETRY_S
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._again.wait()

    async def _found(self) -> tuple[Hop, ...]:
        """The servers of the line, the one that answered last first.

        What was found before is good enough while nothing is found: a name server that is gone is
        no reason to give a line up.
        """
        hops = await self._resolver.hops(self.line) or self._hops
        if not hops:
            raise NoAnswer(Reason.LINE_NOT_FOUND)
        self._hops = hops
        self.sources.add(tuple(hop.host for hop in hops))
        if self.line.proxy:
            registrar = await self._resolver.places(self.line.transport, self.line.registrar)
            self.sources.add(tuple(hop.host for hop in registrar))
        self._former = None
        if self.hop in hops and self._failures == 0:
            hops = (self.hop, *(hop for hop in hops if hop != self.hop))
        return hops[:_MOST_HOPS]

    async def _look_after(self) -> float:
        """A trunk is ready when its server is found and can be connected to.

        If it ever answered a ping (`pinged`) it has to do so now.
        """
        hops = await self._found()
        hop = hops[self._failures % len(hops)]
        self.hop, self.local = hop, self._transports.address_towards(hop.host)
        if not self.local:
            raise NoAnswer
        if self.pinged or hop.transport != "udp":
            try:
                await self._asking.ask(ping(hop), hop, PATIENCE_S)
            except NoAnswer as error:
                if self.pinged or error.broken:
                    raise
        self._failures = 0
        self.stand(Standing(LineState.READY))
        return _TRUNK_LOOK_UP_S

    async def _register(self) -> float:
        """Try each server until one answers; seconds until the next time."""
        missing = NoAnswer()
        for hop in await self._found():
            self.hop, self.local = hop, self._transports.address_towards(hop.host)
            try:
                return self._judge(await self._ask_signed(hop, self._interval_s))
            except NoAnswer as error:
                missing = error
        raise missing

    def _judge(self, answer: Message) -> float:
        """What the registrar's last word means, and in how many seconds it is asked again."""
        status = answer.status
        if 200 <= status < 300:
            self._failures = 0
            self.stand(Standing(LineState.READY, status=status))
            if self.watches and not self._on_watch:
                self._changed(self)  # it stands as before, but not at the server it watched
            wait_s = max(self._granted(answer) * (0.4 + _some(0.1)), _SOONEST_S)
            return min(wait_s, _WATCHING_S) if self._on_watch else wait_s
        if status in _REFUSING:
            self.stand(Standing(LineState.REFUSED, Reason.LINE_REFUSED, status))
            return _REFUSED_RETRY_S
        self.stand(Standing(LineState.UNREACHABLE, Reason.LINE_UNREACHABLE, status))
        return max(self._retry_s(), min(_number(answer.get("retry-after")), _LONGEST_RETRY_S))

    @property
    def _on_watch(self) -> bool:
        return self.watches is not None and self.watches == self.hop

    def _retry_s(self) -> float:
        wait_s = min(_FIRST_RETRY_S * (1 << self._failures), _LONGEST_RETRY_S)
        self._failures = min(self._failures + 1, 10)
        return wait_s * (0.8 + _some(0.2))

    # ---- one REGISTER with everything that may be asked back

    async def _ask_signed(self, hop: Hop, interval_s: int) -> Message:
        """Ask until there is an answer that asks nothing back."""
        refused, moved = 0, False
        for _ in range(_MOST_ROUNDS):
            contact = self._place(hop)
            message = self._message(hop, contact, interval_s)
            patience_s = _WATCHED_S if self._on_watch else _ANSWER_S
            answer = await self._asking.ask(message, hop, patience_s)
            self._notice(answer, hop)
            if answer.status in (401, 407):
                refused += 1
                challenges = self._digest.take(answer)
                if not challenges or (refused > 1 and not any(c.stale for c in challenges)):
                    return answer
            elif answer.status == 423 and interval_s:
                wanted = _number(answer.get("min-expires"))
                if not interval_s < wanted <= _LONGEST_INTERVAL_S:
                    return answer
                self._interval_s = interval_s = wanted
            elif 200 <= answer.status < 300 and interval_s:
                self._contact = contact
                if moved or contact == self._place(hop):
                    return answer
                moved = True
            else:
                return answer
        return answer

    def _message(self, hop: Hop, contact: str, interval_s: int) -> Message:
        line = self.line
        self._count += 1
        host = host_of(line.registrar)
        host = f"[{host}]" if ":" in host else host
        aor = f"<sip:{line.user}@{host}>" if line.user else f"<sip:{line.registrar}>"
        bindings = f"<{contact}>;expires={interval_s}"
        if self._contact and self._contact != contact:
            bindings = f"<{contact}>;expires={interval_s}, <{self._contact}>;expires=0"
        headers: Headers = [
            ("Max-Forwards", "70"),
            ("From", f"{aor};tag={self._tag}"),
            ("To", aor),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._count} REGISTER"),
            ("Contact", bindings),
            ("Expires", str(interval_s)),
            ("User-Agent", "Receptionist"),
        ]
        if line.proxy:
            headers.insert(0, ("Route", f"<sip:{line.proxy}{_suffix(hop)};lr>"))
        asked = request("REGISTER", f"sip:{line.registrar}{_suffix(hop)}", headers)
        self._digest.sign(asked)
        return asked

    def _place(self, hop: Hop) -> str:
        """Our Contact, as far as we know our address."""
        host, port = self._transports.local(hop)
        user = f"{self.line.user}@" if self.line.user else ""
        return f"sip:{user}{host}:{port};line={self.line.id.hex}{_suffix(hop)}"

    def _notice(self, answer: Message, hop: Hop) -> None:
        """Learn from an answer where we are seen (RFC 3581)."""
        first = via(answer.get("via") or "")
        told = first.param("received") is not None or first.param("rport")
        if told and first.back != self._transports.local(hop):
            self._transports.seen_as(hop, first.back)

    def _granted(self, answer: Message) -> int:
        """For how long we are registered now."""
        for value in answer.all("contact"):
            with suppress(BadSip):
                binding = name_addr(value)
                if f";line={self.line.id.hex}" in binding.uri and binding.param("expires"):
                    return _number(binding.param("expires"))
        return _number(answer.get("expires")) or self._interval_s


def _suffix(hop: Hop) -> str:
    return "" if hop.transport == "udp" else f";transport={hop.transport}"


def _some(most: float) -> float:
    """A little at random, so that forty lines do not all come at once."""
    return most * secrets.randbelow(1000) / 1000


def _number(text: str | None) -> int:
    digits = (text or "").strip().partition(";")[0].partition("(")[0].strip()
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0
