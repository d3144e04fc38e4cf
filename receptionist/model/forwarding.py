"""Call forwarding: the codes with which a client sends his calls to us, and whether they arrive.

What a provider's entry says is data (`resources/forwarding`), with its source and how certain it
is: a code that is only assumed is to be tried, and the test call tells whether it worked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.model.number import national


class ForwardingOutcome(StrEnum):
    """What became of a test call to the number that should be forwarded."""

    MATCHED = "matched"
    OTHER_CLIENT = "other-client"
    UNKNOWN_NUMBER = "unknown-number"
    BUSY = "busy"
    ANSWERED = "answered"
    REFUSED = "refused"
    NEVER_ARRIVED = "never-arrived"
    NOT_DIALLED = "not-dialled"


class ForwardingKind(StrEnum):
    """Which calls are forwarded."""

    ALWAYS = "always"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    UNREACHABLE = "unreachable"


class Certainty(StrEnum):
    """How certain the codes of a provider are; `MENU`: there are none, it is set elsewhere."""

    STANDARD = "standard"
    REPORTED = "reported"
    ASSUMED = "assumed"
    MENU = "menu"


KINDS = {
    ForwardingKind.ALWAYS: N_("all calls"),
    ForwardingKind.BUSY: N_("when busy"),
    ForwardingKind.NO_ANSWER: N_("when nobody answers"),
    ForwardingKind.UNREACHABLE: N_("when switched off or without network"),
}
CERTAINTIES = {
    Certainty.STANDARD: N_("The codes stand in a standard."),
    Certainty.REPORTED: N_("The codes were found in public guides."),
    Certainty.ASSUMED: N_("These are the usual codes, not confirmed here. Test the forwarding."),
    Certainty.MENU: N_("There are no codes to rely on; it is set as described."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What is dialled to forward, to forward no longer, and to ask what is set."""

    set: str
    clear: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Codes with `{target}`; `set_after` with `{seconds}` as well, "" where it cannot be said."""

    set: str
    clear: str
    query: str
    set_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingProvider:
    """A network, provider or router. `seconds` are the least, the most and the step of a delay."""

    key: str
    name: str
    certainty: Certainty
    source: str
    note: str
    seconds: tuple[int, int, int] = (5, 30, 5)
    templates: Mapping[ForwardingKind, Templates] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[ForwardingKind, ...]:
        """What can be set with codes."""
        return tuple(kind for kind in ForwardingKind if kind in self.templates)


def codes(
    provider: ForwardingProvider,
    kind: ForwardingKind,
    target: str,
    region: str,
    seconds: int = 0,
) -> Codes:
    """What a client dials to forward to `target`, a normalised number, in his `region`.

    `seconds` is how long it rings first where nobody answers, 0 for what the provider usually does.
    `BadInput` where there is no such code.
    """
    found = provider.templates.get(kind)
    if found is None:
        message = _("{provider}: there is no code for this. {note}")
        raise BadInput(message.format(provider=provider.name, note=provider.note))
    if not (target.startswith("+") and target[1:].isdigit()):
        raise BadInput(_("Calls can only be forwarded to a full number, such as +49 30 …"))
    text = found.set
    if seconds:
        _check_seconds(provider, found, seconds)
        text = found.set_after
    return Codes(
        set=text.format(target=national(target, region), seconds=seconds),
        clear=found.clear,
        query=found.query,
    )


def _check_seconds(provider: ForwardingProvider, found: Templates, seconds: int) -> None:
    least, most, step = provider.seconds
    if not found.set_after:
        raise BadInput(_("How long it rings first can only be said for “when nobody answers”."))
    if not least <= seconds <= most or seconds % step:
        message = _("{provider} takes {least} to {most} seconds, in steps of {step}.")
        raise BadInput(message.format(provider=provider.name, least=least, most=most, step=step))
