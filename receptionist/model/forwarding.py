"""Call forwarding: the codes with which a client sends his calls to us, and whether they arrive."""

from __future__ import annotations

from enum import StrEnum


class ForwardingOutcome(StrEnum):
    """What became of a test call to the number that should be forwarded."""

    MATCHED = "matched"
    OTHER_CLIENT = "other-client"
    UNKNOWN_NUMBER = "unknown-number"
    BUSY = "busy"
    ANSWERED = "answered"
    REFUSED = "refused"
    NEVER_ARRIVED = "never-arrived"
    NOT_DIALLED = "not-dialled"
