"""The outsourcing office itself: its lines, its people, its places of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from uuid import UUID

from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.contact import Contact
from receptionist.model.greeting import Greeting
from receptionist.model.rota import OnCallRota
from receptionist.model.route import Route
from receptionist.model.script.version import ClientScript
from receptionist.model.unattended import UnattendedRule


class Srtp(StrEnum):
    """Whether the voice is encrypted (SDES, RFC 4568): never, if the other side can, or always."""

    OFF = "off"
    PREFERRED = "preferred"
    REQUIRED = "required"


class Identity(StrEnum):
    """Where the number stands in whose name we call.

    Nowhere; in From; in P-Asserted-Identity or P-Preferred-Identity (RFC 3325).
    """

    NONE = "none"
    FROM = "from"
    ASSERTED = "asserted"
    PREFERRED = "preferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A SIP account or trunk where calls arrive; its password lies in the credentials under `id`.

    `registrar` is `host` or `host:port`. A trunk that is not registered (`register` false) takes
    calls from the hosts of `registrar` and `proxy` alone. `transport` is `udp`, `tcp` or `tls`.
    `identity` says how the line lets us call in a client's name.
    """

    id: UUID
    key: str
    name: str
    registrar: str
    user: str
    auth_user: str = ""
    proxy: str = ""
    transport: str = "udp"
    register: bool = True
    srtp: Srtp = Srtp.OFF
    identity: Identity = Identity.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Receptionist:
    """Who answers."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """Where is answered."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When the office answers on one weekday (0 is Monday), local in its zone, end exclusive."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office: its own greeting for unknown dialled numbers, and the region of its numbers.

    Without `hours` it is never closed. `holidays` are those of a place (`DE-BE`), also of clients
    who name none. `rules` say what happens when nobody answers, for clients and numbers without
    rules of their own, `routes` what calls cost.
    """

    id: UUID
    name: str
    greeting: Greeting
    region: str = "DE"
    zone: str = "Europe/Berlin"
    hours: tuple[OfficeHours, ...] = ()
    holidays: str = ""
    rules: tuple[UnattendedRule, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything a ringing phone needs, read once and kept in memory.

    `former` are clients that were removed: nobody is answered for in their names, but old calls
    still show for whom they were. `contacts` and `rotas` are those of all clients, by name.
    """

    office: Office
    receptionist: Receptionist
    workstation: Workstation
    lines: tuple[Line, ...] = ()
    clients: tuple[Client, ...] = ()
    accounts: tuple[CalendarAccount, ...] = ()
    calendars: tuple[OwnerCalendar, ...] = ()
    former: tuple[Client, ...] = ()
    scripts: tuple[ClientScript, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rotas: tuple[OnCallRota, ...] = ()
