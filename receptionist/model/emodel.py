"""How good a call sounds, estimated from what the network does to it: the E-model. Pure.

ITU-T G.107 (06/2015) with its default values: R = Ro - Is - Id - Ie,eff + A, where Ro - Is is 93.2
and A is 0. Codec impairments are from ITU-T G.113 Appendix I. A wideband codec is rated on the
same narrowband scale, as if it were G.711: what is compared is the network.
"""

from __future__ import annotations

_RATING = 93.2
"""G.107 table 3: the rating with all parameters at their defaults."""

_ROBUSTNESS = {"PCMA": 25.1, "PCMU": 25.1, "G722": 25.1, "ILBC": 32.0}
"""Bpl, packet-loss robustness (G.113 table I.3; G.711 with concealment). 10 for those not named."""

_IMPAIRMENT = {"GSM": 20.0, "ILBC": 11.0}
"""Ie, equipment impairment without loss (G.113 table I.1); 0 for those not named."""

_PLAYED_MS = 40.0
"""What packets and the jitter buffer cost beside the way, when jitter is small."""


def rating(codec: str, loss: float, delay_ms: float) -> float:
    """R for a share of lost packets (0 to 1) and a delay from mouth to ear."""
    name = codec.upper().partition("/")[0]
    ie, bpl = _IMPAIRMENT.get(name, 0.0), _ROBUSTNESS.get(name, 10.0)
    percent = 100 * loss
    equipment = ie + (95 - ie) * percent / (percent + bpl)  # G.107 7.5 with BurstR 1
    return _RATING - _delay_impairment(delay_ms) - equipment


def mean_opinion(r: float) -> float:
    """MOS of a rating, 1 to 4.5 (G.107 annex B)."""
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)


def mos_tenths(codec: str, loss_permille: int, jitter_ms: int, round_trip_ms: int) -> int:
    """The estimate for what is measured of a call, in tenths."""
    delay_ms = round_trip_ms / 2 + _PLAYED_MS + 2 * jitter_ms
    return round(10 * mean_opinion(rating(codec, loss_permille / 1000, delay_ms)))


def _delay_impairment(delay_ms: float) -> float:
    """Id by the well-known approximation of G.107 7.4 without echo."""
    return 0.024 * delay_ms + (0.11 * (delay_ms - 177.3) if delay_ms > 177.3 else 0.0)
