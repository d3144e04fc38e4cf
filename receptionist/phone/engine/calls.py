"""The calls of the engine, and what happens to them. Loop thread only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneDigit,
    PhoneEnded,
    PhoneIncoming,
    PhoneProgress,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.phone.engine.accounts import Account
from receptionist.phone.engine.bridge import media_of
from receptionist.phone.engine.edge_lines import EdgeLines
from receptionist.phone.engine.g722 import even_out
from receptionist.phone.engine.hearing import Hearing
from receptionist.phone.engine.holding import Holding
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.lines import Lines
from receptionist.phone.engine.measuring import Measuring
from receptionist.phone.engine.transfers import Transfers
from receptionist.phone.sip.invite import parse
from receptionist.reasons import Reason

log = logging.getLogger(__name__)


class Calls:
    """Every call from INVITE to DISCONNECTED, by id. `report` takes events to the desk."""

    def __init__(
        self,
        lines: Lines | EdgeLines,
        hearing: Hearing,
        holding: Holding,
        transfers: Transfers,
        report: Callable[[Any], None],
        happened: Callable[..., None],
    ) -> None:
        self._lines = lines
        self._hearing = hearing
        self._holding = holding
        self._transfers = transfers
        self._report = report
        self._happened = happened
        self._measuring = Measuring(report)
        self._legs: dict[UUID, Leg] = {}
        lines.new_leg = self._new_leg

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every call that is not buried yet."""
        return tuple(self._legs.values())

    def leg(self, call_id: UUID) -> Leg:
        """A call that is not over; `PhoneError` when there is none."""
        leg = self._legs.get(call_id)
        if leg is None or leg.over:
            raise PhoneError("the call is gone")
        return leg

    def add(self, account: Account, call_id: UUID) -> Leg:
        """A call that is about to be made."""
        if call_id in self._legs:
            raise PhoneError("this call exists already")
        return self._new_leg(account, pj.PJSUA_INVALID_ID, call_id)

    def drop(self, leg: Leg) -> None:
        """A call that could not be made."""
        del self._legs[leg.call_id]

    # ---- what happened -----------------------------------------------------------------------

    def invited(self, leg: Leg, account: Account, message: str, source: str, at: datetime) -> None:
        """An INVITE reached an account: 180 and tell, or 403 for a stranger."""
        refusal = self._lines.refusal(account, message, source)
        if refusal:
            leg.ours = Cause.REFUSED
            respond(leg, refusal)
            if not self._lines.behind_edge:
                self._refused(account.line.id, message, Reason.STRANGER, at)
            return
        respond(leg, 180)
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
        line_id = self._lines.line_for(message, source)
        full = Reason.CALL_LIMIT if status == 486 else Reason.NONE
        self._refused(line_id, message, Reason.STRANGER if line_id is None else full, at)

    def state(self, leg: Leg, state: int, status: int) -> None:
        """The dialog moved on (RFC 3261 12)."""
        if state == pj.PJSIP_INV_STATE_EARLY and not leg.incoming:
            self._report(PhoneProgress(call_id=leg.call_id))
        elif state == pj.PJSIP_INV_STATE_CONFIRMED and leg.ours is Cause.NOT_ENCRYPTED:
            if leg.isActive():
                leg.hangup(pj.CallOpParam(True))  # the library does not after a CANCEL too late
        elif state == pj.PJSIP_INV_STATE_CONFIRMED and not leg.confirmed:
            leg.confirmed = True
            if leg.attended and leg.step is not None:
                step, place = leg.step
                self._report(PhoneAttended(call_id=leg.call_id, step=step, place=place))
            else:
                self._report(PhoneAnswered(call_id=leg.call_id))
        elif state == pj.PJSIP_INV_STATE_DISCONNECTED and not leg.over:
            self._over(leg, status)

    def _over(self, leg: Leg, status: int) -> None:
        """What belongs to the call is told before its end."""
        leg.over = True
        self._hearing.leave(leg)
        self._measuring.leave(leg)
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
        self._holding.agreed(leg, status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD)
        even_out(leg, media_of(leg))
        self._hearing.join(leg)

    def digit(self, leg: Leg, digit: str) -> None:
        """The other side pressed a key."""
        self._report(PhoneDigit(call_id=leg.call_id, digit=digit))

    def tick(self) -> None:
        """Once a turn: try again what had to wait, and drop the calls that are over.

        Only here: never in a callback, and never on another thread.
        """
        self._transfers.tick()
        self._hearing.sounds.tick()
        for leg in self.legs:
            if not leg.over and leg.gone:
                self.state(leg, pj.PJSIP_INV_STATE_DISCONNECTED, 0)
            if leg.over:
                del self._legs[leg.call_id]
            else:
                self._holding.grant(leg)
                self._measuring.look_at(leg)

    # ---- inside ------------------------------------------------------------------------------

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


def respond(leg: Leg, status: int, reason: str = "") -> None:
    """Answer the INVITE of a call that came in, unless it is over; `reason` is the phrase."""
    if leg.over:
        return
    operation = pj.CallOpParam(True)
    operation.statusCode = status
    operation.opt.audioCount, operation.opt.videoCount = 1, 0
    if reason.isprintable():
        operation.reason = reason
    leg.answer(operation)


def now() -> datetime:
    """When something happened, UTC."""
    return datetime.now(UTC)
