"""What happens to callers nobody answers: from the rules to plans, and from plans to the phone."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from receptionist.desk.agent import Agent
from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.seals import Seals
from receptionist.desk.sounds import Sounds
from receptionist.desk.switchboard import Switchboard
from receptionist.events import (
    AgentChanged,
    CallAttended,
    DeskEvent,
    DirectoryChanged,
    EngineChanged,
    EngineState,
    PhoneAttended,
)
from receptionist.model.agent import AgentState
from receptionist.model.client import Client
from receptionist.model.closing import holiday
from receptionist.model.office import Office
from receptionist.model.unattended import (
    CallPlan,
    Moment,
    Plan,
    Plans,
    Step,
    StepKind,
    UnattendedRule,
    winner,
)
from receptionist.paths import private_directory
from receptionist.ports import PhoneService

log = logging.getLogger(__name__)

_MINUTE_S = 60

NOBODY_THERE = Plan(steps=(Step(kind=StepKind.ANNOUNCEMENT),))
"""While the program does not run and no rule says more: callers are told, and are called back."""


class Unattended:
    """Keeps the phone's plans as rules, hours, holidays and who sits here want them. Main thread.

    They are looked at whenever something changes, and every minute where there are rules, and sent
    when they differ from those that were sent before. Messages lie in `messages`.
    """

    def __init__(
        self,
        ground: Ground,
        calls: Calls,
        service: PhoneService,
        agent: Agent,
        sounds: Sounds,
        seals: Seals,
        messages: Path | None,
    ) -> None:
        self._ground, self._calls, self._service = ground, calls, service
        self._agent, self._sounds, self._seals = agent, sounds, seals
        self._messages = messages
        self._told: Plans | None = None
        self._started = self._timed = False
        ground.listeners.add(self._on_event)
        seals.on_change(self._tell)

    def follow(self, switchboard: Switchboard) -> None:
        """Hear from the phone what it does for callers."""
        switchboard.follow(PhoneAttended, self._attended)

    def start(self) -> None:
        """Tell the phone the plans of now, and from now on those of every minute."""
        self._started = True
        self._tell()

    def close(self) -> None:
        """The plans that were told last stay."""
        self._started = False

    @property
    def trouble(self) -> str:
        """Why nobody is asked for a message, in a sentence; "" when nothing is in the way."""
        return self._seals.trouble

    @property
    def plans(self) -> Plans:
        """The plans of this minute."""
        office, now = self._ground.directory.office, self._ground.clock.now()
        usual = self._plan_of(office, None, now)
        differing, numbers = [], list(usual.numbers)
        for client in self._ground.directory.clients:
            own = self._plan_of(office, client, now)
            if (own.present, own.absent) == (usual.present, usual.absent):
                numbers += own.numbers
            else:
                differing.append(own)
        return Plans(
            plans=(replace(usual, numbers=tuple(numbers)), *differing),
            region=office.region,
            directory=self._directory(),
            key=self._seals.public if self._messages else "",
        )

    # ---- when

    def _in_a_minute(self) -> None:
        """What changes with time changes at a full minute."""
        if self._timed or not any(self._every_rule()):
            return
        self._timed = True
        now = self._ground.clock.now()
        self._ground.later(_MINUTE_S - now.second - now.microsecond / 1_000_000, self._minute)

    def _minute(self) -> None:
        self._timed = False
        self._tell()

    def _on_event(self, event: DeskEvent) -> None:
        match event:
            case EngineChanged(state=EngineState.READY):
                self._told = None
                self._seals.ask_again()
                self._tell()
            case AgentChanged() | DirectoryChanged():
                self._tell()

    def _tell(self) -> None:
        if not self._started:
            return
        if any(map(_takes_messages, self._every_rule())):
            self._seals.need()
        plans = self.plans
        if plans != self._told:
            self._told = plans
            self._service.plan(plans)
        self._in_a_minute()

    def _every_rule(self) -> Iterable[UnattendedRule]:
        yield from self._ground.directory.office.rules
        for client in self._ground.directory.clients:
            yield from client.rules

    def _directory(self) -> str:
        return str(private_directory(self._messages)) if self._messages else ""

    # ---- what

    def _plan_of(self, office: Office, client: Client | None, now: datetime) -> CallPlan:
        rules = (client.rules if client else (), office.rules)
        period = self._agent.period
        state = period.state if period else AgentState.READY
        present = self._winning(rules, office, client, now, state)
        absent = self._winning(rules, office, client, now, None)
        there = absent.plan.steps if absent else ()
        waiting = tuple(step for step in there if step.kind is not StepKind.QUEUE)
        return CallPlan(
            client_id=client.id if client else None,
            numbers=client.dialled if client else (),
            present=self._with_sounds(present.plan if present else Plan()),
            absent=self._with_sounds(Plan(steps=waiting) if waiting else NOBODY_THERE),
        )

    def _winning(
        self,
        rules: tuple[tuple[UnattendedRule, ...], ...],
        office: Office,
        client: Client | None,
        now: datetime,
        state: AgentState | None,
    ) -> UnattendedRule | None:
        """The client's own rules come before the office's."""
        if not any(rules):
            return None
        moment = _moment(office, client, now, state)
        return next(filter(None, (winner(some, moment) for some in rules)), None)

    def _with_sounds(self, plan: Plan) -> Plan:
        steps = (replace(step, sound=self._sounds.path(step.sound)) for step in plan.steps)
        return replace(plan, steps=tuple(steps))

    # ---- what the phone reports

    def _attended(self, event: PhoneAttended) -> None:
        call = self._calls.get(event.call_id)
        if call is None or call.ended:
            return
        call = replace(call, step=event.step, place=event.place)
        self._calls.change(call)
        self._ground.listeners.tell(
            CallAttended(
                call=call,
                client=self._ground.directory.remembered(call.client_id),
                step=event.step,
                place=event.place,
            )
        )


def _takes_messages(rule: UnattendedRule) -> bool:
    return any(step.kind is StepKind.VOICEMAIL for step in rule.steps)


def _moment(
    office: Office, client: Client | None, now: datetime, state: AgentState | None
) -> Moment:
    here = now.astimezone(ZoneInfo(office.zone)).replace(tzinfo=None)
    his = now.astimezone(ZoneInfo(client.zone)).replace(tzinfo=None) if client else here
    place = (client.holidays if client else "") or office.holidays
    return Moment(
        local=his,
        closed=_closed(office, here),
        holiday=bool(holiday(place, his.date())),
        state=state,
    )


def _closed(office: Office, local: datetime) -> bool:
    if holiday(office.holidays, local.date()):
        return True
    day, clock = local.weekday(), local.time()
    return bool(office.hours) and not any(
        one.weekday == day and one.start <= clock < one.end for one in office.hours
    )
