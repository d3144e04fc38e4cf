"""How the calls sound: what the library counts of their packets, told now and then.

Loop thread only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.events import PhoneQuality
from receptionist.model.emodel import mos_tenths
from receptionist.model.office import Srtp
from receptionist.phone.engine.leg import Leg

_EVERY_S = 5.0
_LOOK_S = 0.5
_AUDIO = 0
_SECURED = "SRTP status: Active"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the library has counted of one stream; a re-INVITE begins another."""

    codec: str
    encrypted: bool
    packets: int
    lost: int
    jitter_ms: int
    round_trip_ms: int


@dataclass(slots=True)
class Watched:
    """What was counted of a call: `before` in streams that are over, `told` when last told."""

    latest: Counted
    looked_at: float
    told_at: float
    before: tuple[int, int] = (0, 0)
    told: tuple[int, int] = field(default=(0, 0))

    @property
    def all(self) -> tuple[int, int]:
        """Packets that came, and that did not, since the call began."""
        came, lost = self.before
        return came + self.latest.packets, lost + self.latest.lost

    def take(self, counted: Counted) -> None:
        """A newer count."""
        if counted.packets < self.latest.packets:
            self.before = self.all
        self.latest = counted

    def quality(self, call_id: UUID, since: tuple[int, int]) -> PhoneQuality:
        """In words for the desk; loss is counted from `since` on."""
        came, lost = (one - before for one, before in zip(self.all, since, strict=True))
        loss = round(1000 * lost / (came + lost)) if came + lost else 0
        counted = self.latest
        return PhoneQuality(
            call_id=call_id,
            codec=counted.codec,
            encrypted=counted.encrypted,
            loss_permille=loss,
            jitter_ms=counted.jitter_ms,
            round_trip_ms=counted.round_trip_ms,
            mos_tenths=mos_tenths(counted.codec, loss, counted.jitter_ms, counted.round_trip_ms),
        )


class Measuring:
    """Looks at every call that is up; at its end, what was counted since its beginning counts."""

    def __init__(self, report: Callable[[Any], None]) -> None:
        self._report = report
        self._watched: dict[UUID, Watched] = {}

    def look_at(self, leg: Leg) -> None:
        """Once a turn."""
        now = time.monotonic()
        watched = self._watched.get(leg.call_id)
        if not leg.confirmed or (watched is not None and now < watched.looked_at + _LOOK_S):
            return
        counted = count(leg)
        if counted is None:
            return
        if watched is None:
            self._watched[leg.call_id] = Watched(counted, now, now)
            return
        watched.take(counted)
        watched.looked_at = now
        if now >= watched.told_at + _EVERY_S:
            self._report(watched.quality(leg.call_id, watched.told))
            watched.told, watched.told_at = watched.all, now

    def leave(self, leg: Leg) -> None:
        """A call is over: how it was on the whole."""
        watched = self._watched.pop(leg.call_id, None)
        if watched is not None:
            self._report(watched.quality(leg.call_id, (0, 0)))


def count(leg: Leg) -> Counted | None:
    """What is counted of a call now; None while it has no stream."""
    try:
        stream, counts = leg.getStreamInfo(_AUDIO), leg.getStreamStat(_AUDIO)
        secured = leg.account.line.srtp is not Srtp.OFF and _SECURED in leg.dump(True, "")
    except pj.Error:
        return None
    came = counts.rtcp.rxStat
    return Counted(
        codec=str(stream.codecName),
        encrypted=secured,
        packets=int(came.pkt),
        lost=int(came.loss),
        jitter_ms=round(came.jitterUsec.mean / 1000),
        round_trip_ms=round(counts.rtcp.rttUsec.last / 1000),
    )
