"""Messages that callers left: each is owed a call, and is listened to here."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from uuid import uuid5

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.journal import Journal
from receptionist.desk.switchboard import Switchboard
from receptionist.events import CallBackAdded, MessageLeft, PhoneMessage, StoreFailed
from receptionist.model.call import Call, CallBack
from receptionist.model.voice import KEEP_DAYS, Voice, VoiceKind
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5.0
_SHORTEST_S = 1
"""Who hangs up at the tone has left nothing; he was missed."""


class Messages:
    """Takes in what the phone recorded for callers. Main thread."""

    def __init__(
        self, ground: Ground, calls: Calls, journal: Journal, switchboard: Switchboard
    ) -> None:
        self._ground, self._calls, self._journal = ground, calls, journal
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
        self._keep(message, self._owed(call))

    def _owed(self, call: Call) -> CallBack:
        """A call back, also to who left no number: he may have said it."""
        now = self._ground.clock.now()
        return self._journal.owed(call, Reason.MESSAGE_LEFT, now) or CallBack(
            id=uuid5(call.id, "call back"),
            client_id=call.client_id,
            number="",
            name=call.caller_name or call.caller.name,
            reason=Reason.MESSAGE_LEFT,
            created=now,
            call_id=call.id,
        )

    def _keep(self, message: Voice, call_back: CallBack) -> None:
        """Write both until the store has them; the call-back first, it is better there twice."""

        def write(store: Store) -> bool:
            if store.voices.get(message.id) is not None:
                return False
            added = store.add_call_back(call_back)
            return store.voices.begin(message, None) or added

        def written(new: bool) -> None:
            if new:
                self._ground.listeners.tell(CallBackAdded(call_back=call_back))
                self._ground.listeners.tell(MessageLeft(message=message, call_back=call_back))

        def failed(error: Exception) -> None:
            self._failed(error)
            self._ground.later(RETRY_AFTER_S, lambda: self._keep(message, call_back))

        self._ground.memory.submit(write, then=written, failed=failed)

    def _failed(self, error: Exception) -> None:
        log.error("messages could not be read or written: %s", type(error).__name__)
        self._ground.listeners.tell(StoreFailed(message=str(error)))
