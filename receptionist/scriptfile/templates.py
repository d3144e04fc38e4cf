"""Scripts for usual trades that ship with the program, in German and English, to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.i18n import N_, _
from receptionist.model.script import Script
from receptionist.model.script.tongues import in_tongues
from receptionist.paths import resources
from receptionist.scriptfile.parse import parse
from receptionist.scriptfile.surroundings import ANYWHERE
from receptionist.scriptfile.write import write

TRADES = {
    "builder": N_("Roofer, carpenter, joiner"),
    "dentist": N_("Dental practice"),
    "doctor": N_("Doctor’s practice"),
    "electrician": N_("Electrician"),
    "estate": N_("Estate agent"),
    "garage": N_("Car workshop"),
    "it": N_("IT services"),
    "law": N_("Law office"),
    "plumbing": N_("Plumbing and heating"),
    "property": N_("Property management"),
    "salon": N_("Hairdresser, beauty"),
    "tax": N_("Tax advisers"),
    "therapy": N_("Therapy practice"),
    "vet": N_("Veterinary practice"),
}
"""The name of each template, and what the trade is called, in English."""


def trades() -> dict[str, str]:
    """The templates by name, with what the trades are called, in the order of those words."""
    called = {name: _(words) for name, words in TRADES.items()}
    return dict(sorted(called.items(), key=lambda one: one[1].casefold()))


def template(trade: str) -> str:
    """The script file of a trade; `KeyError` for one there is no template for."""
    if trade not in TRADES:
        raise KeyError(trade)
    return resources("templates", "scripts", f"{trade}.toml").read_text("utf-8")


def from_template(trade: str) -> Script:
    """The script of a trade."""
    return parse(template(trade), ANYWHERE)


def in_languages(trade: str, languages: Sequence[str]) -> str:
    """The script file of a trade in these languages, the usual one first."""
    return write(in_tongues(from_template(trade), languages))
