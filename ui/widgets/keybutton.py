"""Buttons that show the key that does the same."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from ui.theme.sheet import worn
from ui.widgets.icon import picture
from ui.widgets.label import wear

_GAP = 4
_PAD = 12
_HINT_PX = 11
_SLOT_PX, _WHO_PX = 52, 16


def literal(text: str) -> str:
    """`text` for a button, where an ampersand would mean a mnemonic."""
    return text.replace("&", "&&")


class KeyButton(QPushButton):
    """A push button with the name of its key in a small frame at the right.

    A mouse click does not take the focus away from what is being typed.
    """

    def __init__(self, text: str, hint: str = "", kind: str = "", name: str = "") -> None:
        super().__init__(literal(text))
        self._hint = hint
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setAccessibleDescription(hint)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @property
    def hint(self) -> str:
        """The key shown, e.g. `F8`."""
        return self._hint

    def show_hint(self, hint: str) -> None:
        """Show another key, or ("") none."""
        if hint != self._hint:
            self._hint = hint
            self.setAccessibleDescription(hint)
            self.updateGeometry()
            self.update()

    def relabel(self, text: str, kind: str | None = None) -> None:
        """Show another text, and wear another kind of the style sheet."""
        if self.text() != literal(text):
            self.setText(literal(text))
            self.setAccessibleName(text)
            self.updateGeometry()
        if kind is not None:
            wear(self, kind=kind)

    def sizeHint(self) -> QSize:  # noqa: N802
        size = super().sizeHint()
        tallest = 24 if self.property("kind") in ("quiet", "chip", "step") else 34
        return QSize(size.width() + self._hint_width(), max(size.height(), tallest))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(option.rect)
        option.rect = whole.adjusted(0, 0, -self._hint_width(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self._hint:
            self._paint_hint(painter, QRectF(whole))
        painter.end()

    def _hint_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_HINT_PX)
        font.setWeight(QFont.Weight.Normal)
        return font

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return QFontMetrics(self._hint_font()).horizontalAdvance(self._hint) + 10 + self._gap()

    def _gap(self) -> int:
        """Between words and key; the padding of the button comes on top of it."""
        return 2 * _GAP if self.property("kind") in ("quiet", "chip") else _GAP

    def _hint_box(self, whole: QRectF, width: float) -> QRectF:
        return QRectF(whole.right() - width - 10, whole.center().y() - 9, width, 18)

    def _paint_hint(self, painter: QPainter, whole: QRectF) -> None:
        width = self._hint_width() - self._gap()
        box = self._hint_box(whole, width)
        palette = worn()
        kind = self.property("kind")
        inverted = self.isEnabled() and (kind == "primary" or (self.isChecked() and kind != "slot"))
        ink = QColor(palette.on_accent if inverted else palette.quiet)
        if kind == "danger" and self.isEnabled():
            ink = QColor(palette.danger)
        frame = QColor(ink)
        frame.setAlphaF(0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(frame, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(ink)
        painter.setFont(self._hint_font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)


class PictureButton(KeyButton):
    """A picture alone, for what is seldom wanted; name and key are told by tooltip and reader."""

    def __init__(self, name: str, icon: str, hint: str) -> None:
        super().__init__("", name=name)
        self._icon = icon
        self.setAccessibleDescription(hint)
        self.setToolTip(f"{name}  {hint}")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(40, 34)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        place = QRect(0, 0, 18, 18)
        place.moveCenter(self.rect().center())
        painter = QPainter(self)
        picture(self._icon, worn().text, 18).paint(painter, place)
        painter.end()


class SlotButton(KeyButton):
    """A free time: the day in words, below it the time, large, how it is said, and the key; with
    whom in a line of its own."""

    def __init__(self, hint: str) -> None:
        super().__init__("", hint, "slot")
        self._day = self._time = self._said = self._who = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_slot(self, day: str, time: str, spoken: str, said: str = "", who: str = "") -> None:
        """Show day and time; `spoken` is read by a screen reader, `said` where there is room."""
        self._day, self._time, self._said, self._who = day, time, said, who
        self.setAccessibleName(spoken)
        self.setToolTip(f"<qt>{escape(spoken)}</qt>")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        words = QFontMetrics(self._day_font()).horizontalAdvance(self._day)
        times = QFontMetrics(self._time_font()).horizontalAdvance(self._time)
        height = _SLOT_PX + (_WHO_PX if self._who else 0)
        return QSize(2 * _PAD + max(words, times + _GAP + self._hint_width()), height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        room = QRectF(self.rect()).adjusted(_PAD, 5, -_PAD, -5)
        quiet, small = QColor(worn().text if self.isChecked() else worn().quiet), self._day_font()
        painter = QPainter(self)
        painter.setPen(quiet)
        painter.setFont(small)
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._day)
        below = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        if self._who:
            metrics = QFontMetrics(small)
            name = metrics.elidedText(self._who, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, below, name)
            room.adjust(0, 0, 0, -_WHO_PX)
        painter.setPen(QColor(worn().text))
        painter.setFont(self._time_font())
        painter.drawText(room, below, self._time)
        self._paint_said(painter, room, quiet)
        painter.end()

    def _paint_said(self, painter: QPainter, room: QRectF, ink: QColor) -> None:
        """Beside the time, where it does not come near the key."""
        times = QFontMetrics(self._time_font()).horizontalAdvance(self._time) + 2 * _GAP
        width = QFontMetrics(self._day_font()).horizontalAdvance(self._said)
        if times + width + _GAP <= room.width() - self._hint_width():
            painter.setPen(ink)
            painter.setFont(self._day_font())
            place = room.adjusted(times, 0, 0, -2)
            below = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, below, self._said)

    def _hint_box(self, whole: QRectF, width: float) -> QRectF:
        bottom = whole.bottom() - 26 - (_WHO_PX if self._who else 0)
        return QRectF(whole.right() - width - 10, bottom, width, 18)

    def _day_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        return font

    def _time_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(18)
        font.setWeight(QFont.Weight.DemiBold)
        return font
