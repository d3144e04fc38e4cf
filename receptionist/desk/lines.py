"""The lines at the phone: registered when it starts, and kept as the directory has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from receptionist.desk.directory import DirectoryBook
from receptionist.desk.passwords import Passwords
from receptionist.events import LineChanged, LineState, PhoneEvent
from receptionist.model.office import Line
from receptionist.model.secret import RELAY_SECRET, Secret
from receptionist.ports import Phone
from receptionist.reasons import Reason


class Lines:
    """Registers lines with their passwords. Main thread."""

    def __init__(
        self,
        directory: DirectoryBook,
        phone: Phone,
        passwords: Passwords,
        heard: Callable[[PhoneEvent], object],
        *,
        relayed: bool = False,
    ) -> None:
        """`heard` takes in what happens to a line that the phone is not even asked about.

        `relayed` says that there is a TURN server, whose password goes with every line.
        """
        self._directory = directory
        self._phone = phone
        self._passwords = passwords
        self._heard = heard
        self._relayed = relayed
        self._relay: Secret | None = None
        self._started = False

    def start(self) -> None:
        """Register every line, and from now on each that changes."""
        self._started = True
        self._register(self._directory.lines)

    def follow(self, before: tuple[Line, ...], kept: UUID | None = None) -> None:
        """The lines were `before` what they are not now; the password of line `kept` is coming."""
        if not self._started:
            return
        here = self._directory.lines
        staying = {line.id for line in here}
        for line in before:
            if line.id not in staying:
                self._phone.unregister(line.id)
        self._register(line for line in here if line not in before and line.id != kept)

    def register_with(self, line_id: UUID, secret: Secret | None) -> None:
        """Register a line, or tell that its password is missing."""
        line = self._directory.line(line_id)
        if line is None or not self._started:
            return
        if secret is None and line.register:
            state, reason = LineState.REFUSED, Reason.PASSWORD_MISSING
            self._heard(LineChanged(line_id=line_id, state=state, reason=reason))
        else:
            self._phone.register(line, secret if line.register else None, self._relay)

    def relay_with(self, secret: Secret | None) -> None:
        """The password of the TURN server is another one: register every line with it."""
        self._relay = secret
        if self._started:
            self._register_now(self._directory.lines)

    def _register(self, lines: Iterable[Line]) -> None:
        lines = tuple(lines)

        def go(_secret_id: UUID, secret: Secret | None) -> None:
            self._relay = secret
            self._register_now(lines)

        if self._relayed and self._relay is None:
            self._passwords.look_up([RELAY_SECRET], go)
        else:
            self._register_now(lines)

    def _register_now(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            if not line.register:
                self._phone.register(line, None, self._relay)
        looked_up = [line.id for line in lines if line.register]
        self._passwords.look_up(looked_up, self.register_with)
