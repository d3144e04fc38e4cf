"""Translation of every text on screen: one gettext catalogue for the core and the interface.

The source language is English. The language is chosen once, at the start of a process.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os

from receptionist.paths import resources

LANGUAGES = ("de", "en")
DOMAIN = "receptionist"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def choose(language: str | None = None) -> str:
    """Load the catalogue of `language` (`de`, `en`; None follows the system) and return its tag."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else system_language()
    _catalogue = _gettext.translation(
        DOMAIN, resources("i18n"), languages=[_language], fallback=True
    )
    return _language


def language() -> str:
    """The tag of the chosen language."""
    return _language


def system_language() -> str:
    """The system's language if the program has it, else English."""
    tag = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or "en"
    )
    return "de" if tag.lower().startswith(("de", "german")) else "en"


def _(message: str) -> str:
    """`message` in the chosen language."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a counted message that fits `count`."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's own tools look for
    """Mark `message` for translation where it is looked up only later."""
    return message
