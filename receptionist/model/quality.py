"""How a call sounds here: its codec, what the network loses of it, and an estimate of both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """As measured at one moment, or the worst of several.

    `loss_permille` of the packets, `jitter_ms` and `round_trip_ms` (0 if not known), `mos_tenths`
    an estimate by the E-model (ITU-T G.107), 10 to 45, 0 if not known.
    """

    codec: str = ""
    encrypted: bool = False
    loss_permille: int = 0
    jitter_ms: int = 0
    round_trip_ms: int = 0
    mos_tenths: int = 0

    def worst(self, other: Quality) -> Quality:
        """The worse of each; the codec is that of the worse estimate."""
        known = [one for one in (self, other) if one.mos_tenths]
        lower = min(known, key=lambda one: one.mos_tenths, default=other)
        return Quality(
            codec=lower.codec,
            encrypted=self.encrypted and other.encrypted,
            loss_permille=max(self.loss_permille, other.loss_permille),
            jitter_ms=max(self.jitter_ms, other.jitter_ms),
            round_trip_ms=max(self.round_trip_ms, other.round_trip_ms),
            mos_tenths=lower.mos_tenths,
        )
