"""How a call sounds and whether it is encrypted, in words."""

from __future__ import annotations

from receptionist.i18n import _, language
from receptionist.model.quality import Quality

_GOOD_MOS, _FAIR_MOS = 36, 31
_LOST_PERMILLE = 30


def sounds(quality: Quality) -> tuple[str, str]:
    """In one or two words, and the tone of them."""
    if not quality.mos_tenths:
        return _("sound not measured yet"), "quiet"
    if quality.mos_tenths < _FAIR_MOS or quality.loss_permille >= _LOST_PERMILLE:
        return _("sound breaks up"), "danger"
    if quality.mos_tenths < _GOOD_MOS:
        return _("sound is poor at times"), "attention"
    return _("sound is good"), "quiet"


def badge(quality: Quality) -> tuple[str, str]:
    """The words for a card, and their tone: sound first, then whether others can listen in."""
    words, tone = sounds(quality)
    return f"{words} · {_cipher(quality)}", tone


def details(quality: Quality, worst: Quality | None) -> str:
    """Everything that is measured, for whoever asks for it."""
    parts = [
        quality.codec or _("codec unknown"),
        _("lost {percent} %").format(percent=_tenth(quality.loss_permille)),
        _("jitter {ms} ms").format(ms=quality.jitter_ms),
        _("there and back {ms} ms").format(ms=quality.round_trip_ms)
        if quality.round_trip_ms
        else _("there and back unknown"),
        _("MOS {mos}").format(mos=_tenth(quality.mos_tenths)) if quality.mos_tenths else "",
        _cipher(quality),
    ]
    words = " · ".join(part for part in parts if part)
    if worst is not None and worst.mos_tenths and worst.mos_tenths < quality.mos_tenths:
        mos, percent = _tenth(worst.mos_tenths), _tenth(worst.loss_permille)
        lowest = _("At its worst: MOS {mos}, lost {percent} %").format(mos=mos, percent=percent)
        return f"{words}\n{lowest}"
    return words


def _cipher(quality: Quality) -> str:
    return _("encrypted") if quality.encrypted else _("not encrypted")


def _tenth(tenths: int) -> str:
    whole, rest = divmod(tenths, 10)
    return f"{whole}{',' if language() == 'de' else '.'}{rest}"
