"""The SIP messages of the last calls, for the provider's support. Loop thread only.

Kept as they were, in memory alone and bounded; what is given out is redacted.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from receptionist.phone.exchange.hops import Hop
from receptionist.phone.sip.message import Message, parse
from receptionist.phone.sip.reading import BadSip
from receptionist.phone.sip.redacting import LEFT_OUT, redacted

MOST_CALLS = 200
MOST_MESSAGES = 200
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    sent: bool
    hop: Hop
    data: bytes


class Traces:
    """The messages by Call-ID. The call that was heard of longest ago is forgotten first."""

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        most_calls: int = MOST_CALLS,
        most_messages: int = MOST_MESSAGES,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self._now = now
        self._most_calls = most_calls
        self._most_messages = most_messages
        self._most_bytes = most_bytes
        self._bytes = 0
        self._calls: OrderedDict[str, deque[_Seen]] = OrderedDict()

    def add(self, message: Message, hop: Hop, *, sent: bool) -> None:
        """Remember a message that was sent to `hop`, or came from there."""
        call_id = message.get("call-id")
        if not call_id:
            return
        seen = self._calls.setdefault(call_id, deque())
        self._calls.move_to_end(call_id)
        data = message.to_bytes()
        seen.append(_Seen(self._now(), sent, hop, data))
        self._bytes += len(data)
        if len(seen) > self._most_messages:
            self._bytes -= len(seen.popleft().data)
        while len(self._calls) > self._most_calls or self._over_size:
            _, forgotten = self._calls.popitem(last=False)
            self._bytes -= sum(len(one.data) for one in forgotten)

    def text(self, *call_ids: str) -> str:
        """The messages of these calls in their order, without secrets, names and whole numbers."""
        seen = [one for call_id in call_ids for one in self._calls.get(call_id, ())]
        return "\n".join(map(_shown, sorted(seen, key=lambda one: one.at)))

    @property
    def _over_size(self) -> bool:
        return self._bytes > self._most_bytes and len(self._calls) > 1


def _shown(seen: _Seen) -> str:
    way = "to" if seen.sent else "from"
    at = f"{seen.at:%Y-%m-%d %H:%M:%S}.{seen.at.microsecond // 1000:03d}"
    try:
        text = redacted(parse(seen.data)).replace("\r\n", "\n")
    except BadSip:
        text = LEFT_OUT
    return f"--- {at} UTC, {way} {seen.hop}\n{text}\n"
