"""Going through a client's script: choosing a reason, from prompt to prompt, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QApplication

from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.call import CallState
from receptionist.model.script import ActionKind, CallField
from ui.actions import hint
from ui.models.asked import Asked
from ui.models.course import ShownCourse, booked_by
from ui.verbs.hand import Hand, Verbs
from ui.verbs.places import Places


class ScriptVerbs:
    """Verbs of scripts. Main thread. `book` books what is chosen in the planner.

    Choosing a call reason takes the keyboard to what is to be asked first, unless it is in a field
    of the script already. Nothing here keeps anybody from hanging up.
    """

    def __init__(self, hand: Hand, book: Callable[[], object]) -> None:
        self._hand, self._book = hand, book
        self._told: UUID | None = None
        self._places = Places(hand)
        self._middle, panels = hand.panels.middle, hand.panels
        for place in (self._middle.reasons.chosen, panels.booking.reason):
            place.connect(self._choose)
        self._middle.script.read.connect(self._put_news_away)
        prompts = self._middle.prompts
        prompts.typed.connect(self._typed)
        prompts.onward.connect(self._onward)
        self._middle.lead.act.connect(self._act)
        self._middle.greets.spoken.connect(self._speak)
        prompts.orphaned.connect(self._go_first)
        panels.caller.onward.connect(self._onward_from)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(panels.keyboard_moved)

    def table(self) -> Verbs:
        """What each key does."""
        return {"act": self._act, "verify": self._verify, "speak": self._speak}

    def numbered(self) -> dict[str, Callable[[int], object]]:
        """What the numbered keys do with their index, from 0."""
        return {"reason": self._choose}

    @property
    def _course(self) -> ShownCourse | None:
        board = self._hand.board
        return board.course.shown(board.shown, board.now)

    # ---- the reason

    def _choose(self, index: int) -> None:
        hand, course = self._hand, self._course
        hand.board.forget_failure()
        if course is None or hand.shown is None:
            self._look_for(index)
            return
        key = course.reasons[index][0]
        hand.ask(lambda call_id: hand.desk.courses.choose(call_id, key), *CallState)
        chosen = self._course
        if chosen is None or chosen.action is None:
            return
        if chosen.action.do is ActionKind.BOOK:
            hand.board.handling.put_aside()
        hand.board.course.choose_kind(hand.shown.client, chosen.action)
        hand.panels.show_board()
        self._begin(chosen)

    def _look_for(self, index: int) -> None:
        """Without a call: the times of what would be booked in one."""
        board = self._hand.board
        client = board.looked_up
        reasons = self._hand.desk.scripts.of(client).reasons if client else ()
        board.handling.put_aside()
        board.course.choose_kind(client, booked_by(reasons[index].actions))
        self._hand.panels.show_board()

    def _begin(self, course: ShownCourse) -> None:
        asked = [one for one in course.asked if one.now]
        if asked and not self._middle.current:
            self._go_first()
        noted = course.action is not None and course.action.do is ActionKind.NOTE
        if noted and not course.asked:
            self._hand.panels.caller.go_note()

    # ---- from prompt to prompt

    def _typed(self, call_id: UUID, prompt: str, text: str) -> None:
        """What was said to be lacking may be what is typed now."""
        if self._told == call_id:
            self._told = None
            self._hand.board.fail(call_id, "")
        try:
            self._hand.desk.courses.type(call_id, prompt, text)
        except ReceptionistError as error:
            self._hand.board.fail(call_id, str(error))

    def _onward(self, key: str) -> None:
        """To what is asked after a prompt, at the end to what the call leads to."""
        course = self._course
        now = [one for one in course.asked if one.now] if course else []
        keys = [one.key for one in now]
        if key not in keys:
            return
        following = now[keys.index(key) + 1 :]
        if following:
            self._go(following[0])
        else:
            self._middle.lead.go()

    def _onward_from(self, place: CallField) -> None:
        """From one of the call's own fields, if the script asks for it."""
        course = self._course
        for one in course.asked if course else ():
            if one.now and one.into is place:
                self._onward(one.key)
                return

    def _go(self, one: Asked) -> None:
        if one.into:
            self._hand.panels.caller.go_to(one.into)
        else:
            self._middle.prompts.go(one.key)

    def _go_first(self) -> None:
        """To the first prompt without an answer; without any to the caller's name."""
        course = self._course
        now = [one for one in course.asked if one.now] if course else []
        unanswered = (one for one in now if not one.value)
        first = next(unanswered, now[0] if now else None)
        if first is not None:
            self._go(first)
        else:
            self._hand.panels.caller.go()

    def _verify(self) -> None:
        """What the caller has agreed to, or the tick is taken off."""
        course, verify = self._course, self._hand.desk.courses.verify
        current = course.prompt(self._middle.current) if course is not None else None
        if current is not None:
            self._hand.ask(
                lambda call_id: verify(call_id, current.key, not current.verified), *CallState
            )

    def _speak(self) -> None:
        """The other language of the script, or the usual one again."""
        course, speak = self._course, self._hand.desk.tongues.speak
        if course is None or not course.other_tongue:
            return
        usual, other = course.tongues[0], course.other_tongue
        wanted = usual if course.language == other else other
        self._hand.ask(lambda call_id: speak(call_id, wanted), *CallState)

    # ---- what it leads to

    def _act(self) -> None:
        """Do it; what is lacking is asked first, but the same key once more goes on without."""
        hand, course = self._hand, self._course
        if course is None or course.action is None:
            return
        if course.lacking and not course.insists:
            hand.board.course.insist(course)
            self._told = course.call_id
            hand.board.fail(course.call_id, _lacking_words(course))
            hand.panels.show_board()
            self._go(course.lacking[0])
            return
        hand.ask(hand.desk.carriers.carry_out, *CallState)
        wish = hand.board.planner.wish
        if course.action.do is ActionKind.BOOK and wish is not None and wish.chosen is not None:
            self._book()

    def _put_news_away(self) -> None:
        if self._hand.shown is not None:
            self._hand.board.course.put_news_away(self._hand.shown.call.id)
            self._hand.panels.show_board()


def _lacking_words(course: ShownCourse) -> str:
    labels = " · ".join(one.label for one in course.lacking)
    words = _("Still to be asked: {labels}. {key} once more goes on without.")
    return words.format(labels=labels, key=hint("act"))
