"""Paints the rows of the journal: colour, time and client, then who and what became of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.sheet import worn
from ui.widgets.icon import picture

_PAD, _DOT, _ICON, _GAP = 6, 8, 14, 8
_WRAP = int(Qt.TextFlag.TextWordWrap)
_BREAK = int(Qt.TextFlag.TextWrapAnywhere)
Index = QModelIndex | QPersistentModelIndex


class EntryRow(QStyledItemDelegate):
    """Rows of any height: text wraps, nothing is cut. `role` yields the entry to paint."""

    def __init__(self, view: QListView, role: int) -> None:
        super().__init__(view)
        self._view, self._role = view, role
        view.setWordWrap(True)  # Else rows keep their height when the view gets narrower.

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        width = self._view.viewport().width()
        title, detail = self._boxes(index, QRect(0, 0, width, 10_000))
        bottom = detail.bottom() if not detail.isEmpty() else title.bottom()
        return QSize(width, bottom + _PAD + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, palette = index.data(self._role), worn()
        rect: QRect = option.rect
        title, detail = self._boxes(index, rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.heading:
            painter.setFont(_font(self._view.font(), 12, strong=True))
            painter.setPen(QColor(palette.quiet))
            painter.drawText(title, _flags(painter.font(), entry.title, title), entry.title)
            painter.restore()
            return
        self._paint_ground(painter, option, rect)
        self._paint_marks(painter, rect, entry, title, detail)
        painter.setFont(_font(self._view.font(), 13))
        painter.setPen(QColor(palette.text))
        painter.drawText(title, _flags(painter.font(), _title(entry), title), _title(entry))
        painter.setFont(_font(self._view.font(), 12))
        painter.setPen(QColor(getattr(palette, entry.tone)))
        painter.drawText(detail, _flags(painter.font(), entry.detail, detail), entry.detail)
        self._paint_does(painter, option, entry, title)
        painter.restore()

    def _paint_marks(
        self, painter: QPainter, rect: QRect, entry: Any, title: QRect, detail: QRect
    ) -> None:
        """The client's colour beside the title, the icon beside the detail, or alone."""
        palette = worn()
        if entry.detail or not entry.icon:
            unknown = entry.colour is None
            strong = palette.quiet if unknown else palette.client(entry.colour).strong
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(strong))
            painter.drawEllipse(rect.left() + _PAD, title.top() + 4, _DOT, _DOT)
        if entry.icon:
            top = detail.top() if entry.detail else title.top()
            icon = picture(entry.icon, getattr(palette, entry.tone), _ICON)
            icon.paint(painter, QRect(rect.left() + 3, top + 1, _ICON, _ICON))

    def _paint_does(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Any, title: QRect
    ) -> None:
        """At the right, what Enter does; with its sign on the row that Enter would take."""
        words = _does(entry, selected=bool(option.state & QStyle.StateFlag.State_Selected))
        if not words:
            return
        painter.setFont(_font(self._view.font(), 12))
        painter.setPen(QColor(worn().quiet))
        room = QRect(title.right() + _GAP, title.top(), self._does_width(entry), title.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)

    def _does_width(self, entry: Any) -> int:
        words = _does(entry, selected=True)
        if not words:
            return 0
        return QFontMetrics(_font(self._view.font(), 12)).horizontalAdvance(words) + 2

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state
        palette = worn()
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(palette.accent), 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent_tint))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)

    @property
    def _room(self) -> int:
        """The width beside a scroll bar, also while none is there: texts break alike then."""
        bar = self._view.verticalScrollBar().sizeHint().width()
        return self._view.maximumViewportSize().width() - bar

    def _boxes(self, index: Index, rect: QRect) -> tuple[QRect, QRect]:
        entry = index.data(self._role)
        left = rect.left() if entry.heading else rect.left() + _PAD + _DOT + _GAP
        width = rect.left() + self._room - 1 - left - _PAD
        like, words = self._view.font().toString(), _title(entry)
        beside = self._does_width(entry)
        title = QRect(left, rect.top() + _PAD, width - beside - (_GAP if beside else 0), 0)
        pixels = 12 if entry.heading else 13
        title.setHeight(_height(like, pixels, words, title.width(), strong=entry.heading))
        if not entry.detail:
            return title, QRect()
        detail = QRect(left, title.bottom() + 3, width, 0)
        detail.setHeight(_height(like, 12, entry.detail, width))
        return title, detail


def _does(entry: object, *, selected: bool) -> str:
    words = str(getattr(entry, "does", ""))
    return f"{words} ⏎" if words and selected else words


@lru_cache(maxsize=4096)
def _height(like: str, pixels: int, text: str, width: int, *, strong: bool = False) -> int:
    """How tall a text is in this width. Kept, because a view measures all its rows again."""
    base = QFont()
    base.fromString(like)
    font = _font(base, pixels, strong=strong)
    room = QRect(0, 0, width, 10_000)
    return QFontMetrics(font).boundingRect(room, _flags(font, text, room), text).height()


def _title(entry: object) -> str:
    time, title = getattr(entry, "time", ""), getattr(entry, "title", "")
    return f"{time}  {title}" if time else str(title)


def _flags(font: QFont, text: str, room: QRect) -> int:
    """Break between words, inside one only if it is longer than the line."""
    longest = max(text.split(), key=len, default="")
    fits = QFontMetrics(font).horizontalAdvance(longest) <= room.width()
    return _WRAP if fits else _BREAK


def _font(like: QFont, pixels: int, *, strong: bool = False) -> QFont:
    font = QFont(like)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font
