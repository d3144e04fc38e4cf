"""Paints the rows of the journal: colour, time and client, then who and what became of it."""

from __future__ import annotations

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
        strong = palette.quiet if entry.colour is None else palette.client(entry.colour).strong
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(strong))
        painter.drawEllipse(rect.left() + _PAD, title.top() + 4, _DOT, _DOT)
        painter.setFont(_font(self._view.font(), 13))
        painter.setPen(QColor(palette.text))
        painter.drawText(title, _flags(painter.font(), _title(entry), title), _title(entry))
        painter.setFont(_font(self._view.font(), 12))
        painter.setPen(QColor(getattr(palette, entry.tone)))
        painter.drawText(detail, _flags(painter.font(), entry.detail, detail), entry.detail)
        icon = picture(entry.icon, getattr(palette, entry.tone), _ICON)
        icon.paint(painter, QRect(rect.left() + 3, detail.top() + 1, _ICON, _ICON))
        painter.restore()

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

    def _boxes(self, index: Index, rect: QRect) -> tuple[QRect, QRect]:
        entry = index.data(self._role)
        left = rect.left() if entry.heading else rect.left() + _PAD + _DOT + _GAP
        width = rect.right() - left - _PAD
        size, top = (12, rect.top() + _PAD) if entry.heading else (13, rect.top() + _PAD)
        font = _font(self._view.font(), size, strong=entry.heading)
        title = _wrapped(font, _title(entry), QRect(left, top, width, 10_000))
        if not entry.detail:
            return title, QRect()
        font = _font(self._view.font(), 12)
        below = QRect(left, title.bottom() + 3, width, 10_000)
        return title, _wrapped(font, entry.detail, below)


def _title(entry: object) -> str:
    time, title = getattr(entry, "time", ""), getattr(entry, "title", "")
    return f"{time}  {title}" if time else str(title)


def _wrapped(font: QFont, text: str, room: QRect) -> QRect:
    used = QFontMetrics(font).boundingRect(room, _flags(font, text, room), text)
    return QRect(room.left(), room.top(), room.width(), used.height())


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
