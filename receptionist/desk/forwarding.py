"""A test call that shows whether a client's forwarding reaches us, and what arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from receptionist.desk.ground import Ground
from receptionist.desk.numbers import caller_of, line_out, target_of
from receptionist.desk.opening import Opening, refused_id
from receptionist.desk.owing import Owing
from receptionist.desk.switchboard import Switchboard
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    ForwardingTested,
    PhoneAnswered,
    PhoneEnded,
    PhoneIncoming,
    PhoneRefused,
)
from receptionist.i18n import N_, _
from receptionist.model.call import Cause
from receptionist.model.client import Client
from receptionist.model.dialled import Called
from receptionist.model.forwarding import ForwardingOutcome as Outcome
from receptionist.model.number import normalised, shown
from receptionist.model.office import Line
from receptionist.ports import Phone
from receptionist.threads import assert_main

ARRIVES_WITHIN_S = 20.0
_LOOK_AFTER_S = 2.0
_LETS_GO_WITHIN_S = 5.0

_SENTENCES = {
    Outcome.MATCHED: N_("{number} reaches us, and is answered for {client}."),
    Outcome.OTHER_CLIENT: N_(
        "{number} reaches us, but as a call for {found}. Check the dialled numbers of both."
    ),
    Outcome.UNKNOWN_NUMBER: N_(
        "{number} reaches us, but as {dialled}, which belongs to nobody. Give that number to"
        " {client}."
    ),
    Outcome.BUSY: N_("{number} is busy; nothing arrived here. Try again in a moment."),
    Outcome.ANSWERED: N_(
        "{number} was answered elsewhere, by a person or a mailbox. It is not forwarded to us."
    ),
    Outcome.REFUSED: N_("{number} cannot be called ({status}). Is it the right number?"),
    Outcome.NEVER_ARRIVED: N_(
        "{number} was called, but nothing arrived here within 20 seconds. It is not forwarded, or"
        " not to us."
    ),
    Outcome.NOT_DIALLED: N_(
        "{number} could not be called: our line did not work ({status}). This says nothing about"
        " the forwarding."
    ),
}
_GAVE_UP = (Cause.MISSED, Cause.CALLER_HUNG_UP)
_MISDIALLED = (404, 410, 484, 604)


@dataclass
class _Test:
    """A test under way. `suspects` came since it began, and may be it or real callers."""

    client: Client
    number: str
    line: Line
    call_id: UUID = field(default_factory=uuid4)
    suspects: dict[UUID, Called] = field(default_factory=dict)
    let_go: bool = False
    again: bool = False
    timers: list[Callable[[], object]] = field(default_factory=list)


class Forwarding:
    """Tests forwardings, one at a time. Main thread.

    Nobody is put on hold for it, and no real caller is taken for the test: what carries our own
    number is ours; of anything else that rings meanwhile, ours is what goes when we hang up. Nobody
    is called back for it.
    """

    def __init__(
        self, ground: Ground, phone: Phone, switchboard: Switchboard, owing: Owing
    ) -> None:
        self._phone = phone
        self._board = switchboard
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._later = ground.later
        self._opening = Opening(ground)
        self._owing = owing
        self._test: _Test | None = None
        self._leaving: set[UUID] = set()
        """What is the test by all appearances, if it goes now that we have hung up."""
        switchboard.follow(PhoneIncoming, self._incoming)
        switchboard.follow(PhoneRefused, self._refused)
        switchboard.follow(PhoneAnswered, self._answered)
        switchboard.follow(PhoneEnded, self._ended)

    @property
    def testing(self) -> UUID | None:
        """The client whose forwarding is being tested."""
        return self._test.client.id if self._test else None

    def test(self, client_id: UUID, number: str = "") -> None:
        """Call a number of a client (the first, if none is named); `ForwardingTested` follows."""
        assert_main()
        if self._test is not None:
            raise BadInput(_("A forwarding is being tested already. Wait for its outcome."))
        client = self._directory.client(client_id)
        if client is None:
            raise NotFound(_("This client is no longer there."))
        if not number and not client.dialled:
            raise BadInput(_("{client} has no number to call.").format(client=client.name))
        target = target_of(number or client.dialled[0], self._directory.office.region)
        line = line_out(self._directory.lines, self._board.line_states, None)
        self._begin(_Test(client, target, line))

    def _begin(self, test: _Test) -> None:
        self._test = test
        self._wait(test, ARRIVES_WITHIN_S, lambda: self._finish(test, Outcome.NEVER_ARRIVED))
        self._phone.dial(test.call_id, test.line.id, test.number, headset=False)

    def _wait(self, test: _Test, seconds: float, then: Callable[[], object]) -> None:
        test.timers.append(self._later(seconds, then))

    # ---- what arrives

    def _incoming(self, event: PhoneIncoming) -> None:
        test = self._test
        if test is None:
            return
        if self._is_ours(event, test):
            self._phone.decline(event.call_id, 486)
            self._arrived(test, event.called)
        elif not test.let_go:
            if not test.suspects:
                self._wait(test, _LOOK_AFTER_S, lambda: self._let_go(test))
            test.suspects[event.call_id] = event.called

    def _refused(self, event: PhoneRefused) -> None:
        if self._test is not None and self._is_ours(event, self._test):
            self._owing.not_owed(refused_id(event))
            self._arrived(self._test, event.called)

    def _is_ours(self, event: PhoneIncoming | PhoneRefused, test: _Test) -> bool:
        region = self._directory.office.region
        ours = normalised(test.line.user, region)
        return ours.startswith("+") and caller_of(event, region).number == ours

    def _let_go(self, test: _Test) -> None:
        """Hang up: whoever goes now was us. Who went before was somebody else."""
        if not test.suspects:
            return
        test.let_go = True
        self._phone.hang_up(test.call_id)
        self._wait(test, _LETS_GO_WITHIN_S, lambda: self._nobody_went(test))

    def _nobody_went(self, test: _Test) -> None:
        """They were real callers. Once more, unless this was the second time."""
        if test.again:
            self._finish(test, Outcome.NEVER_ARRIVED)
            return
        self._stop(test)
        self._begin(_Test(test.client, test.number, test.line, again=True))

    # ---- what becomes of our call

    def _answered(self, event: PhoneAnswered) -> None:
        test = self._test
        if test is None or event.call_id != test.call_id:
            return
        if test.suspects:
            self._arrived_last(test)
        else:
            self._finish(test, Outcome.ANSWERED)

    def _ended(self, event: PhoneEnded) -> None:
        if event.call_id in self._leaving and event.cause in _GAVE_UP:
            self._owing.not_owed(event.call_id)
        test = self._test
        if test is None:
            return
        if event.call_id == test.call_id:
            if not test.let_go:
                self._came_to_nothing(test, event)
        elif event.call_id in test.suspects and event.cause in _GAVE_UP:
            called = test.suspects.pop(event.call_id)
            if test.let_go:
                self._owing.not_owed(event.call_id)
                self._arrived(test, called)

    def _came_to_nothing(self, test: _Test, event: PhoneEnded) -> None:
        if test.suspects and event.cause in (Cause.BUSY, Cause.REFUSED, Cause.NO_ANSWER):
            self._arrived_last(test)
            return
        outcome = {
            Cause.BUSY: Outcome.BUSY,
            Cause.NO_ANSWER: Outcome.NEVER_ARRIVED,
            Cause.REFUSED: Outcome.REFUSED,
        }.get(event.cause, Outcome.NOT_DIALLED)
        if event.status in _MISDIALLED:
            outcome = Outcome.REFUSED
        self._finish(test, outcome, status=event.status)

    def _arrived_last(self, test: _Test) -> None:
        """Somebody rang here, and the number was busy or answered: that was us, if it goes now."""
        call_id, called = list(test.suspects.items())[-1]
        self._leaving.add(call_id)
        self._later(_LETS_GO_WITHIN_S, lambda: self._leaving.discard(call_id))
        self._arrived(test, called)

    # ---- the outcome

    def _arrived(self, test: _Test, called: Called) -> None:
        dialled, found = self._opening.who(called)
        if found is None:
            outcome = Outcome.UNKNOWN_NUMBER
        else:
            outcome = Outcome.MATCHED if found.id == test.client.id else Outcome.OTHER_CLIENT
        self._finish(test, outcome, called=called, dialled=dialled, found=found)

    def _finish(
        self,
        test: _Test,
        outcome: Outcome,
        *,
        status: int = 0,
        called: Called | None = None,
        dialled: str = "",
        found: Client | None = None,
    ) -> None:
        self._stop(test)
        message = _(_SENTENCES[outcome]).format(
            number=shown(test.number),
            client=test.client.name,
            found=found.name if found else "",
            dialled=shown(dialled) or "?",
            status=status,
        )
        self._listeners.tell(
            ForwardingTested(
                client_id=test.client.id,
                number=test.number,
                outcome=outcome,
                message=message,
                arrived=called,
                dialled=dialled,
                found_client_id=found.id if found else None,
            )
        )

    def _stop(self, test: _Test) -> None:
        self._test = None
        for cancel in test.timers:
            cancel()
        if not test.let_go:
            self._phone.hang_up(test.call_id)
