"""The forwarding codes of providers and routers, as they ship with the program."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from receptionist.errors import NotFound
from receptionist.i18n import _, language
from receptionist.model.forwarding import (
    Certainty,
    ForwardingKind,
    ForwardingProvider,
    Templates,
)
from receptionist.paths import resources


def providers() -> tuple[ForwardingProvider, ...]:
    """Every provider, by its name in the language in use."""
    return _read(language())


def provider(key: str) -> ForwardingProvider:
    """The provider with this key; `NotFound` names the known ones."""
    for one in providers():
        if one.key == key:
            return one
    known = ", ".join(one.key for one in providers())
    message = _("Nothing is known of “{key}”. There are: {known}")
    raise NotFound(message.format(key=key, known=known))


@lru_cache(maxsize=4)
def _read(spoken: str) -> tuple[ForwardingProvider, ...]:
    files = resources("forwarding").glob("*.toml")
    return tuple(sorted((_provider(one, spoken) for one in files), key=lambda one: one.name))


def _provider(path: Path, spoken: str) -> ForwardingProvider:
    content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    least, most, step = content.get("seconds", (5, 30, 5))
    return ForwardingProvider(
        key=path.stem,
        name=_in(content["name"], spoken),
        certainty=Certainty(content["certainty"]),
        source=content["source"],
        note=_in(content["note"], spoken),
        seconds=(least, most, step),
        templates={
            kind: Templates(**content[kind.value])
            for kind in ForwardingKind
            if kind.value in content
        },
    )


def _in(texts: dict[str, str], spoken: str) -> str:
    return texts.get(spoken, texts["en"])
