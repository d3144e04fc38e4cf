"""The lookout: what will be lacking, on the work list in time; looked for again and again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from receptionist.desk.ground import Ground
from receptionist.desk.scripts import Scripts
from receptionist.desk.worklist import Failed, WorkList
from receptionist.events import DeskEvent, DirectoryChanged, ScriptChanged
from receptionist.model.client import Client
from receptionist.model.findings import EXPIRING_AHEAD, expiring_of, gaps_of
from receptionist.model.rota import OnCallRota
from receptionist.model.worklist import FOUND, WorkItem

log = logging.getLogger(__name__)

EVERY_S = 3600.0


def _failed(error: Exception) -> None:
    log.warning("what will be lacking could not be written: %s", type(error).__name__)


class Lookout:
    """Brings gaps in rotas and warnings that end onto the work list. Main thread.

    What is no longer so leaves by itself, as void; what somebody settled does not come again.
    """

    def __init__(self, ground: Ground, work: WorkList, scripts: Scripts) -> None:
        self._ground, self._work, self._scripts = ground, work, scripts
        self._cancel: Callable[[], object] = lambda: None
        self._started = self._pending = False
        ground.listeners.add(self._on_event)

    def start(self) -> None:
        """Look now and from now on."""
        self._started = True
        self._again()

    def close(self) -> None:
        """Look no more."""
        self._started = False
        self._cancel()

    def look(self, then: Callable[[], object] = lambda: None, failed: Failed = _failed) -> None:
        """Look once; `then` when the list says what is so now."""
        now, directory = self._ground.clock.now(), self._ground.directory
        expiring = [item for one in directory.clients for item in self._expiring(one, now)]
        zones = {one.id: one.zone for one in directory.clients}
        rotas = [
            (one, zones[one.client_id]) for one in directory.current.rotas if one.client_id in zones
        ]
        self._work.bring(lambda: [*expiring, *_gaps(rotas, now)], FOUND, then, failed)

    def _again(self) -> None:
        if self._started:
            self.look()
            self._cancel = self._ground.later(EVERY_S, self._again)

    def _expiring(self, client: Client, now: datetime) -> tuple[WorkItem, ...]:
        until = (now + EXPIRING_AHEAD).astimezone(ZoneInfo(client.zone)).date()
        language = self._scripts.of(client).language
        warnings = self._scripts.expiring(client, until)
        return expiring_of(client.id, language, client.zone, warnings, now)

    def _on_event(self, event: DeskEvent) -> None:
        """Once for all that comes together."""
        changed = isinstance(event, DirectoryChanged | ScriptChanged)
        if changed and self._started and not self._pending:
            self._pending = True
            self._ground.post(self._changed)

    def _changed(self) -> None:
        self._pending = False
        if self._started:
            self.look()


def _gaps(rotas: list[tuple[OnCallRota, str]], now: datetime) -> list[WorkItem]:
    return [item for rota, zone in rotas for item in gaps_of(rota, zone, now)]
