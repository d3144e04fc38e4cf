"""The script of the shown call: what to say and to mind, what is asked, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.call import UP, Call
from receptionist.model.client import Client
from receptionist.model.script import NOTHING, USUAL, Action, ActionKind, CallReason, Course
from ui.models.asked import Asked, asked_of
from ui.models.lead import Lead, lead_of
from ui.models.planner import Planner
from ui.models.stage import Seen
from ui.models.words import one_line

NEWS_LASTS = timedelta(seconds=30)
"""How long after answering it is still said what changed in the script."""
_LONGEST = 600
_NONE = CallReason(key="", title=NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCourse:
    """Where a call is in its script, in words.

    `reasons` are keys and titles in the order of their number keys. A client without a script is
    not `scripted`: his call reasons are what can be booked, and a note. `tongues` are the
    languages of his script, the usual one first. `asked` has every prompt
    of the chosen call reason, those too that are not asked now. `told` is what became of the last
    action; `insists` says that it was wanted while something was lacking.
    """

    call_id: UUID
    scripted: bool
    language: str
    tongues: tuple[str, ...] = ()
    reason: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    say: str = ""
    instruct: str = ""
    asked: tuple[Asked, ...] = ()
    action: Action | None = None
    lead: Lead | None = None
    told: str = ""
    insists: bool = False
    over: bool = False

    def prompt(self, key: str) -> Asked | None:
        """A prompt that is asked now."""
        return next((one for one in self.asked if one.now and one.key == key), None)

    @property
    def other_tongue(self) -> str:
        """The language beside the usual one; "" where the script has only that."""
        return self.tongues[1] if len(self.tongues) > 1 else ""

    @property
    def title(self) -> str:
        """What the chosen call reason is called."""
        return dict(self.reasons).get(self.reason, "")

    @property
    def lacking(self) -> tuple[Asked, ...]:
        """What is required and not known."""
        return tuple(one for one in self.asked if one.lacks)


class Courses:
    """What the window shows of scripts, call by call. Main thread.

    An appointment kind that a call's script leads to is chosen in the planner as soon as that is
    known; by hand another one can be chosen afterwards.
    """

    def __init__(self, desk: Desk, planner: Planner) -> None:
        self._desk, self._planner = desk, planner
        self._news: dict[UUID, tuple[str, ...]] = {}
        self._told: dict[UUID, str] = {}
        self._led: dict[UUID, Action] = {}
        self._insists: dict[UUID, tuple[str, ...]] = {}
        """What was lacking when the action was wanted."""

    def take_in(self, event: events.DeskEvent) -> None:
        """Take over what the desk told of scripts."""
        match event:
            case events.ScriptNews():
                self._news[event.call_id] = event.lines
            case events.ActionChosen():
                self._told[event.call_id] = ": ".join(filter(None, (event.text, event.message)))

    def follow(self, seen: Seen | None) -> None:
        """Let the planner have the kind that the script of the shown call leads to."""
        course = self.course(seen)
        if course is None or seen is None:
            return
        call_id, action = seen.call.id, course.action if course.reason else None
        if action is None or action == self._led.get(call_id):
            return
        self._led[call_id] = action
        self._told.pop(call_id, None)
        self._insists.pop(call_id, None)
        self.choose_kind(seen.client, action)

    def choose_kind(self, client: Client | None, action: Action) -> None:
        """Choose the kind that an action books, whatever was chosen by hand."""
        number = kind_number(client, action)
        if number is not None:
            self._planner.choose_kind(number)

    def let_go(self, gone: Callable[[UUID], bool]) -> None:
        """Calls that were put away."""
        for call_id in filter(gone, {*self._news, *self._told, *self._led, *self._insists}):
            self._news.pop(call_id, None)
            self._told.pop(call_id, None)
            self._led.pop(call_id, None)
            self._insists.pop(call_id, None)

    def insist(self, course: ShownCourse) -> None:
        """The action was wanted while something is lacking."""
        self._insists[course.call_id] = tuple(one.key for one in course.lacking)

    def put_news_away(self, call_id: UUID) -> bool:
        """What changed has been read; whether there was anything."""
        return self._news.pop(call_id, None) is not None

    def course(self, seen: Seen | None) -> Course | None:
        """Where a call is in its script; None where there is none for it."""
        if seen is None or seen.client is None or seen.call.consults_for is not None:
            return None
        return self._desk.courses.course(seen.call)

    def shown(self, seen: Seen | None, now: datetime) -> ShownCourse | None:
        """What is to be seen of a call's script."""
        course = self.course(seen)
        if course is None or seen is None or seen.client is None:
            return None
        call, client, desk = seen.call, seen.client, self._desk
        language, own = desk.courses.language(call, client), course.script.language
        reason = course.reason or _NONE
        shown = ShownCourse(
            call_id=call.id,
            scripted=desk.scripts.scripted(client),
            language=language,
            tongues=desk.tongues.of(call, client),
            reason=reason.key,
            reasons=tuple((one.key, one.title.to(own)) for one in course.script.reasons),
            warnings=self._warnings(call, client),
            news=self._news_of(call, now),
            say=desk.courses.said(call, reason.say),
            instruct=desk.courses.instructed(call, reason.instruct),
            asked=asked_of(desk, call, client, course),
            action=course.action if course.reason else None,
            lead=lead_of(desk, call, client, course.action) if course.reason else None,
            told=self._told.get(call.id, ""),
            over=call.ended,
        )
        known = self._insists.get(call.id)
        return replace(shown, insists=known == tuple(one.key for one in shown.lacking))

    def _warnings(self, call: Call, client: Client) -> tuple[str, ...]:
        if call.ended:
            return ()
        scripts = self._desk.scripts
        script, at = scripts.for_call(call, client), scripts.circumstances(client, call)
        texts = (self._desk.courses.instructed(call, one.text) for one in script.warned(at))
        return tuple(one_line(text, _LONGEST) for text in texts)

    def _news_of(self, call: Call, now: datetime) -> tuple[str, ...]:
        """What changed, until some moments after the call was answered."""
        answered = next((one.start for one in call.segments if one.state in UP), None)
        late = call.ended or (answered is not None and now - answered > NEWS_LASTS)
        return () if late else self._news.get(call.id, ())


def kind_number(client: Client | None, action: Action) -> int | None:
    """Which of the client's kinds an action books; None where it names none."""
    keys = [kind.key for kind in client.kinds] if client else []
    books = action.do is ActionKind.BOOK and action.target in keys
    return keys.index(action.target) if books else None


def booked_by(actions: Sequence[Action]) -> Action:
    """What a call reason books where nothing is answered; a note where it books nothing."""
    return next((one for one in actions if one.do is ActionKind.BOOK and not one.when), USUAL)
