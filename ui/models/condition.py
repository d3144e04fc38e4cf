"""The state of phone lines and calendars in words: what is down, why, and what helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.events import (
    CalendarChanged,
    CalendarHealth,
    EngineState,
    LineChanged,
    LineState,
)
from receptionist.i18n import _, ngettext
from receptionist.model.client import Client
from receptionist.model.office import Line
from receptionist.reasons import Reason, sentence
from ui.models.moments import clock_words
from ui.models.words import one_line

PASSWORD = (Reason.PASSWORD_REFUSED, Reason.PASSWORD_MISSING, Reason.LINE_REFUSED)
_SERIOUS = {"danger": 0, "attention": 1, "plain": 2, "good": 3}
_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How one thing is. `secret_id` is set where entering a password may help, `stopped` where
    somebody gave up what can go on.

    `more` is what else is known, for places with room.
    """

    name: str
    state: str
    tone: str
    cure: str = ""
    more: str = ""
    secret_id: UUID | None = None
    stopped: bool = False

    @property
    def words(self) -> str:
        """The reason with its cure and what else is known, else the state."""
        return f"{self.cure} {self.more}".strip() or self.state

    @property
    def sentence(self) -> str:
        """Name, and the reason with its cure, else the state."""
        return f"{self.name}: {self.cure or self.state}"


def phone_conditions(desk: Desk) -> list[Condition]:
    """The engine if it is not there, else every line; the worst first."""
    engine = desk.switchboard.engine.state
    if engine is EngineState.LOST:
        cure = _("The phone has stopped. It is being started again by itself.")
        return [Condition(name=_("Phone"), state=_("stopped"), tone="danger", cure=cure)]
    if engine is EngineState.STARTING:
        return [Condition(name=_("Phone"), state=_("is starting"), tone="plain")]
    states = desk.switchboard.line_states
    return worst_first(_line(line, states.get(line.id)) for line in desk.directory.lines)


def line_condition(desk: Desk, line_id: UUID) -> Condition | None:
    """How one line is; the engine if it is not there."""
    line = desk.directory.line(line_id)
    if line is None:
        return None
    if desk.switchboard.engine.state is not EngineState.READY:
        return next(iter(phone_conditions(desk)), None)
    return _line(line, desk.switchboard.line_states.get(line_id))


def sound_conditions(desk: Desk) -> list[Condition]:
    """The microphone and headset, where one is missing while the phone runs."""
    engine = desk.switchboard.engine
    if engine.state is not EngineState.READY or not engine.silent:
        return []
    cure = _("No microphone or headset: callers cannot be heard. Please plug in a headset.")
    return [Condition(name=_("Sound"), state=one_line(engine.audio), tone="attention", cure=cure)]


def keyring_conditions(desk: Desk) -> list[Condition]:
    """The keyring, where it could not be asked for the passwords."""
    trouble = desk.passwords.trouble
    if not trouble:
        return []
    tone = "danger" if desk.passwords.missing else "attention"
    return [Condition(name=_("Keyring"), state=_("not usable"), tone=tone, cure=trouble)]


class CalendarConditions:
    """The conditions of all calendar accounts. Main thread.

    What changed is put into words when it is asked for: a server with a thousand calendars that
    goes down changes them all at once.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clients: dict[UUID, dict[UUID, CalendarChanged]] = {}
        self._conditions: dict[UUID, Condition] = {}
        self._stale: set[UUID] = set()
        self.read_all()

    @property
    def worst_first(self) -> list[Condition]:
        """Every account, the worst first."""
        return worst_first(self._said().values())

    def of_client(self, client_id: UUID) -> Condition | None:
        """The account of a client's calendar."""
        health = self._desk.calendars.health(client_id)
        return self._said().get(health.account_id) if health else None

    def read_all(self) -> None:
        """Read every account anew: the directory changed."""
        self._clients, self._conditions = {}, {}
        for client in self._desk.directory.clients:
            health = self._desk.calendars.health(client.id)
            if health is not None:
                self._clients.setdefault(health.account_id, {})[client.id] = health
        self._stale = set(self._clients)

    def take_in(self, change: CalendarChanged) -> None:
        """One calendar changed."""
        self._clients.setdefault(change.account_id, {})[change.client_id] = change
        self._stale.add(change.account_id)

    def _said(self) -> dict[UUID, Condition]:
        while self._stale:
            self._say(self._stale.pop())
        return self._conditions

    def _say(self, account_id: UUID) -> None:
        directory = self._desk.directory
        known = (
            (directory.client(one), change) for one, change in self._clients[account_id].items()
        )
        parts = [(client, change) for client, change in known if client is not None]
        if parts:
            self._conditions[account_id] = _account(account_id, parts, directory.office.zone)
        else:
            self._conditions.pop(account_id, None)


