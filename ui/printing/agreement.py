"""The page of a script that its client agrees to: on paper, and on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPdfWriter, QTextDocument

from ui.printing.paper import pdf, upright
from ui.theme.palette import LIGHT, Palette

_MARGINS_MM = QMarginsF(20, 18, 20, 18)
_DPI, _MARGIN_PX = 96, 16
_STYLE_OF_PAGE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BOX = re.compile(r'<div class="(say|instruct|warning)"[^>]*>(.*?)</div>', re.DOTALL)
_SIGNS = re.compile(r'<div class="sign"><div>(.*?)</div><div>(.*?)</div></div>')
_TABLE = re.compile(r"<table>")
_WIDE = 'width="100%" cellspacing="0"'


@dataclass(frozen=True, slots=True)
class _Sizes:
    title: str
    section: str
    heading: str
    text: str


_PAPER = _Sizes("17pt", "13pt", "10pt", "10pt")
_SCREEN = _Sizes("20px", "16px", "13px", "13px")


def as_pdf(page: str, title: str) -> bytes:
    """The page on pages of A4."""
    layout = upright(_MARGINS_MM)

    def draw(writer: QPdfWriter) -> None:
        writer.setResolution(_DPI)
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont("Inter")
        font.setStyleHint(QFont.StyleHint.SansSerif)
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(_style(LIGHT, _PAPER))
        document.setHtml(_boxed(page))
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(layout.paintRectPixels(_DPI).size()))
        document.print_(writer)

    return pdf(title, layout, draw)


def show(page: str, document: QTextDocument, palette: Palette) -> None:
    """Put the page into a document on the screen."""
    document.setDocumentMargin(_MARGIN_PX)
    document.setDefaultStyleSheet(_style(palette, _SCREEN))
    document.setHtml(_boxed(page))


def _boxed(page: str) -> str:
    """With tables in place of what Qt's documents cannot draw a frame around."""
    page = _STYLE_OF_PAGE.sub("", page)
    page = _SIGNS.sub(
        rf'<p><br><br></p><table {_WIDE}><tr><td class="sign" width="45%">\1</td>'
        rf'<td width="10%"></td><td class="sign" width="45%">\2</td></tr></table>',
        page,
    )
    page = page.replace("<th>", '<th width="30%">')
    page = _TABLE.sub(f'<table {_WIDE} class="asked">', page)
    return _BOX.sub(lambda found: _box(found[1], found[2]), page)


def _box(kind: str, words: str) -> str:
    lines = words.replace("\n", "<br>")
    return f'<table {_WIDE} class="box"><tr><td class="{kind}">{lines}</td></tr></table>'


def _style(palette: Palette, sizes: _Sizes) -> str:
    return f"""
body {{ color: {palette.text}; font-size: {sizes.text}; }}
pre {{ white-space: pre-wrap; }}
h1 {{ font-size: {sizes.title}; margin-bottom: 2px; }}
h2 {{ font-size: {sizes.section}; margin-top: 18px; margin-bottom: 4px; }}
h3 {{ font-size: {sizes.heading}; margin-top: 8px; margin-bottom: 2px; }}
.quiet {{ color: {palette.quiet}; margin-top: 4px; margin-bottom: 2px; }}
table.asked th {{ text-align: left; vertical-align: top; padding: 4px 10px 4px 0; }}
table.asked td {{ vertical-align: top; padding: 4px 0; }}
table.box {{ margin-top: 2px; margin-bottom: 4px; }}
table.box td.say {{ background-color: {palette.accent_tint}; padding: 5px 10px;
  border-left: 4px solid {palette.accent}; }}
table.box td.instruct {{ border: 1px dashed {palette.attention}; padding: 5px 10px; }}
table.box td.warning {{ border: 2px solid {palette.danger}; padding: 5px 10px; }}
td.sign {{ border-top: 1px solid {palette.text}; padding-top: 4px; }}
"""
