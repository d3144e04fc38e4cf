"""Translation of every text on screen: one gettext catalogue for the core and the interface.

The source language is English. The language is chosen once, at the start of a process; a thread
that answers another process speaks that one's language meanwhile.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from receptionist.paths import resources

LANGUAGES = ("de", "en")
DOMAIN = "receptionist"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
_guest: ContextVar[tuple[str, _gettext.NullTranslations] | None]
_guest = ContextVar("language", default=None)


def choose(language: str | None = None) -> str:
    """Load the catalogue of `language` (`de`, `en`; None follows the system) and return its tag."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else system_language()
    _catalogue = _catalogue_of(_language)
    return _language


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak `language` in this thread alone: to a guest, whose own process chose it."""
    known = language if language in LANGUAGES else None
    token = _guest.set((known, _catalogue_of(known)) if known else None)
    try:
        yield
    finally:
        _guest.reset(token)


def language() -> str:
    """The tag of the language that is spoken here."""
    guest = _guest.get()
    return guest[0] if guest else _language


def _catalogue_of(tag: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, resources("i18n"), languages=[tag], fallback=True)


def _spoken() -> _gettext.NullTranslations:
    guest = _guest.get()
    return guest[1] if guest else _catalogue


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
    """`message` in the chosen language; nothing stays nothing, where catalogues have their head."""
    return _spoken().gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a counted message that fits `count`."""
    return _spoken().ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's own tools look for
    """Mark `message` for translation where it is looked up only later."""
    return message
