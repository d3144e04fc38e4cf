"""The page of what was handled for a client: on paper, and on the screen."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextDocument

from ui.printing import webpage
from ui.printing.webpage import WIDE, Look, Sizes
from ui.theme.palette import Palette, mixed

_SHADES = (0.12, 0.25, 0.4, 0.72, 1.0)
_EMPTY = 0.35
_KEPT = re.compile(r"<section>(.*?)</section>", re.DOTALL)


def as_pdf(page: str, title: str) -> bytes:
    """The page on pages of A4."""
    return webpage.as_pdf(page, title, _LOOK)


def show(page: str, document: QTextDocument, palette: Palette) -> None:
    """Put the page into a document on the screen."""
    webpage.show(page, document, _LOOK, palette)


def _fitted(page: str) -> str:
    """With tables as wide as the page, which Qt takes from attributes alone; what belongs together
    is the only cell of a table."""
    page = _KEPT.sub(rf'<table class="kept" {WIDE}><tr><td>\1</td></tr></table>', page)
    page = page.replace('<table class="rows">', f'<table class="rows" {WIDE}>')
    page = page.replace('<table class="sums">', f'<table class="sums" {WIDE}>')
    page = page.replace(
        '<table class="hours">', '<table class="hours" width="100%" cellspacing="1">'
    )
    return page.replace('<th class="day">', '<th class="day" width="16%">')


def _style(palette: Palette, sizes: Sizes) -> str:
    return f"""
.period {{ font-size: {sizes.heading}; margin-top: 2px; margin-bottom: 0; }}
.told {{ margin-top: 0; margin-bottom: 0; }}
td.sum {{ background-color: {palette.window}; padding: 6px 10px;
  border-right: 8px solid {palette.card}; }}
td.bad {{ background-color: {palette.danger_tint}; }}
td.sum b {{ font-size: {sizes.large}; }}
table.rows th {{ text-align: left; padding: 3px 8px 3px 0;
  border-bottom: 1px solid {palette.line}; }}
table.rows td {{ padding: 3px 8px 3px 0; border-bottom: 1px solid {palette.line}; }}
table.rows th.part {{ font-weight: normal; padding-left: 16px; }}
table.rows .number {{ text-align: right; white-space: nowrap; }}
table.rows .mostly {{ padding-left: 16px; white-space: nowrap; }}
table.sums {{ margin-top: 10px; margin-bottom: 8px; }}
table.rows {{ margin-bottom: 12px; }}
table.hours {{ margin-top: 4px; margin-bottom: 12px; }}
td.call {{ white-space: nowrap; }}
table.hours th {{ font-weight: normal; font-size: {sizes.small}; text-align: center; }}
table.hours th.day {{ text-align: left; }}
table.hours td {{ font-size: {sizes.small}; text-align: center; padding: 2px;
  background-color: {mixed(palette.line, palette.card, _EMPTY)}; }}
{_shades(palette)}"""


def _shades(palette: Palette) -> str:
    """The more there was, the more of the accent: five steps over the card."""
    rows = []
    for number, share in enumerate(_SHADES):
        ground = mixed(palette.accent, palette.card, share)
        darkest = number == len(_SHADES) - 1
        on_accent = darkest or (palette.dark and number == len(_SHADES) - 2)
        ink = palette.on_accent if on_accent else palette.text
        rows.append(f"table.hours td.s{number + 1} {{ background-color: {ground}; color: {ink}; }}")
    return "\n".join(rows)


_LOOK = Look(_fitted, _style)
