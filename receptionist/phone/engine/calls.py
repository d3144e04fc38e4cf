"""The calls of the engine: what the desk asked of them, and what became of it. Loop thread only."""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import (
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneMuted,
    PhoneProgress,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.phone.engine.accounts import Account
from receptionist.phone.engine.edge import LINE_HEADER
from receptionist.phone.engine.edge_lines import EdgeLines
from receptionist.phone.engine.leg import Leg, Wish
from receptionist.phone.engine.lines import Lines
from receptionist.phone.engine.transfers import Transfers
from receptionist.phone.engine.voice import Voice
from receptionist.phone.sip.invite import parse
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_SIP_URI = re.compile(
    r"sips?:(?:[A-Za-z0-9\-_.!~*'()&=+$,;/%#]{1,128}@)?[A-Za-z0-9.\-\[\]:]{1,255}"
    r"(?:;transport=(?:udp|tcp))?",
    re.IGNORECASE,
)
_PATIENCE_S = 5.0
_RETRY_S = 0.1
_BUSY_WITH_ANOTHER = 70013
"""PJ_EINVALIDOP: an INVITE transaction of the dialog is not over."""

_DIGITS = re.compile(r"[0-9A-D*#]{1,64}", re.IGNORECASE)


def target_uri(target: str, registrar: str, suffix: str) -> str:
    """The URI to call: a `sip:` URI without its headers, or a number at the registrar."""
    if target.lower().startswith(("sip:", "sips:")):
        uri = re.split(r"[?>]", target, maxsplit=1)[0]
        if not _SIP_URI.fullmatch(uri):
            raise PhoneError("this is no address that can be called")
        return uri
    user = quote(target.strip(), safe="+*#-_.!~'()")
    if not user:
        raise PhoneError("there is no number to call")
    return f"sip:{user.replace('#', '%23')}@{registrar}{suffix}"


class Calls:
    """Every call from INVITE to DISCONNECTED, by id. `report` takes events to the desk."""

    def __init__(
        self,
        lines: Lines | EdgeLines,
        voice: Voice,
        report: Callable[[Any], None],
        happened: Callable[..., None],
        transfers: Transfers,
    ) -> None:
        self._lines = lines
        self._voice = voice
        self._report = report
        self._happened = happened
        self._transfers = transfers
        self._legs: dict[UUID, Leg] = {}
        lines.new_leg = self._new_leg

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every call that is not buried yet."""
        return tuple(self._legs.values())

    # ---- what the desk asks ------------------------------------------------------------------

    def answer(self, call_id: UUID) -> None:
        leg = self._leg(call_id)
        if not leg.ringing:
            raise PhoneError("the call does not ring")
        self._respond(leg, 200)
        leg.accepted = True

    def decline(self, call_id: UUID, status: int) -> None:
        leg = self._leg(call_id)
        if not leg.ringing:
            raise PhoneError("the call does not ring")
        if not 400 <= status <= 699:
            raise PhoneError(f"{status} refuses nothing")
        leg.ours = Cause.DECLINED
        self._respond(leg, status)

    def hang_up(self, call_id: UUID) -> None:
        leg = self._leg(call_id)
        leg.ours = Cause.DECLINED if leg.ringing else Cause.WE_HUNG_UP
        leg.hangup(_operation(0))

    def dial(self, call_id: UUID, line_id: UUID, target: str, headers: Mapping[str, str]) -> None:
        """Call; reported as ended when that is not possible. Empty headers are not sent."""
        try:
            if call_id in self._legs:
                raise PhoneError("this call exists already")
            account = self._lines.account(line_id)
            uri = _uri_on(account, target)
            leg = self._new_leg(account, pj.PJSUA_INVALID_ID, call_id)
            try:
                named = {LINE_HEADER: str(line_id)} if self._lines.behind_edge else {}
                leg.makeCall(uri, _with_headers(_operation(0), {**headers, **named}))
            except pj.Error:
                del self._legs[call_id]
                raise
        except (PhoneError, pj.Error) as error:
            detail = error.reason if isinstance(error, pj.Error) else str(error)
            self._report(PhoneCommandFailed(call_id=call_id, command="dial", detail=detail))
            self._report(PhoneEnded(call_id=call_id, cause=Cause.FAILED))

    def hold(self, call_id: UUID, held: bool) -> None:
        """Hold (`held`) or resume, by re-INVITE (RFC 3264 8.4), once no other is under way."""
        leg = self._leg(call_id)
        if not leg.confirmed:
            raise PhoneError("the call is not up")
        leg.wish = Wish(held, until=time.monotonic() + _PATIENCE_S)
        self._grant(leg)

    def transfer(self, call_id: UUID, target: str) -> None:
        """Ask the other side to call `target` in our place (RFC 5589 6)."""
        leg = self._leg(call_id)
        self._transfers.send(leg, _uri_on(leg.account, target))

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        """Connect the other sides of two calls with each other (RFC 5589 7)."""
        if call_id == other_id:
            raise PhoneError("a call cannot be connected with itself")
        self._transfers.connect(self._leg(call_id), self._leg(other_id))

    def mute(self, call_id: UUID, muted: bool) -> None:
        leg = self._leg(call_id)
        leg.muted = muted
        self._voice.join(leg)
        self._report(PhoneMuted(call_id=call_id, muted=muted))

    def send_digits(self, call_id: UUID, digits: str) -> None:
        leg = self._leg(call_id)
        if not _DIGITS.fullmatch(digits):
            raise PhoneError("only 0-9, *, # and A-D can be sent")
        wanted = pj.CallSendDtmfParam()
        wanted.method = pj.PJSUA_DTMF_METHOD_RFC2833
        wanted.digits = digits
        leg.sendDtmf(wanted)

    def play(self, call_id: UUID, path: str) -> None:
        self._voice.play(self._leg(call_id), path)

    # ---- what happened -----------------------------------------------------------------------

    def invited(self, leg: Leg, account: Account, message: str, source: str, at: datetime) -> None:
        """An INVITE reached an account: 180 and tell, or 403 for a stranger."""
        refusal = self._lines.refusal(account, message, source)
        if refusal:
            leg.ours = Cause.REFUSED
            self._respond(leg, refusal)
            if not self._lines.behind_edge:
                self._refused(account.line.id, message, Reason.STRANGER, at)
            return
        self._respond(leg, 180)
        leg.reported = True
        invite = parse(message)
        self._report(
            PhoneIncoming(
                call_id=leg.call_id,
                line_id=account.line.id,
                called=invite.called,
                caller_uri=invite.caller_uri,
                caller_name=invite.caller_name,
                at=at,
            )
        )

    def rejected(self, message: str, source: str, status: int, at: datetime) -> None:
        """The library refused an INVITE by itself: no room for it (486), or it is no good."""
        line_id = self._lines.line_for(source)
        full = Reason.CALL_LIMIT if status == 486 else Reason.NONE
        self._refused(line_id, message, Reason.STRANGER if line_id is None else full, at)

    def state(self, leg: Leg, state: int, status: int) -> None:
        """The dialog moved on (RFC 3261 12)."""
        if state == pj.PJSIP_INV_STATE_EARLY and not leg.incoming:
            self._report(PhoneProgress(call_id=leg.call_id))
        elif state == pj.PJSIP_INV_STATE_CONFIRMED and not leg.confirmed:
            leg.confirmed = True
            self._report(PhoneAnswered(call_id=leg.call_id))
        elif state == pj.PJSIP_INV_STATE_DISCONNECTED and not leg.over:
            leg.over = True
            if leg.reported:
                cause = leg.cause(status)
                status = 0 if leg.confirmed else status
                end = PhoneEnded(call_id=leg.call_id, cause=cause, status=status)
                if not self._transfers.ended(leg, end):
                    self._report(end)

    def media(self, leg: Leg, status: int) -> None:
        """The audio of a call was set up or changed."""
        if leg.over:
            return
        if status == pj.PJSUA_CALL_MEDIA_ERROR:
            log.warning("call %s has no audio", leg.call_id)
        held = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        if leg.holding is not None and held == leg.holding:
            leg.holding, leg.held = None, held
            self._report(PhoneHeld(call_id=leg.call_id, held=held))
        self._voice.join(leg)

    def reinvited(self, leg: Leg, status: int) -> None:
        """The other side refused our re-INVITE: nothing has changed (RFC 3261 14.1)."""
        held = leg.holding
        if status < 300 or status in (401, 407) or held is None or leg.over:
            return
        leg.holding = None
        if status == 491:
            now = time.monotonic()
            wait = random.uniform(2.1, 4.0) if not leg.incoming else random.uniform(0.1, 2.0)
            leg.wish = Wish(held, not_before=now + wait, until=now + wait + _PATIENCE_S)
        else:
            self._hold_failed(leg, held, f"refused with {status}")

    def digit(self, leg: Leg, digit: str) -> None:
        """The other side pressed a key."""
        self._report(PhoneDigit(call_id=leg.call_id, digit=digit))

    def tick(self) -> None:
        """Once a turn: try again what had to wait, and drop the calls that are over.

        Only here: never in a callback, and never on another thread.
        """
        self._transfers.tick()
        for leg in self.legs:
            if not leg.over and not leg.isActive():
                self.state(leg, pj.PJSIP_INV_STATE_DISCONNECTED, 0)
            if leg.over:
                self._voice.leave(leg)
                del self._legs[leg.call_id]
            elif leg.wish.held is not None:
                self._grant(leg)

    # ---- inside ------------------------------------------------------------------------------

    def _grant(self, leg: Leg) -> None:
        """Send the re-INVITE that is wished for, unless one is under way (RFC 3261 14.1)."""
        held, now = leg.wish.held, time.monotonic()
        if held is None or leg.holding is not None or now < leg.wish.not_before:
            return
        if leg.held != held:
            try:
                _reinvite(leg, held)
            except pj.Error as error:
                if error.status != _BUSY_WITH_ANOTHER or now > leg.wish.until:
                    leg.wish = Wish()
                    self._hold_failed(leg, held, error.reason)
                else:
                    leg.wish.not_before = now + _RETRY_S
                return
            leg.holding = held
        else:
            self._report(PhoneHeld(call_id=leg.call_id, held=held))
        leg.wish = Wish()

    def _hold_failed(self, leg: Leg, held: bool, detail: str) -> None:
        command = "hold" if held else "resume"
        self._report(PhoneCommandFailed(call_id=leg.call_id, command=command, detail=detail))

    def _new_leg(self, account: Account, number: int, call_id: UUID | None = None) -> Leg:
        leg = Leg(
            account,
            number,
            call_id=call_id or uuid4(),
            line_id=account.line.id,
            incoming=number != pj.PJSUA_INVALID_ID,
            happened=self._happened,
        )
        self._legs[leg.call_id] = leg
        return leg

    def _leg(self, call_id: UUID) -> Leg:
        leg = self._legs.get(call_id)
        if leg is None or leg.over:
            raise PhoneError("the call is gone")
        return leg

    def _respond(self, leg: Leg, status: int) -> None:
        if leg.over:
            return
        leg.answer(_operation(status))

    def _refused(self, line_id: UUID | None, message: str, reason: Reason, at: datetime) -> None:
        invite = parse(message)
        self._report(
            PhoneRefused(
                line_id=line_id,
                called=invite.called,
                caller_uri=invite.caller_uri,
                caller_name=invite.caller_name,
                reason=reason,
                at=at,
            )
        )


def _uri_on(account: Account, target: str) -> str:
    suffix = ";transport=tcp" if account.line.transport == "tcp" else ""
    return target_uri(target, account.line.registrar, suffix)


def _reinvite(leg: Leg, held: bool) -> None:
    operation = _operation(0)
    if held:
        leg.setHold(operation)
    else:
        operation.opt.flag = pj.PJSUA_CALL_UNHOLD
        leg.reinvite(operation)


def _operation(status: int) -> Any:
    operation = pj.CallOpParam(True)
    operation.statusCode = status
    operation.opt.audioCount = 1
    operation.opt.videoCount = 0
    return operation


def _with_headers(operation: Any, headers: Mapping[str, str]) -> Any:
    for name, value in headers.items():
        if value.isprintable() and value:
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            operation.txOption.headers.append(header)
    return operation


def now() -> datetime:
    """When something happened, UTC."""
    return datetime.now(UTC)
