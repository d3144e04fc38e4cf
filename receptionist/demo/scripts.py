"""The scripts of two of the demonstration's clients, and who is on call for one of them."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid5

from receptionist.model.client import Client
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.office import Directory
from receptionist.model.rota import OnCallRota, Shift
from receptionist.model.script import ClientScript
from receptionist.scriptfile.templates import template

_TRADES = {"haustechnik": "plumbing", "tierarzt": "vet"}
_ON_CALL = "haustechnik"
_MASTER = "meister"


def with_scripts(office: Directory, known: Directory | None = None) -> Directory:
    """The sample office with scripts for its plumbers and its vets.

    A script that somebody has written over meanwhile, in `known`, stays as it is.
    """
    written = {one.client_id for one in known.scripts} if known is not None else set()
    scripts = tuple(
        ClientScript(client_id=client.id, text=template(_TRADES[client.key]))
        for client in office.clients
        if client.key in _TRADES and client.id not in written
    )
    on_call = [client for client in office.clients if client.key == _ON_CALL]
    return replace(
        office,
        scripts=(*office.scripts, *scripts),
        contacts=(*office.contacts, *map(_master, on_call)),
        rotas=(*office.rotas, *map(_rota, on_call)),
    )


def _master(client: Client) -> Contact:
    return Contact(
        id=uuid5(client.id, _MASTER),
        client_id=client.id,
        key=_MASTER,
        name="Max Mustermeister",
        role="Meister",
        numbers=(ContactNumber(number="+4917139200155", label="Mobil"),),
        urgent=True,
    )


def _rota(client: Client) -> OnCallRota:
    return OnCallRota(
        id=uuid5(client.id, "notdienst"),
        client_id=client.id,
        key="notdienst",
        name="Notdienst",
        shifts=(Shift(contacts=(_MASTER,)),),
    )
