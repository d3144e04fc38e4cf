"""Why a key can do nothing just now: one sentence for the status line, so that no key is silent."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from receptionist.model.agent import AgentState
from receptionist.model.call import ENGAGED, UP, Call, CallState
from ui.actions import hint
from ui.verbs.hand import Hand
from ui.verbs.hindrances_booking import BookingHindrances
from ui.verbs.hindrances_knowing import KnowingHindrances
from ui.verbs.hindrances_script import ScriptHindrances
from ui.verbs.hindrances_work import WorkHindrances


class Hindrances:
    """What stands in the way of each key of the table. Main thread; asks, and changes nothing."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        spoken, rings, shown = self._spoken, self._shown_rings, self._shown
        booking = BookingHindrances(hand)
        script = ScriptHindrances(hand, booking.client)
        self._why: dict[str, Callable[[], str]] = {
            **{"answer": self._rings, "decline": rings, "refuse": rings, "redirect": rings},
            **{"mute": spoken, "digits": spoken, "sound": self._up, "hold": self._hold},
            **{one: shown for one in ("record", "message", "assign", "caller", "trace")},
            **{"hang_up": self._hang_up, "call_back": self._call_back, "more": self._more},
            **{"toggle": self._toggle, "park": self._park, "conference": self._confer},
            **{"transfer": self._transfer, "blind": self._transfer, "history": self._history},
            **{"ready": self._ready, "wrap_up": self._wrap_up, "next_call": self._next_call},
            **{"read_again": self._read_again, "stop": self._stop},
            **{"password": self._password, "put_away": self._put_away},
            "edit_script": self._edit_script,
            "paste_anyway": self._paste,
            **KnowingHindrances(hand).table(),
            **booking.table(),
            **script.table(),
            **WorkHindrances(hand).table(),
        }
        self._numbered = booking.numbered() | script.numbered()

    def of(self, key_id: str, *index: int) -> str:
        """Why a key, or the numbered one with this index from 0, can do nothing; "" if it can."""
        if index:
            return self._numbered[key_id](index[0])
        return self._why[key_id]() if key_id in self._why else ""

    # ---- calls

    @property
    def _call(self) -> Call | None:
        return self._hand.shown.call if self._hand.shown else None

    def _shown(self) -> str:
        if self._call is not None:
            return ""
        if self._hand.board.stage.live:
            return _("No call is shown. {key} shows the next one.").format(key=hint("next_call"))
        words = _("No call is shown. {key} leads to today's calls.")
        return words.format(key=hint("journal"))

    def _rings(self) -> str:
        return "" if self._hand.board.stage.to_answer else _("Nothing rings just now.")

    def _shown_rings(self) -> str:
        if self._call is not None and self._call.state is CallState.RINGING:
            return ""
        words = _("First show the call that rings, with {key}.").format(key=hint("next_call"))
        return self._rings() or words

    def _up(self) -> str:
        """A call that is answered is needed, held or not."""
        if self._call is None:
            return self._shown()
        words = {
            CallState.RINGING: _("Answer the call first, with {key}."),
            CallState.DIALLING: _("Nobody has answered yet."),
            CallState.ENDED: _("This call is over."),
        }
        return words.get(self._call.state, "").format(key=hint("answer"))

    def _spoken(self) -> str:
        if self._call is not None and self._call.state is CallState.HELD:
            return _("The call is on hold. {key} resumes it.").format(key=hint("hold"))
        return self._up()

    def _hold(self) -> str:
        return "" if self._hand.board.stage.to_resume else self._up()

    def _hang_up(self) -> str:
        call = self._call
        live = any(seen.call.state in ENGAGED for seen in self._hand.board.stage.live)
        if call is not None and call.state is CallState.RINGING and not live:
            words = _("This call is not answered yet: {answer} takes it, {decline} declines it.")
            return words.format(answer=hint("answer"), decline=hint("decline"))
        if call is not None and (call.state in ENGAGED or live):
            return ""
        return self._shown() if live else _("There is no call to hang up.")

    def _call_back(self) -> str:
        call = self._call
        if call is None:
            return self._shown()
        if not call.ended:
            return _("The call is not over yet.")
        return "" if call.number else _("The number was withheld: nobody knows where to call.")

    def _more(self) -> str:
        dialling = self._call is not None and self._call.state is CallState.DIALLING
        return _("Nobody has answered yet.") if dialling else self._shown()

    def _history(self) -> str:
        unknown = _("Nothing is known of this caller yet.")
        return self._shown() or ("" if self._hand.board.history.known else unknown)

    # ---- several of them

    def _toggle(self) -> str:
        live = self._hand.board.stage.live
        held = (one.call for one in live if one.call.state is CallState.HELD)
        waits = any(not call.parked for call in held)
        return "" if waits else _("There is no other call on hold.")

    def _park(self) -> str:
        """A parked caller can be taken back whatever is shown."""
        call, parked = self._call, self._hand.desk.parking.parked
        if call is None or call.parked or call.state not in UP:
            return "" if parked else self._up()
        return self._paired(call)

    def _paired(self, call: Call) -> str:
        transfers = self._hand.desk.transfers
        if transfers.consultation(call.id) is not None:
            return _("First end the consultation, or connect the two.")
        return _("They are being connected already.") if transfers.connecting(call.id) else ""

    def _transfer(self) -> str:
        call, transfers = self._call, self._hand.desk.transfers
        if call is not None and transfers.consultation(call.id) is not None:
            return ""
        return self._up() or (self._paired(call) if call is not None else "")

    def _confer(self) -> str:
        if self._call is not None and self._call.state is CallState.DIALLING:
            return ""
        return self._up()

    # ---- the desk and the window

    def _ready(self) -> str:
        agent = self._hand.board.agent
        if agent is None or agent.period.state is not AgentState.READY or agent.announced:
            return ""
        return _("You are ready already.")

    def _wrap_up(self) -> str:
        live = self._hand.board.stage.live
        if any(seen.call.state in ENGAGED for seen in live):
            return _("Wrap-up comes by itself when the call is over.")
        return ""

    def _read_again(self) -> str:
        there = self._hand.desk.directory.calendars
        return "" if there else _("There is no calendar to read.")

    def _stop(self) -> str:
        going = self._hand.board.readings.progress is not None
        return "" if going else _("Nothing is under way that could be stopped.")

    def _next_call(self) -> str:
        live = [seen.call.id for seen in self._hand.board.stage.live]
        if not live:
            return _("Nobody is on the phone.")
        alone = self._call is not None and live == [self._call.id]
        return _("There is no other call.") if alone else ""

    def _edit_script(self) -> str:
        words = _("First show the client: {key} finds him by name or number.")
        return "" if self._hand.board.at_hand else words.format(key=hint("search"))

    def _password(self) -> str:
        wanted = any(one.secret_id for one in self._hand.board.conditions())
        return "" if wanted else _("No password is missing.")

    def _paste(self) -> str:
        waits = self._hand.panels.pasting.words
        return "" if waits else _("Nothing waits to be pasted.")

    def _put_away(self) -> str:
        """Esc is silent but for who wants to be rid of a call with it."""
        hand, call = self._hand, self._call
        resting = hand.panels.calls.resting_place.hasFocus()
        if call is None or call.state not in ENGAGED or not resting or hand.has_open:
            return ""
        return _("The call goes on. {key} hangs up.").format(key=hint("hang_up"))
