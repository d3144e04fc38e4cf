"""Values of contacts and rotas that need more than a type: "" or the sentence what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.number import normalised


def number_fault(number: str, region: str) -> str:
    """A number that can be dialled, from a contact or a caller."""
    if not number.strip():
        return _("This may not be empty.")
    found = normalised(number, region)
    if not found or not found.lstrip("+").isdecimal():
        message = _("“{number}” is no telephone number.")
        return message.format(number=checks.brief(number))
    return ""


def email_fault(address: str) -> str:
    """An address of one mailbox; empty is none."""
    if not address:
        return ""
    name, at, host = address.rpartition("@")
    if not (name and at and "." in host.strip(".")) or any(c.isspace() for c in address):
        message = _("“{address}” is no e-mail address.")
        return message.format(address=checks.brief(address))
    return checks.text_fault(address, checks.NAME_LIMIT)


def chain_fault(chain: Iterable[str], known: Iterable[str]) -> str:
    """Each of a chain is a contact, and stands in it once."""
    keys, contacts = list(chain), set(known)
    for key in keys:
        if key not in contacts:
            message = _("There is no contact “{key}”.")
            return message.format(key=checks.brief(key)) + checks.did_you_mean(key, contacts)
        if keys.count(key) > 1:
            return _("“{key}” stands here twice.").format(key=key)
    return ""


def in_use(name: str, uses: Iterable[str]) -> BadInput:
    """The sentence about a contact or a rota that is needed."""
    message = _("“{name}” is needed by {uses}. Change that first.")
    return BadInput(message.format(name=checks.brief(name), uses=", ".join(uses)))
