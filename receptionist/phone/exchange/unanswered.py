"""A caller nobody has answered: by whose plan he is looked after, and where he stands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from receptionist.events import PhoneIncoming
from receptionist.model.dialled import Called, match
from receptionist.model.unattended import CallPlan, Plan, Plans, Step, StepKind


@dataclass(eq=False)
class Caller:
    """One caller; all that is known of him.

    `step` is nothing while it only rings, and `steps` are those that follow. `waits` is from when
    a worker was asked to answer him until it has (`attended`). `played` is what comes after the
    sound he hears. `leg` is the call to the number he is forwarded to. `asked` names what a worker
    was asked to do with him here, and not by the desk, as far as it can still fail.
    """

    incoming: PhoneIncoming
    rang_at: float
    dialled: str = ""
    plan: CallPlan | None = None
    steps: tuple[Step, ...] = ()
    step: Step | None = None
    begun: bool = False
    deadline: float | None = None
    waits: bool = False
    attended: bool = False
    played: Callable[[], None] | None = None
    leg: UUID | None = None
    leg_up: bool = False
    place: int = 0
    asked: set[str] = field(default_factory=set)

    @property
    def id(self) -> UUID:
        """The id of the call."""
        return self.incoming.call_id

    @property
    def kind(self) -> StepKind | None:
        """What is being done for him."""
        return self.step.kind if self.step is not None else None

    def follow(self, plans: Plans, absent: bool) -> None:
        """What comes of him while it rings, with a desk or without one."""
        self.dialled, self.plan = _plan_for(plans, self.incoming.called)
        then = Plan()
        if self.plan is not None:
            then = self.plan.absent if absent else self.plan.present
        self.steps = then.steps
        self.deadline = self.rang_at + then.ring_s if then.steps else None


def _plan_for(plans: Plans, called: Called) -> tuple[str, CallPlan | None]:
    """The dialled number, and the plan of its client or the one for numbers of nobody."""
    known = {number: plan for plan in reversed(plans.plans) for number in plan.numbers}
    dialled, plan = match(called, plans.region, known.get)
    return dialled, plan or next((one for one in plans.plans if one.client_id is None), None)


def moved_up(callers: Iterable[Caller]) -> tuple[Caller, ...]:
    """Count who waits for the same client, first come first served; who was told another place."""
    moved: list[Caller] = []
    counted: dict[UUID | None, int] = {}
    for caller in sorted(callers, key=lambda one: one.rang_at):
        if caller.kind is not StepKind.QUEUE:
            caller.place = 0
            continue
        client = caller.plan.client_id if caller.plan is not None else None
        counted[client] = place = counted.get(client, 0) + 1
        before, caller.place = caller.place, place
        if before and before != place and caller.attended:
            moved.append(caller)
    return tuple(moved)
