"""Finds text that is cut off, elided or covered in a window as it stands on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ui.panels.booking import BookingPanel
from ui.widgets.stateline import StateLine
from ui.widgets.weekgrid import WeekGrid

_SLACK = 1
_ARROW = 34
"""What of a choice is no room for its words: padding and the arrow."""


def faults(window: QWidget) -> list[str]:
    """What is wrong with the visible text of `window`, one line each; empty when all is well."""
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    found: list[str] = []
    for widget in shown:
        found += (f"{_name(widget)}: {fault}" for fault in _own(widget))
        found += (f"{_name(widget)}: {fault}" for fault in _place(widget, window))
    found += _covered(shown, window)
    return found


def too_large(window: QWidget, width: int, height: int) -> list[str]:
    """Whether a window does not fit a screen of this size."""
    if window.width() <= width and window.height() <= height:
        return []
    return [f"{window.width()}×{window.height()}, the screen has {width}×{height}"]


def _own(widget: QWidget) -> Iterator[str]:
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            yield from look(widget)
            return


def _button(button: QAbstractButton) -> Iterator[str]:
    if button.width() + _SLACK < button.sizeHint().width():
        yield f"{button.width()} wide, needs {button.sizeHint().width()}"
    if isinstance(button, QPushButton) and button.height() + 2 < button.sizeHint().height():
        yield f"{button.height()} high, needs {button.sizeHint().height()}"


def _line(line: QLineEdit) -> Iterator[str]:
    text = line.text() or line.placeholderText()
    room = line.width() - 18
    needs = QFontMetrics(line.font()).horizontalAdvance(text)
    if needs > room and not (line.text() and line.hasFocus()):
        yield f"“{text}” needs {needs} of {room}"


def _choice(choice: QComboBox) -> Iterator[str]:
    words, room = choice.currentText(), choice.width() - _ARROW
    needs = QFontMetrics(choice.font()).horizontalAdvance(words)
    if needs > room:
        yield f"“{words}” needs {needs} of {room}"


def _week(grid: WeekGrid) -> Iterator[str]:
    return (f"“{words}” is cut off in the week" for words in grid.cut)


def _label(label: QLabel) -> Iterator[str]:
    text, room = label.text(), label.contentsRect()
    if not text:
        return
    metrics = QFontMetrics(label.font())
    if not label.wordWrap():
        needs = metrics.horizontalAdvance(text)
        if needs > room.width() + _SLACK:
            yield f"“{text}” needs {needs} of {room.width()}"
        if metrics.height() > room.height() + 2:
            yield f"“{text}” is {room.height()} high, needs {metrics.height()}"
        return
    flags = int(Qt.TextFlag.TextWordWrap)
    used = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), flags, text)
    if used.width() > room.width() + _SLACK or used.height() > room.height() + 2:
        yield f"“{text}” needs {used.width()}×{used.height()} of {room.width()}×{room.height()}"


def _out_of_sight(news: StateLine) -> Iterator[str]:
    """What became of a booking may not wait below the edge of what scrolls."""
    if not isinstance(news.parentWidget(), BookingPanel):
        return
    seen = news.visibleRegion().boundingRect()
    if seen.height() + _SLACK < news.height():
        yield f"“{news.words}” shows {seen.height()} of {news.height()}"


def _across(area: QScrollArea) -> Iterator[str]:
    inside = area.widget()
    never = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if never and inside is not None and inside.width() > area.viewport().width() + _SLACK:
        yield f"{inside.width()} wide inside, shows {area.viewport().width()}"


def _rows(view: QListView) -> Iterator[str]:
    for number in range(view.model().rowCount()):
        index = view.model().index(number, 0)
        needs, room = view.sizeHintForIndex(index), view.visualRect(index)
        if needs.height() > room.height() or room.width() > view.viewport().width():
            yield f"row {number} is {room.width()}×{room.height()}, needs {needs.height()}"


def _place(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Whether an ancestor that does not scroll cuts the widget off."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return
    parent = widget.parentWidget()
    inside = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    while parent is not None and parent is not window.parentWidget():
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea):
            return
        frame = QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
        if not frame.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(inside):
            yield f"is cut off by {_name(parent)}"
            return
        if parent is window:
            return
        parent = parent.parentWidget()


def _covered(shown: list[QWidget], window: QWidget) -> Iterator[str]:
    """Texts that lie on top of each other, wherever in the window they are.

    What lies over the rest on purpose has the property `overlay`.
    """
    texts = [w for w in shown if isinstance(w, QLabel | QAbstractButton | QLineEdit)]
    places = [(one, _visible(one, window), _overlay(one)) for one in texts]
    for number, (one, here, layer) in enumerate(places):
        for other, there, its_layer in places[number + 1 :]:
            shared = here.intersected(there)
            if layer is not its_layer or one.isAncestorOf(other) or other.isAncestorOf(one):
                continue
            if shared.width() > _SLACK and shared.height() > _SLACK:
                yield f"{_name(one)} covers {_name(other)}"


def _visible(widget: QWidget, window: QWidget) -> QRect:
    """What of a widget its ancestors let through, in the window."""
    rest = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window.parentWidget():
        rest = rest.intersected(QRect(parent.mapTo(window, QPoint(0, 0)), parent.size()))
        parent = None if parent is window else parent.parentWidget()
    return rest


def _overlay(widget: QWidget) -> QWidget | None:
    """The part that lies over the rest and holds this widget."""
    at: QWidget | None = widget
    while at is not None and not at.property("overlay"):
        at = at.parentWidget()
    return at


_LOOKS: tuple[tuple[type, Callable[..., Iterator[str]]], ...] = (
    (QLabel, _label),
    (QAbstractButton, _button),
    (QLineEdit, _line),
    (QComboBox, _choice),
    (StateLine, _out_of_sight),
    (QListView, _rows),
    (QScrollArea, _across),
    (WeekGrid, _week),
)


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} “{text[:40]}”" if text else type(widget).__name__
