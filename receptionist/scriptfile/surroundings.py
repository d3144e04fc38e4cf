"""What a script may refer to: the client's appointment kinds, contacts, rotas, numbers, lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from receptionist.model.agreement import no_appointments
from receptionist.model.client import Client
from receptionist.model.contact import Contact
from receptionist.model.office import Directory
from receptionist.model.rota import OnCallRota


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Keys that exist; None where nobody knows, and whatever is named is believed.

    `region` is that of numbers without a country code. `refused` says why nothing may be booked,
    where appointments are not agreed.
    """

    kinds: frozenset[str] | None = None
    contacts: frozenset[str] | None = None
    rotas: frozenset[str] | None = None
    lines: frozenset[str] | None = None
    dialled: frozenset[str] | None = None
    region: str = "DE"
    refused: str = ""

    @classmethod
    def of(cls, client: Client, directory: Directory) -> Surroundings:
        """Those of a client of a directory."""
        return cls(
            kinds=frozenset(kind.key for kind in client.kinds),
            contacts=_of(client, directory.contacts),
            rotas=_of(client, directory.rotas),
            lines=frozenset(line.key for line in directory.lines),
            dialled=frozenset(client.dialled),
            region=directory.office.region,
            refused=no_appointments(client),
        )


def _of(client: Client, found: Iterable[Contact | OnCallRota]) -> frozenset[str]:
    return frozenset(one.key for one in found if one.client_id == client.id)


ANYWHERE = Surroundings()
"""Nothing is known: for a file that belongs to nobody yet, such as a template."""
