"""What holds for every place that keeps passwords."""

from __future__ import annotations

from receptionist.errors import CredentialsError, SecretMissing
from receptionist.i18n import _
from receptionist.model.secret import Secret

LONGEST = 1280
"""Characters; the Windows Credential Manager holds no more (2,560 bytes of UTF-16)."""


def check_secret(secret: Secret) -> None:
    """Refuse what one of the keyrings could not keep."""
    value = secret.reveal()
    if not value:
        raise CredentialsError(_("The password is empty. Enter it again."))
    if len(value.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        message = _("The password is too long: at most {limit} characters can be kept.")
        raise CredentialsError(message.format(limit=LONGEST))
    if any("\ud800" <= c <= "\udfff" or c == "\x00" for c in value):
        raise CredentialsError(_("The password contains an invalid character. Enter it again."))


def missing() -> SecretMissing:
    """The error for an id without a secret."""
    return SecretMissing(_("No password is kept for this account. Enter it."))
