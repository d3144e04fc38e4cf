"""Messages that callers left: each is owed a call, and is listened to here."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from uuid import uuid5

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.owing import Owing
from receptionist.desk.switchboard import Switchboard
from receptionist.events import MessageLeft, PhoneMessage, StoreFailed
from receptionist.model.voice import KEEP_DAYS, Voice, VoiceKind
from receptionist.model.worklist import WorkItem
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5.0
_SHORTEST_S = 1
"""Who hangs up at the tone has left nothing; he was missed."""


class Messages:
    """Takes in what the phone recorded for callers. Main thread."""

    def __init__(
        self, ground: Ground, calls: Calls, owing: Owing, switchboard: Switchboard
    ) -> None:
        self._ground, self._calls, self._owing = ground, calls, owing
        switchboard.follow(PhoneMessage, self._left)

    def _left(self, event: PhoneMessage) -> None:
        call = self._calls.get(event.call_id)
        if call is None or event.seconds < _SHORTEST_S:
            log.info("a message of %s seconds is none", event.seconds)
            return
        at = self._ground.clock.now()
        client = self._ground.directory.remembered(call.client_id)
        message = Voice(
            id=uuid5(call.id, "message"),
            kind=VoiceKind.MESSAGE,
            call_id=call.id,
            client_id=call.client_id,
            file=Path(event.path).name,
            at=at,
            expires=at + timedelta(days=client.keep_days if client else KEEP_DAYS),
            seconds=event.seconds,
        )
        now = self._ground.clock.now()
        self._keep(message, self._owing.owed_anyway(call, Reason.MESSAGE_LEFT, now))

    def _keep(self, message: Voice, item: WorkItem) -> None:
        """Write both until the store has them; the item first, it is better there twice."""

        def write(store: Store) -> WorkItem | None:
            if store.voices.get(message.id) is not None:
                return None
            added = store.work.add(item)
            begun = store.voices.begin(message, None)
            return store.work.get(item.id) if begun or added else None

        def written(owed: WorkItem | None) -> None:
            if owed is not None:
                self._owing.written(owed)
                self._ground.listeners.tell(MessageLeft(message=message, item=owed))

        def failed(error: Exception) -> None:
            self._failed(error)
            self._ground.later(RETRY_AFTER_S, lambda: self._keep(message, item))

        self._ground.memory.submit(write, then=written, failed=failed)

    def _failed(self, error: Exception) -> None:
        log.error("messages could not be read or written: %s", type(error).__name__)
        self._ground.listeners.tell(StoreFailed(message=str(error)))
