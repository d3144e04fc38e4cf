"""What is asked of calls, carried out: one method a command. Loop thread only.

A method that cannot do it raises; what became of it is reported by what happens to the call.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneMuted,
)
from receptionist.model.call import Cause
from receptionist.phone import wire
from receptionist.phone.engine.calls import Calls, respond
from receptionist.phone.engine.dialling import invitation, uri_on, with_headers
from receptionist.phone.engine.edge_lines import EdgeLines
from receptionist.phone.engine.hearing import Hearing
from receptionist.phone.engine.holding import Holding
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.lines import Lines
from receptionist.phone.engine.transfers import Transfers

_DIGITS = re.compile(r"[0-9A-D*#]{1,64}", re.IGNORECASE)
_REFER_TO = re.compile(r"<sips?:[^<>\s]{1,400}\?Replaces=[^<>\s]{1,600}>")
_MOVED = 302

Table = dict[type, Callable[[Any], None]]


def _ringing(leg: Leg) -> Leg:
    if not leg.ringing:
        raise PhoneError("the call does not ring")
    return leg


class Dialogs:
    """Commands that begin, end and move calls."""

    def __init__(
        self,
        lines: Lines | EdgeLines,
        calls: Calls,
        hearing: Hearing,
        transfers: Transfers,
        report: Callable[[Any], None],
    ) -> None:
        self._lines = lines
        self._calls = calls
        self._hearing = hearing
        self._transfers = transfers
        self._report = report

    @property
    def table(self) -> Table:
        """Which command is for which method."""
        return {
            wire.Answer: self.answer,
            wire.Attend: self.attend,
            wire.Decline: self.decline,
            wire.Redirect: self.redirect,
            wire.HangUp: self.hang_up,
            wire.Dial: self.dial,
            wire.Transfer: self.transfer,
            wire.TransferTo: self.transfer_to,
            wire.DialogOf: self.dialog_of,
        }

    def answer(self, wanted: wire.Answer) -> None:
        """Answer a call that rings, or that the phone itself looks after."""
        leg = self._calls.leg(wanted.call_id)
        if not leg.attended:
            respond(_ringing(leg), 200)
        leg.accepted = leg.taken = leg.desk = True
        self._hearing.sounds.stop(leg)
        self._hearing.join(leg)
        if leg.confirmed:
            self._report(PhoneAnswered(call_id=leg.call_id))

    def attend(self, wanted: wire.Attend) -> None:
        """Answer without the headset, or say what is done for the caller now."""
        leg = self._calls.leg(wanted.call_id)
        if not leg.attended:
            respond(_ringing(leg), 200)
        step = (wanted.step, wanted.place)
        changed, leg.step, leg.accepted = step != leg.step, step, True
        if leg.confirmed and changed:
            kind, place = step
            self._report(PhoneAttended(call_id=leg.call_id, step=kind, place=place))

    def decline(self, wanted: wire.Decline) -> None:
        """Refuse, with words if there are any."""
        leg = _ringing(self._calls.leg(wanted.call_id))
        if not 400 <= wanted.status <= 699:
            raise PhoneError(f"{wanted.status} refuses nothing")
        leg.ours = Cause.DECLINED
        respond(leg, wanted.status, wanted.reason)

    def redirect(self, wanted: wire.Redirect) -> None:
        """Tell the caller's side to call somebody else."""
        leg = _ringing(self._calls.leg(wanted.call_id))
        contact = {"Contact": f"<{uri_on(leg.account.line, wanted.target)}>"}
        leg.ours = Cause.DECLINED
        operation = pj.CallOpParam(True)
        operation.statusCode = _MOVED
        leg.answer(with_headers(operation, contact))

    def hang_up(self, wanted: wire.HangUp) -> None:
        """End a call, whatever its state."""
        leg = self._calls.leg(wanted.call_id)
        leg.ours = Cause.DECLINED if leg.ringing else Cause.WE_HUNG_UP
        leg.hangup(pj.CallOpParam(True))

    def dial(self, wanted: wire.Dial) -> None:
        """Call; reported as ended when that is not possible."""
        try:
            account = self._lines.account(wanted.line_id)
            uri = uri_on(account.line, wanted.target)
            invite = invitation(account.line, wanted, behind_edge=self._lines.behind_edge)
            leg = self._calls.add(account, wanted.call_id)
            leg.desk, leg.dialled = wanted.headset, uri
            try:
                leg.makeCall(uri, invite)
            except pj.Error:
                self._calls.drop(leg)
                raise
        except (PhoneError, pj.Error) as error:
            detail = error.reason if isinstance(error, pj.Error) else str(error)
            call_id = wanted.call_id
            self._report(PhoneCommandFailed(call_id=call_id, command="dial", detail=detail))
            self._report(PhoneEnded(call_id=call_id, cause=Cause.FAILED))

    def transfer(self, wanted: wire.Transfer) -> None:
        """Ask the other side to call a number in our place (RFC 5589 6)."""
        leg = self._calls.leg(wanted.call_id)
        self._transfers.send(leg, uri_on(leg.account.line, wanted.target))

    def transfer_to(self, wanted: wire.TransferTo) -> None:
        """Connect the other sides of two calls with each other (RFC 5589 7)."""
        leg = self._calls.leg(wanted.call_id)
        if wanted.call_id == wanted.other_id:
            raise PhoneError("a call cannot be connected with itself")
        if not wanted.replaces:
            self._transfers.connect(leg, self._calls.leg(wanted.other_id))
        elif _REFER_TO.fullmatch(wanted.replaces):
            self._transfers.send(leg, wanted.replaces)
        else:
            raise PhoneError("this replaces no call")

    def dialog_of(self, wanted: wire.DialogOf) -> None:
        """Tell what another worker needs to put a call in the place of this one."""
        leg = self._calls.leg(wanted.call_id)
        if not leg.confirmed or not leg.replaces:
            raise PhoneError("the call is not up")
        self._report(wire.Dialog(call_id=leg.call_id, replaces=leg.replaces))


