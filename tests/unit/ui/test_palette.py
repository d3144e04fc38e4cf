"""Colours can be read and told apart, in both palettes."""

from __future__ import annotations

import itertools
import math

import pytest

from receptionist.model.client import COLOURS
from ui.theme.palette import DARK, LIGHT, Palette
from ui.theme.sheet import sheet

READABLE = 4.5
APART = 20.0
"""Smallest distance of two client colours in CIELAB (CIE 1976); about 2.3 is just noticeable."""

both = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def _linear(colour: str) -> tuple[float, ...]:
    shares = (byte / 255 for byte in bytes.fromhex(colour[1:]))
    return tuple(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    weights = (0.2126, 0.7152, 0.0722)
    levels = [sum(w * x for w, x in zip(weights, _linear(c), strict=True)) for c in (one, other)]
    return (max(levels) + 0.05) / (min(levels) + 0.05)


def _lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    parts = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _pairs(palette: Palette) -> list[tuple[str, str, str]]:
    grounds = ("window", "card", "hover", "accent_tint")
    pairs = [(ink, ground) for ink in ("text", "quiet") for ground in grounds]
    pairs += [(tone, f"{tone}_tint") for tone in ("good", "attention", "danger", "accent")]
    pairs += [(tone, "card") for tone in ("good", "attention", "danger", "accent")]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover")]
    return [(f"{a} on {b}", getattr(palette, a), getattr(palette, b)) for a, b in pairs]


@both
def test_every_text_is_readable_on_its_ground(palette: Palette) -> None:
    weak = {name: _contrast(a, b) for name, a, b in _pairs(palette) if _contrast(a, b) < READABLE}
    assert weak == {}


@both
def test_client_colours_are_readable(palette: Palette) -> None:
    weak = []
    for colour in palette.clients:
        for what, ink, ground in (
            ("strong on tint", colour.strong, colour.tint),
            ("initials", colour.on_strong, colour.strong),
            ("text", palette.text, colour.tint),
            ("quiet", palette.quiet, colour.tint),
        ):
            if _contrast(ink, ground) < READABLE:
                weak.append(f"{colour.name}, {what}: {_contrast(ink, ground):.2f}")
    assert weak == []


@both
def test_client_colours_are_told_apart(palette: Palette) -> None:
    close = [
        f"{one.name} and {other.name}"
        for one, other in itertools.combinations(palette.clients, 2)
        if math.dist(_lab(one.strong), _lab(other.strong)) < APART
    ]
    assert close == []


@both
def test_every_name_of_a_colour_has_its_shade(palette: Palette) -> None:
    assert tuple(colour.name for colour in palette.clients) == COLOURS
    assert palette.client(len(COLOURS) + 1) == palette.clients[1]


@both
def test_the_style_sheet_uses_every_client_colour(palette: Palette) -> None:
    text = sheet(palette, "arrow.svg", "tick.svg")
    assert "$" not in text
    for colour in palette.clients:
        assert colour.strong in text
        assert colour.tint in text
