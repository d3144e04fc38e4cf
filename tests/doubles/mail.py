"""Letters in memory: the twin of the SMTP server, for tests of the desk. Any thread."""

from __future__ import annotations

from receptionist.errors import MailError
from receptionist.model.letter import MailServer, Writing
from receptionist.model.secret import Secret
from receptionist.reasons import Reason

PASSWORD = "memory & 5 €"


class MemoryMail:
    """Port `Mail`: keeps what it is given. `faults` go wrong next, one after the other."""

    def __init__(self, refuses: str = "") -> None:
        self.letters: list[Writing] = []
        self.faults: list[Reason] = []
        self.refuses = refuses

    def send(self, server: MailServer, secret: Secret | None, writing: Writing) -> None:
        self.check(server, secret)
        if writing.to == self.refuses:
            raise MailError(Reason.MAIL_REFUSED)
        if self.faults:
            reason = self.faults.pop(0)
            if reason is Reason.MAIL_UNKNOWN:
                self.letters.append(writing)
            raise MailError(reason)
        self.letters.append(writing)

    def check(self, server: MailServer, secret: Secret | None) -> None:
        if server.user and secret is None:
            raise MailError(Reason.MAIL_PASSWORD_MISSING)
        if secret is not None and secret.reveal() != PASSWORD:
            raise MailError(Reason.MAIL_PASSWORD_REFUSED)
