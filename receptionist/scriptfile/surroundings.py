"""What a script may refer to: the client's appointment kinds, contacts, numbers, and the lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from receptionist.model.client import Client
from receptionist.model.office import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Keys that exist; None where nobody knows, and whatever is named is believed.

    `region` is that of numbers without a country code.
    """

    kinds: frozenset[str] | None = None
    contacts: frozenset[str] | None = None
    lines: frozenset[str] | None = None
    dialled: frozenset[str] | None = None
    region: str = "DE"

    @classmethod
    def of(
        cls, client: Client, directory: Directory, contacts: Iterable[str] | None = None
    ) -> Surroundings:
        """Those of a client of a directory, whose contacts have these keys."""
        return cls(
            kinds=frozenset(kind.key for kind in client.kinds),
            contacts=None if contacts is None else frozenset(contacts),
            lines=frozenset(line.key for line in directory.lines),
            dialled=frozenset(client.dialled),
            region=directory.office.region,
        )


ANYWHERE = Surroundings()
"""Nothing is known: for a file that belongs to nobody yet, such as a template."""
