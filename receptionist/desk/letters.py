"""Letters to callers about their appointments: sent by a person's choice, and never a lie.

Nothing is told that the owner's calendar does not say: only what is confirmed there, or is out of
it. A letter that could not be handed over is kept and tried again; one that may have arrived is
not, until a person says so.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid5

from receptionist.desk.ground import Ground
from receptionist.desk.passwords import Passwords
from receptionist.errors import BadInput, MailError, ReceptionistError, SecretMissing
from receptionist.events import LetterDelayed, LetterSent, StoreFailed
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Client
from receptionist.model.confirmation import Confirmation, confirmation
from receptionist.model.letter import (
    MAIL_SECRET,
    Letter,
    LetterKind,
    LetterState,
    MailServer,
    Writing,
    address_fault,
)
from receptionist.model.secret import Secret
from receptionist.ports import Calendars, Mail, Store
from receptionist.reasons import Reason, sentence

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 30.0
FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 3600.0
GIVE_UP_AFTER = timedelta(days=2)
_LANE = "mail"


class Letters:
    """Confirmations by e-mail, and as a text to copy. Main thread; `server` None sends nothing."""

    def __init__(
        self,
        ground: Ground,
        calendars: Calendars,
        mail: Mail,
        passwords: Passwords,
        chance: random.Random,
        server: MailServer | None = None,
    ) -> None:
        self.server = server
        self._calendars, self._mail, self._passwords = calendars, mail, passwords
        self._memory, self._directory = ground.memory, ground.directory
        self._listeners, self._lanes = ground.listeners, ground.lanes
        self._clock, self._later, self._chance = ground.clock, ground.later, chance
        self._under_way: set[UUID] = set()
        self._closed = False

    def start(self) -> None:
        """Send what waits, now and from now on."""
        if not self._closed:
            self.kick()
            self._later(LOOK_AGAIN_S, self.start)

    def close(self) -> None:
        """Hand nothing out any more."""
        self._closed = True

    def text(self, appointment: Appointment) -> Confirmation:
        """What to tell the caller, to copy or read aloud; raises as `send` while it is not so."""
        return confirmation(self._client(appointment), appointment, _kind(appointment))

    def hindrance(self, appointment: Appointment) -> str:
        """Why no letter can be sent about it now, in a sentence; "" when one can."""
        try:
            self._check(appointment)
        except ReceptionistError as error:
            return str(error)
        return ""

    def send(self, appointment: Appointment) -> None:
        """Send the caller what is so now. `LetterSent` or `LetterDelayed` follow.

        Raises `BadInput` with what is lacking. What was sent about this very state is not sent
        again.
        """
        self._check(appointment)
        kind = _kind(appointment)
        letter = Letter(
            id=uuid5(appointment.id, f"{kind} {_state(appointment)}"),
            client_id=appointment.client_id,
            appointment_id=appointment.id,
            kind=kind,
            sequence=appointment.sequence,
            address=appointment.caller_email,
            created=self._clock.now(),
        )

        def begin(store: Store) -> bool:
            if any(one.id == appointment.id for one in store.outbox()):
                raise BadInput(_not_yet())
            before = any(one.state is LetterState.SENT for one in store.letters.of(appointment.id))
            again = before and kind is LetterKind.CONFIRMED
            return store.letters.begin(replace(letter, kind=LetterKind.CHANGED if again else kind))

        self._memory.submit(
            begin,
            then=lambda new: (
                self.kick() if new else self._listeners.tell(LetterSent(letter=letter))
            ),
            failed=partial(self._not_begun, letter),
        )

    def check_server(
        self, server: MailServer, then: Callable[[], object], failed: Callable[[Exception], object]
    ) -> None:
        """Log in to a mail server and out again: `then`, or `failed` with what is wrong."""
        self._lanes.submit(
            _LANE,
            lambda: self._mail.check(server, self._secret(server)),
            then=lambda _none: then(),
            failed=failed,
        )

    def kick(self) -> None:
        """Send what is due now."""
        if self.server is not None:
            now = self._clock.now()
            self._memory.submit(
                lambda store: [
                    (one, store.bookings.get(one.appointment_id)) for one in store.letters.due(now)
                ],
                then=self._hand_out,
                failed=self._store_failed,
            )

    # ---- inside

    def _check(self, appointment: Appointment) -> None:
        client = self._client(appointment)
        if not client.tells_callers:
            raise BadInput(
                _("{client} does not want callers to get confirmations.").format(client=client.name)
            )
        _kind(appointment)
        if not appointment.caller_email:
            raise BadInput(_("Enter the caller's e-mail address first."), key="caller_email")
        if fault := address_fault(appointment.caller_email):
            raise BadInput(fault, key="caller_email")
        if self.server is None:
            raise BadInput(sentence(Reason.MAIL_NOT_SET))

    def _client(self, appointment: Appointment) -> Client:
        client = self._directory.remembered(appointment.client_id)
        if client is None:
            raise BadInput(_("This client is no longer there."))
        return client

    def _hand_out(self, due: list[tuple[Letter, Appointment | None]]) -> None:
        server = self.server
        for letter, appointment in due:
            if server is None or letter.id in self._under_way:
                continue
            self._under_way.add(letter.id)
            if appointment is None or not _is_so(letter, appointment):
                self._settle(replace(letter, state=LetterState.REFUSED), _outdated())
                continue
            self._lanes.submit(
                _LANE,
                self._deliver,
                server,
                letter,
                appointment,
                self._client(appointment),
                then=partial(self._sent, letter),
                failed=partial(self._failed, letter),
            )

    def _deliver(
        self, server: MailServer, letter: Letter, appointment: Appointment, client: Client
    ) -> bool:
        """Write it and hand it over; False when another workstation does. Mail worker.

        Should the program end meanwhile, it may have arrived: that stands there before.
        """
        words = confirmation(client, appointment, letter.kind)
        stamp, name = self._clock.now(), server.name or client.name
        title = f"{client.name}: {appointment.kind_name}"
        cancelled = letter.kind is LetterKind.CANCELLED
        writing = Writing(
            to=letter.address,
            subject=words.subject,
            text=words.text,
            sender_name=name,
            message_id=f"{letter.id}@{server.sender.rpartition('@')[2]}",
            calendar=self._calendars.enclosed(appointment, stamp, title, server.sender),
            method="CANCEL" if cancelled else "PUBLISH",
        )
        secret = self._secret(server)
        if not self._memory.ask(lambda store: store.letters.take(letter)):
            return False
        self._mail.send(server, secret, writing)
        return True

    def _secret(self, server: MailServer) -> Secret | None:
        if not server.user:
            return None
        try:
            return self._passwords.ask(MAIL_SECRET)
        except SecretMissing:
            return None

    def _sent(self, letter: Letter, by_us: bool) -> None:
        if not by_us:
            self._under_way.discard(letter.id)
            return
        done = replace(letter, state=LetterState.SENT, sent=self._clock.now(), next_attempt=None)
        self._keep(done, LetterSent(letter=done))

    def _failed(self, letter: Letter, error: Exception) -> None:
        log.warning("letter %s: %s", letter.id, type(error).__name__)
        reason = error.reason if isinstance(error, MailError) else Reason.MAIL_UNREACHABLE
        if reason is Reason.MAIL_UNKNOWN:
            self._settle(replace(letter, state=LetterState.UNKNOWN), str(error))
        elif reason is Reason.MAIL_REFUSED or self._is_late(letter):
            self._settle(replace(letter, state=LetterState.REFUSED), str(error))
        else:
            attempts = letter.attempts + 1
            ceiling = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(attempts, 10))
            pause = timedelta(seconds=self._chance.uniform(FIRST_PAUSE_S, ceiling))
            again = self._clock.now() + pause
            self._settle(replace(letter, attempts=attempts, next_attempt=again), str(error))

    def _is_late(self, letter: Letter) -> bool:
        return self._clock.now() - letter.created > GIVE_UP_AFTER

    def _settle(self, letter: Letter, message: str) -> None:
        self._keep(letter, LetterDelayed(letter=letter, message=message))

    def _keep(self, letter: Letter, told: LetterSent | LetterDelayed) -> None:
        def kept(_none: None) -> None:
            self._under_way.discard(letter.id)
            self._listeners.tell(told)

        def failed(error: Exception) -> None:
            """It stays under way: written nowhere, it must not go out a second time."""
            self._store_failed(error)
            self._later(LOOK_AGAIN_S, lambda: self._keep(letter, told))

        self._memory.submit(lambda store: store.letters.settle(letter), then=kept, failed=failed)

    def _not_begun(self, letter: Letter, error: Exception) -> None:
        if isinstance(error, BadInput):
            self._listeners.tell(LetterDelayed(letter=letter, message=str(error)))
        else:
            self._store_failed(error)

    def _store_failed(self, error: Exception) -> None:
        log.error("letters: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))


def _kind(appointment: Appointment) -> LetterKind:
    """What there is to tell of it; `BadInput` while nothing is certain."""
    if appointment.part_of is not None:
        raise BadInput(_("This is the way to a caller, not an appointment."))
    if appointment.state is AppointmentState.CANCELLED:
        return LetterKind.CANCELLED
    if appointment.state is AppointmentState.CONFIRMED:
        return LetterKind.CONFIRMED
    raise BadInput(_not_yet())


def _state(appointment: Appointment) -> tuple[object, ...]:
    """What a letter is about. An owner who moves it need not count that in SEQUENCE."""
    one = appointment
    when = one.start.isoformat(), one.end.isoformat()
    return one.sequence, one.caller_email, when, one.kind_name, one.location, str(one.staff_id)


def _is_so(letter: Letter, appointment: Appointment) -> bool:
    """Whether a letter that waited still says what is so."""
    off = letter.kind is LetterKind.CANCELLED
    state = AppointmentState.CANCELLED if off else AppointmentState.CONFIRMED
    return (appointment.sequence, appointment.state) == (letter.sequence, state)


def _not_yet() -> str:
    return _("The owner's calendar does not say so yet. Wait until it is confirmed.")


def _outdated() -> str:
    return _("The appointment was changed before the letter got away. Send a new one.")
