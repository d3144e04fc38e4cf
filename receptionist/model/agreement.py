"""Why something is not offered for a client: it is not agreed with him. Pure."""

from __future__ import annotations

from receptionist.model.client import Client
from receptionist.model.service import Service, ServiceKind, is_agreed, not_agreed


def refusal(client: Client, kind: ServiceKind, title: str = "") -> str:
    """The sentence that a service is not agreed, and what is; "" where it is agreed."""
    if is_agreed(client.services, kind, title):
        return ""
    return not_agreed(client.name, client.services, Service(kind=kind, title=title.strip()))


def no_appointments(client: Client) -> str:
    """Why no appointment is offered; "" where appointments are agreed."""
    return refusal(client, ServiceKind.APPOINTMENTS)


def no_call_backs(client: Client) -> str:
    """Why no call-back is promised; "" where call-backs are agreed."""
    return refusal(client, ServiceKind.CALL_BACKS)
