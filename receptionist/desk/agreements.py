"""What of an agreed list cannot be taken out of it, because it is in use."""

from __future__ import annotations

from collections.abc import Iterator

from receptionist.desk.errands import Errands
from receptionist.desk.ground import Ground
from receptionist.desk.scripts import Scripts
from receptionist.desk.worklist import WorkList
from receptionist.i18n import _
from receptionist.model.checks import brief
from receptionist.model.client import Client
from receptionist.model.script import ActionKind
from receptionist.model.service import Service, ServiceKind, is_agreed
from receptionist.model.worklist import WorkKind

_Use = tuple[Service, str]
"""A service, and what is to be done before it can be taken out."""


class Agreements:
    """Asked before an agreed list is saved. Main thread.

    Only what is taken out is in question: a list that never had it is no fault.
    """

    def __init__(self, ground: Ground, scripts: Scripts, errands: Errands, work: WorkList) -> None:
        self._directory = ground.directory
        self._scripts, self._errands, self._work = scripts, errands, work

    def in_use(self, client: Client) -> str:
        """Why what is agreed by now cannot be what a client's new list says; "" if it can."""
        before = self._directory.client(client.id)
        if before is None:
            return ""
        for service, cure in self._uses(before):
            was = is_agreed(before.services, service.kind, service.title)
            if was and not is_agreed(client.services, service.kind, service.title):
                words = _("“{service}” is in use and stays. {cure}")
                return words.format(service=brief(service.name), cure=cure)
        return ""

    def _uses(self, client: Client) -> Iterator[_Use]:
        for one in self._errands.all:
            if one.client_id == client.id:
                title = one.title if one.kind is ServiceKind.OWN else ""
                done = _("A task of it is open: finish it first.")
                yield Service(kind=one.kind, title=title), done
        if any(
            one.client_id == client.id and one.kind is WorkKind.PROMISED for one in self._work.items
        ):
            kept = _("A call-back is promised: settle it on the work list first.")
            yield Service(kind=ServiceKind.CALL_BACKS), kept
        if reason := self._booked_by(client):
            words = _("His script books in the call reason “{reason}”: change the script first.")
            yield Service(kind=ServiceKind.APPOINTMENTS), words.format(reason=brief(reason))

    def _booked_by(self, client: Client) -> str:
        """The first call reason of a client's own script that books; "" for none."""
        if not self._scripts.scripted(client):
            return ""
        script = self._scripts.of(client)
        books = (
            one.title.to(script.language)
            for one in script.reasons
            if any(action.do is ActionKind.BOOK for action in one.actions)
        )
        return next(books, "")
