"""The page of a script that its client agrees to: on paper, and on the screen."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextDocument

from ui.printing import webpage
from ui.printing.webpage import WIDE, Look, Sizes
from ui.theme.palette import Palette

_BOX = re.compile(r'<div class="(say|instruct|warning)"[^>]*>(.*?)</div>', re.DOTALL)
_SIGNS = re.compile(r'<div class="sign"><div>(.*?)</div><div>(.*?)</div></div>')
_TABLE = re.compile(r"<table>")


def as_pdf(page: str, title: str) -> bytes:
    """The page on pages of A4."""
    return webpage.as_pdf(page, title, _LOOK)


def show(page: str, document: QTextDocument, palette: Palette) -> None:
    """Put the page into a document on the screen."""
    webpage.show(page, document, _LOOK, palette)


def _boxed(page: str) -> str:
    """With tables in place of what Qt's documents cannot draw a frame around."""
    page = _SIGNS.sub(
        rf'<p><br><br></p><table {WIDE}><tr><td class="sign" width="45%">\1</td>'
        rf'<td width="10%"></td><td class="sign" width="45%">\2</td></tr></table>',
        page,
    )
    page = page.replace("<th>", '<th width="30%">')
    page = _TABLE.sub(f'<table {WIDE} class="asked">', page)
    return _BOX.sub(lambda found: _box(found[1], found[2]), page)


def _box(kind: str, words: str) -> str:
    lines = words.replace("\n", "<br>")
    return f'<table {WIDE} class="box"><tr><td class="{kind}">{lines}</td></tr></table>'


def _style(palette: Palette, _sizes: Sizes) -> str:
    return f"""
table.asked th {{ text-align: left; vertical-align: top; padding: 4px 10px 4px 0; }}
table.asked td {{ vertical-align: top; padding: 4px 0; }}
table.box {{ margin-top: 2px; margin-bottom: 4px; }}
table.box td.say {{ background-color: {palette.accent_tint}; padding: 5px 10px;
  border-left: 4px solid {palette.accent}; }}
table.box td.instruct {{ border: 1px dashed {palette.attention}; padding: 5px 10px; }}
table.box td.warning {{ border: 2px solid {palette.danger}; padding: 5px 10px; }}
td.sign {{ border-top: 1px solid {palette.text}; padding-top: 4px; }}
"""


_LOOK = Look(_boxed, _style)
