"""Who is asked one after the other, as it is typed: names with arrows or commas between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.contact import Contact
from receptionist.model.sought import folded

ARROW = " → "
_ARROWS = re.compile(r"\s*(?:→|->|>|;)\s*")


class Names:
    """The contacts of a client by the names under which they are typed. Pure."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        every = sorted(contacts, key=lambda one: folded(one.name))
        plain = [_plain(one.name) for one in every]
        self._shown = {
            one.key: f"{one.name} ({one.key})" if plain.count(name) > 1 else one.name
            for one, name in zip(every, plain, strict=True)
        }
        self._keys = {_plain(words): key for key, words in self._shown.items()}

    @property
    def offered(self) -> list[str]:
        """All names, to choose from."""
        return list(self._shown.values())

    def beside(self, typed: str, step: int) -> str:
        """The name that comes `step` after what was typed; first who is meant by it."""
        offered = self.offered
        plain = _plain(typed)
        if not offered:
            return typed
        if typed in offered:
            return offered[(offered.index(typed) + step) % len(offered)]
        found = [name for name in offered if plain in _plain(name)] or offered
        return found[0 if step > 0 else -1]

    def name(self, key: str) -> str:
        """The name of a contact; his key when there is no such contact any more."""
        return self._shown.get(key, key)

    def shown(self, chain: Sequence[str]) -> str:
        """Everybody of a chain."""
        return ARROW.join(map(self.name, chain))

    def read(self, text: str) -> tuple[str, ...] | str:
        """The keys of who was typed, in their order; or the sentence what is wrong."""
        keys: list[str] = []
        for part in filter(None, _ARROWS.split(text.strip())):
            found = self._part(part)
            if isinstance(found, str):
                return found
            keys += found
        for key in keys:
            if keys.count(key) > 1:
                return _("“{name}” stands here twice.").format(name=self.name(key))
        return tuple(keys)

    def _part(self, text: str) -> list[str] | str:
        """One name, in which commas may stand, or several between commas."""
        whole = self._find(text)
        if len(whole) == 1 or "," not in text:
            return whole if len(whole) == 1 else self._fault(text, whole)
        keys: list[str] = []
        for part in filter(None, map(str.strip, text.split(","))):
            found = self._find(part)
            if len(found) != 1:
                return self._fault(part, found)
            keys += found
        return keys

    def _find(self, text: str) -> list[str]:
        """By the whole name or key, else everybody each of whose typed words is begun so."""
        typed = _plain(text)
        if typed in self._keys:
            return [self._keys[typed]]
        if text.strip() in self._shown:
            return [text.strip()]
        words = typed.split()
        return [
            key
            for name, key in self._keys.items()
            if all(any(one.startswith(word) for one in name.split()) for word in words)
        ]

    def _fault(self, text: str, found: Sequence[str]) -> str:
        if found:
            names = _(" or ").join(map(self.name, found))
            return _("“{text}” may be {names}.").format(text=checks.brief(text), names=names)
        known = ", ".join(self.offered) or "–"
        message = _("There is no contact “{key}”. There are: {known}")
        return message.format(key=checks.brief(text), known=known)


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
