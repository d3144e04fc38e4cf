"""One call as pjsua2 sees it, with what the engine knows about it. Loop thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.model.call import Cause
from receptionist.model.office import Srtp
from receptionist.model.unattended import StepKind
from receptionist.phone.engine.clock import until_removed
from receptionist.phone.engine.overheard import replaces_in, sequence_of, word_in
from receptionist.phone.engine.stack import guarded
from receptionist.phone.sip.voice import is_plain

_BUSY = (486, 600)
_NO_ANSWER = (408, 480, 487)
_REFUSED = (403, 603, 607)
_NOT_ACCEPTABLE = (488, 606)


@dataclass
class Wish:
    """To be held or not, as soon as no other re-INVITE is under way. Times are monotonic."""

    held: bool | None = None
    not_before: float = 0.0
    until: float = 0.0


class Leg(pj.Call):  # type: ignore[misc]
    """Kept until DISCONNECTED, or the garbage collector ends other calls (upstream issue 3856).

    Callbacks only copy and queue. `ours` is why we ended it, `NONE` while we did not. `holding` is
    what the re-INVITE under way asks for. `step` is what is done for a caller while nobody is
    there, `taken` whether somebody is; `desk` whether the headset belongs to the call. `dialled`
    is the URI that we call, `replaces` what another call needs to take the place of this one.
    """

    def __init__(
        self,
        account: Any,
        number: int,
        *,
        call_id: UUID,
        line_id: UUID,
        incoming: bool,
        happened: Callable[..., None],
    ) -> None:
        super().__init__(account, number)
        self.account = account
        self.call_id = call_id
        self.line_id = line_id
        self.incoming = incoming
        self.reported = not incoming
        self.accepted = False
        self.confirmed = False
        self.over = False
        self.held = False
        self.holding: bool | None = None
        self.wish = Wish()
        self.muted = False
        self.music = ""
        self.step: tuple[StepKind, int] | None = None
        self.taken = not incoming
        self.desk = False
        self.dialled = ""
        self.replaces = ""
        self.ours = Cause.NONE
        self._happened = happened
        self._pressed: tuple[int, str, int] | None = None
        self._ports: dict[int, int] = {}

    @property
    def ringing(self) -> bool:
        """Incoming, told to the desk, and nobody answered or refused it yet."""
        decided = self.accepted or self.confirmed or self.over or bool(self.ours)
        return self.incoming and self.reported and not decided

    @property
    def attended(self) -> bool:
        """Whether the phone itself looks after the caller, and nobody has taken him yet."""
        return self.step is not None and not self.taken and not self.over

    @property
    def gone(self) -> bool:
        """Whether the library has ended it, perhaps in silence.

        While it still looks for ways for the voice (ICE), a call of ours is not active yet either.
        """
        if self.isActive():
            return False
        try:
            return bool(self.getInfo().state != pj.PJSIP_INV_STATE_NULL)
        except pj.Error:
            return True

    @property
    def aside(self) -> bool:
        """On hold, or about to be: the headset must not be heard any more."""
        return self.held or bool(self.holding)

    def cause(self, status: int) -> Cause:
        """Why it ended, by what we did, how far it came, and the last SIP status."""
        if self.ours:
            return self.ours
        if self.confirmed:
            return Cause.CALLER_HUNG_UP if self.taken else Cause.MISSED
        if self.incoming:
            return Cause.MISSED if status == 487 else Cause.FAILED
        if status in _NOT_ACCEPTABLE and self._insists:
            return Cause.NOT_ENCRYPTED
        if status in _BUSY:
            return Cause.BUSY
        if status in _NO_ANSWER:
            return Cause.NO_ANSWER
        return Cause.REFUSED if status in _REFUSED else Cause.FAILED

    @guarded
    def onCallState(self, prm: Any) -> None:  # noqa: N802
        state = self.getInfo()
        self._happened("state", self, int(state.state), int(state.lastStatusCode))

    @guarded
    def onCallMediaState(self, prm: Any) -> None:  # noqa: N802
        details = self.getInfo()  # kept: its `media` is freed with it
        audio = [m for m in details.media if m.type == pj.PJMEDIA_TYPE_AUDIO]
        self._ports = {int(m.index): int(m.audioConfSlot) for m in audio}
        self._happened("media", self, int(audio[0].status) if audio else -1)

    @guarded
    def onStreamDestroyed(self, prm: Any) -> None:  # noqa: N802
        """Next the library closes the sockets of a stream, and aborts if the clock still sends.

        Its port is off the bridge first, so (upstream pull request 5016).
        """
        until_removed(self._ports.pop(int(prm.streamIdx), pj.PJSUA_INVALID_ID))

    @guarded
    def onCallTsxState(self, prm: Any) -> None:  # noqa: N802
        event = prm.e.body.tsxState
        method, ours = str(event.tsx.method), event.tsx.role == pj.PJSIP_ROLE_UAC
        state, status = int(event.tsx.state), int(event.tsx.statusCode)
        if method == "INVITE":
            self._invite_moved(event, ours, state, status)
        elif method == "REFER" and ours and state == pj.PJSIP_TSX_STATE_CALLING:
            self._happened("asked", self, sequence_of(event.tsx.lastTx.wholeMsg))
        elif method == "REFER" and ours and state == pj.PJSIP_TSX_STATE_COMPLETED:
            self._happened("refer", self, status, str(event.tsx.statusText))
        elif method == "NOTIFY" and not ours and state == pj.PJSIP_TSX_STATE_TRYING:
            word = word_in(event.src.rdata.wholeMsg)
            if word is not None:
                self._happened("notified", self, word)

    def _invite_moved(self, event: Any, ours: bool, state: int, status: int) -> None:
        if state == pj.PJSIP_TSX_STATE_COMPLETED and ours:
            self._happened("invited", self, status)
        if ours and 100 < status < 300 and self._insists and not self.confirmed:
            self._look_for_plain(event.src.rdata.wholeMsg)
        if 200 <= status < 300 and not self.replaces:
            message = event.src.rdata.wholeMsg if ours else event.tsx.lastTx.wholeMsg
            if message.startswith("SIP/2.0 2"):
                self.replaces = replaces_in(message, self.dialled)

    @property
    def _insists(self) -> bool:
        return self.account.line.srtp is Srtp.REQUIRED

    def _look_for_plain(self, answer: str) -> None:
        """The library ends such a call; that is not the other side hanging up."""
        if is_plain(answer.encode("utf-8", "replace")):
            self.ours = Cause.NOT_ENCRYPTED

    @guarded
    def onDtmfEvent(self, prm: Any) -> None:  # noqa: N802
        """One key is one timestamp (RFC 4733 2.2.2); `onDtmfDigit` reports some keys twice."""
        pressed = (int(prm.method), str(prm.digit), int(prm.timestamp))
        if pressed != self._pressed or prm.method != pj.PJSUA_DTMF_METHOD_RFC2833:
            self._pressed = pressed
            self._happened("digit", self, str(prm.digit))

    @guarded
    def onCallTransferRequest(self, prm: Any) -> None:  # noqa: N802
        """A REFER would make us dial, at our cost, what the other side says."""
        prm.statusCode = 603

    @guarded
    def onCallReplaceRequest(self, prm: Any) -> None:  # noqa: N802
        """A call that puts itself in the place of another would come past the desk."""
        prm.statusCode = 603