def phone_summary(conditions: Sequence[Condition]) -> tuple[str, str]:
    """Text and tone of the pill of the phone."""
    if not conditions:
        return _("Phone: no line yet"), "attention"
    if len(conditions) == 1 and conditions[0].tone in ("danger", "plain"):
        return _("Phone: {state}").format(state=conditions[0].state), conditions[0].tone
    ready = sum(one.tone == "good" for one in conditions)
    if ready == len(conditions):
        words = ngettext("Phone: {count} line ready", "Phone: {count} lines ready", ready)
        return words.format(count=ready), "good"
    words = _("Phone: {count} of {all} lines ready")
    return words.format(count=ready, all=len(conditions)), conditions[0].tone


def calendar_summary(conditions: Sequence[Condition]) -> tuple[str, str]:
    """Text and tone of the pill of the calendars."""
    if not conditions:
        return _("Calendars: none yet"), "attention"
    wrong = sum(one.tone in ("danger", "attention") for one in conditions)
    if wrong:
        words = ngettext(
            "Calendars: {count} of {all} down",
            "Calendars: {count} of {all} down",
            wrong,
        )
        return words.format(count=wrong, all=len(conditions)), conditions[0].tone
    if any(one.tone == "plain" for one in conditions):
        return _("Calendars: being checked"), "plain"
    return _("Calendars: up to date"), "good"


def _line(line: Line, change: LineChanged | None) -> Condition:
    state = change.state if change else LineState.CONNECTING
    reason = change.reason if change else Reason.NONE
    words, tone = {
        LineState.CONNECTING: (_("connecting"), "plain"),
        LineState.READY: (_("ready"), "good"),
        LineState.REFUSED: (_("refused"), "danger"),
        LineState.UNREACHABLE: (_("not reachable"), "attention"),
        LineState.STOPPED: (_("switched off"), "attention"),
    }[state]
    if reason is Reason.NONE and state is LineState.REFUSED:
        reason = Reason.LINE_REFUSED
    if reason is Reason.NONE and state is LineState.UNREACHABLE:
        reason = Reason.LINE_UNREACHABLE
    helped = state is LineState.REFUSED or reason in PASSWORD
    return Condition(
        name=_("Line {name}").format(name=one_line(line.name)),
        state=words,
        tone=tone,
        cure=sentence(reason),
        secret_id=line.id if helped else None,
    )


def _account(
    account_id: UUID, parts: Sequence[tuple[Client, CalendarChanged]], office_zone: str
) -> Condition:
    health = min((part for _client, part in parts), key=lambda part: _SERIOUS[_tone(part)])
    words = {
        CalendarHealth.UNKNOWN: _("not checked yet"),
        CalendarHealth.CHECKING: _("being checked"),
        CalendarHealth.GOOD: _checked(health.checked, office_zone),
        CalendarHealth.WAITING: _("not reachable"),
        CalendarHealth.STOPPED: _("waits for you"),
    }[health.health]
    if health.reason is Reason.READING_STOPPED:
        words = _("not read to its end")
    cure = sentence(health.reason)
    if health.unreadable:
        found = ngettext(
            "{count} entry cannot be read; its time is kept free of appointments.",
            "{count} entries cannot be read; their times are kept free of appointments.",
            health.unreadable,
        )
        cure = f"{cure} {found.format(count=health.unreadable)}".strip()
    return Condition(
        name=_("Calendar {clients}").format(clients=_names([client for client, _h in parts])),
        state=words,
        tone=_tone(health),
        cure=cure,
        more=_last_checked(health, office_zone),
        secret_id=account_id if health.reason in PASSWORD else None,
        stopped=health.reason is Reason.READING_STOPPED,
    )


def _last_checked(health: CalendarChanged, office_zone: str) -> str:
    if health.health is CalendarHealth.GOOD or health.checked is None:
        return ""
    at = clock_words(health.checked, office_zone, seconds=True)
    return _("Last checked at {time}.").format(time=at)


def _tone(health: CalendarChanged) -> str:
    return {
        CalendarHealth.UNKNOWN: "plain",
        CalendarHealth.CHECKING: "plain",
        CalendarHealth.GOOD: "good",
        CalendarHealth.WAITING: "attention",
        CalendarHealth.STOPPED: "danger",
    }[health.health]


def _checked(checked: datetime | None, zone: str) -> str:
    if checked is None:
        return _("being checked")
    return _("checked at {time}").format(time=clock_words(checked, zone, seconds=True))


def _names(clients: Sequence[Client]) -> str:
    names = ", ".join(one_line(client.name, 40) for client in clients[:_NAMED])
    more = len(clients) - _NAMED
    return _("{names} and {count} more").format(names=names, count=more) if more > 0 else names


def worst_first(conditions: Iterable[Condition]) -> list[Condition]:
    """The same, in order of how bad they are."""
    return sorted(conditions, key=lambda one: _SERIOUS[one.tone])
