"""What the actions of scripts lead to: one carrier for each kind of action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from receptionist.desk.contacts import Reached
from receptionist.desk.courses import Courses
from receptionist.desk.ground import Ground
from receptionist.desk.people import People
from receptionist.desk.services import check_agreed
from receptionist.desk.switchboard import Switchboard
from receptionist.desk.transfers import Transfers
from receptionist.errors import BadInput, NotFound, ReceptionistError
from receptionist.events import ActionChosen, CallEnded, CallFailed, DeskEvent
from receptionist.i18n import _
from receptionist.model.call import Call, CallState, Cause
from receptionist.model.client import Client
from receptionist.model.script import USUAL, Action, ActionKind
from receptionist.model.service import ServiceKind
from receptionist.threads import assert_main

Carrier = Callable[[Call, Client, Action], tuple[str, UUID | None]]
"""Does it; gives back what happens, in words, and what it is about."""


class Carriers:
    """Carries out what the script of a call leads to. Main thread.

    What cannot be done raises `BadInput` with a sentence; `ActionChosen` tells what happens. A new
    kind of action needs a row in the table here, and nothing else at the desk.
    """

    def __init__(
        self,
        ground: Ground,
        board: Switchboard,
        courses: Courses,
        people: People,
        transfers: Transfers,
    ) -> None:
        self._ground, self._board, self._courses = ground, board, courses
        self._people, self._transfers = people, transfers
        self._chains: dict[UUID, tuple[UUID, tuple[Reached, ...]]] = {}
        """To who is called in an urgent case: for which caller, and who is asked after him."""
        self._carriers: Mapping[ActionKind, Carrier] = {
            ActionKind.BOOK: self._book,
            ActionKind.NOTE: self._note,
            ActionKind.CONNECT: self._connect,
            ActionKind.ON_CALL: self._on_call,
            ActionKind.URGENT: self._urgent,
        }
        self._asked: Mapping[ActionKind, Callable[[UUID, Action], tuple[Reached, ...]]] = {
            ActionKind.CONNECT: self._named,
            ActionKind.ON_CALL: self._duty,
            ActionKind.URGENT: self._chain,
        }
        ground.listeners.add(self._on_event)

    def action(self, call_id: UUID) -> Action:
        """What the script of a call leads to as it stands now."""
        course = self._courses.course(self._board.call(call_id))
        return course.action if course else USUAL

    def carry_out(self, call_id: UUID, action: Action | None = None) -> None:
        """Do what the script of a call leads to, or another action."""
        assert_main()
        call = self._board.call(call_id)
        client = self._ground.directory.client(call.client_id)
        if client is None:
            raise BadInput(_("Say first for whom the call is."))
        action = action or self.action(call_id)
        try:
            message, target_id = self._carriers[action.do](call, client, action)
        except NotFound as error:
            raise BadInput(str(error)) from None
        self._ground.listeners.tell(
            ActionChosen(
                call_id=call_id,
                client_id=client.id,
                action=action,
                message=message,
                text=self._courses.instructed(call, action.text),
                target_id=target_id,
            )
        )

    def asked(self, call_id: UUID, action: Action) -> tuple[Reached, ...]:
        """Whom an action would have us call for the caller, in the order in which they are asked;
        nobody for one that calls nobody, or names somebody who is gone."""
        client_id = self._board.call(call_id).client_id
        if client_id is None:
            return ()
        try:
            return self._asked[action.do](client_id, action) if action.do in self._asked else ()
        except NotFound:
            return ()

    # ---- the carriers

    def _book(self, call: Call, client: Client, action: Action) -> tuple[str, UUID | None]:
        check_agreed(client, ServiceKind.APPOINTMENTS)
        if not action.target:
            return _("Book an appointment: choose what and when."), None
        kind = client.kind(action.target)
        if kind is None:
            message = _("The appointment kind “{key}” is gone. Choose another one by hand.")
            raise BadInput(message.format(key=action.target))
        return _("Book “{kind}”: choose a time.").format(kind=kind.name), kind.id

    def _note(self, call: Call, client: Client, action: Action) -> tuple[str, UUID | None]:
        """It stays with the office until it is passed on, and nothing else is claimed."""
        words = _("On the work list as a note for the owner. It is not sent by itself: pass it on.")
        return words, None

    def _connect(self, call: Call, client: Client, action: Action) -> tuple[str, UUID | None]:
        return self._ask_first(call, self._named(client.id, action), urgent=False)

    def _on_call(self, call: Call, client: Client, action: Action) -> tuple[str, UUID | None]:
        return self._ask_first(call, self._duty(client.id, action), urgent=True)

    def _urgent(self, call: Call, client: Client, action: Action) -> tuple[str, UUID | None]:
        return self._ask_next(call.id, self._chain(client.id, action))

    # ---- who is asked

    def _named(self, client_id: UUID, action: Action) -> tuple[Reached, ...]:
        contacts = self._people.contacts
        return (contacts.reached(contacts.get(client_id, action.target)),)

    def _duty(self, client_id: UUID, action: Action) -> tuple[Reached, ...]:
        """Who is on call; those who can be reached come first."""
        asked = self._people.rotas.on_call(client_id, action.target)
        return tuple(sorted(asked, key=lambda one: not one.reach.may_connect(urgent=True)))

    def _chain(self, client_id: UUID, action: Action) -> tuple[Reached, ...]:
        """All who are on call, then all who are asked in urgent cases; who can be reached, if
        anybody can."""
        contacts = self._people.contacts
        on_call = self._people.rotas.on_call(client_id, action.target)
        others = (one for one in contacts.of(client_id) if one.urgent)
        asked = {one.contact.key: one for one in map(contacts.reached, others)}
        chain = {one.contact.key: one for one in on_call} | asked
        there = tuple(one for one in chain.values() if one.reach.may_connect(urgent=True))
        return there or tuple(chain.values())

    # ---- calling people for the caller

    def _ask_first(
        self, call: Call, asked: Sequence[Reached], *, urgent: bool
    ) -> tuple[str, UUID | None]:
        there = [one for one in asked if one.reach.may_connect(urgent=urgent)]
        if not there:
            told = " ".join(one.sentence for one in asked)
            raise BadInput(told or _("Nobody is on call. Write a note for the owner."))
        return self._call(call.id, there[0])

    def _ask_next(self, caller_id: UUID, chain: tuple[Reached, ...]) -> tuple[str, UUID | None]:
        chain = tuple(one for one in chain if one.contact.number)
        if not chain:
            raise BadInput(_("Nobody is on call. Write a note for the owner."))
        message, asked_id = self._call(caller_id, chain[0])
        if asked_id is not None:
            self._chains[asked_id] = (caller_id, chain[1:])
        return message, asked_id

    def _call(self, caller_id: UUID, one: Reached) -> tuple[str, UUID | None]:
        asked_id = self._transfers.consult(caller_id, one.contact.number)
        return _("Calling {name}; the caller waits.").format(name=one.contact.name), asked_id

    def _on_event(self, event: DeskEvent) -> None:
        """Who does not answer in an urgent case gives place to the next, while the caller waits."""
        if not isinstance(event, CallEnded) or event.call.id not in self._chains:
            return
        caller_id, chain = self._chains.pop(event.call.id)
        caller = self._board.call(caller_id)
        over = event.call.answered or caller.ended or event.call.cause is Cause.WE_HUNG_UP
        if not over and chain:
            self._ground.post(self._go_on, caller_id, chain)

    def _go_on(self, caller_id: UUID, chain: tuple[Reached, ...]) -> None:
        """Call the next, unless the caller is with another client by now, or one speaks."""
        call = self._board.call(caller_id)
        if call.ended or call.client_id != chain[0].contact.client_id:
            return
        try:
            self._check_free(caller_id)
            message, asked_id = self._ask_next(caller_id, chain)
        except ReceptionistError as error:
            self._ground.listeners.tell(CallFailed(call_id=caller_id, message=str(error)))
            return
        action = Action(do=ActionKind.URGENT)
        self._ground.listeners.tell(
            ActionChosen(
                call_id=caller_id,
                client_id=call.client_id,
                action=action,
                message=message,
                target_id=asked_id,
            )
        )

    def _check_free(self, caller_id: UUID) -> None:
        """Who speaks to somebody else is not torn from him: `BadInput`."""
        spoken = (CallState.ACTIVE, CallState.DIALLING)
        if any(one.state in spoken for one in self._board.calls if one.id != caller_id):
            raise BadInput(_("The next person was not called, because you are on the phone."))