class Hearings:
    """Commands about what is heard in calls."""

    def __init__(
        self, calls: Calls, hearing: Hearing, holding: Holding, report: Callable[[Any], None]
    ) -> None:
        self._calls = calls
        self._hearing = hearing
        self._holding = holding
        self._report = report

    @property
    def table(self) -> Table:
        """Which command is for which method."""
        return {
            wire.Hold: self.hold,
            wire.Resume: self.resume,
            wire.Join: self.join,
            wire.Part: self.part,
            wire.Mute: self.mute,
            wire.SendDigits: self.send_digits,
            wire.Play: self.play,
            wire.StopPlaying: self.stop_playing,
            wire.Record: self.record,
            wire.StopRecording: self.stop_recording,
        }

    def hold(self, wanted: wire.Hold) -> None:
        """Put the other side on hold."""
        self._holding.wish(self._calls.leg(wanted.call_id), True, wanted.music)

    def resume(self, wanted: wire.Resume) -> None:
        """Take it off hold."""
        self._holding.wish(self._calls.leg(wanted.call_id), False)

    def join(self, wanted: wire.Join) -> None:
        """Let two calls hear each other; who is on hold is taken off it."""
        legs = (self._calls.leg(wanted.call_id), self._calls.leg(wanted.other_id))
        self._hearing.conference.join(*legs)
        for leg in legs:
            leg.desk = wanted.headset
            leg.taken = leg.taken or wanted.headset
            self._hearing.sounds.stop(leg)
            if leg.aside or leg.wish.held:
                self._holding.wish(leg, False)
        self._hearing.join(legs[0])

    def part(self, wanted: wire.Part) -> None:
        """They hear each other no more."""
        leg = self._calls.leg(wanted.call_id)
        other = self._calls.leg(wanted.other_id)
        self._hearing.conference.part(leg, other)
        self._hearing.join(leg)
        self._hearing.join(other)

    def mute(self, wanted: wire.Mute) -> None:
        """Cut our microphone off from a call, or join it again."""
        leg = self._calls.leg(wanted.call_id)
        leg.muted = wanted.muted
        self._hearing.join(leg)
        self._report(PhoneMuted(call_id=leg.call_id, muted=leg.muted))

    def send_digits(self, wanted: wire.SendDigits) -> None:
        """Send DTMF (RFC 4733)."""
        leg = self._calls.leg(wanted.call_id)
        if not _DIGITS.fullmatch(wanted.digits):
            raise PhoneError("only 0-9, *, # and A-D can be sent")
        keys = pj.CallSendDtmfParam()
        keys.method = pj.PJSUA_DTMF_METHOD_RFC2833
        keys.digits = wanted.digits
        leg.sendDtmf(keys)

    def play(self, wanted: wire.Play) -> None:
        """Play a file."""
        self._hearing.sounds.play(self._calls.leg(wanted.call_id), wanted.path, wanted.loop)

    def stop_playing(self, wanted: wire.StopPlaying) -> None:
        """Play nothing more."""
        self._hearing.sounds.stop(self._calls.leg(wanted.call_id))

    def record(self, wanted: wire.Record) -> None:
        """Record what is said."""
        leg = self._calls.leg(wanted.call_id)
        if not leg.confirmed:
            raise PhoneError("the call is not up")
        self._hearing.recordings.begin(leg, wanted)
        self._hearing.join(leg)

    def stop_recording(self, wanted: wire.StopRecording) -> None:
        """Complete the file."""
        self._hearing.recordings.end(self._calls.leg(wanted.call_id))
