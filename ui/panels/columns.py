"""Where the panels stand: three columns whose borders can be moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.theme.sheet import BETWEEN

_NARROWEST = (260, 560, 372)
_USUAL = [260, 674, 384]


def columns(left: QWidget, middle: QWidget, right: QWidget) -> QSplitter:
    """Three columns; the middle and the right one share what room there is."""
    splitter = _splitter("columns", Qt.Orientation.Horizontal)
    for widget, narrowest in zip((left, middle, right), _NARROWEST, strict=True):
        widget.setMinimumWidth(narrowest)
        splitter.addWidget(widget)
    for number in range(splitter.count()):
        splitter.setStretchFactor(number, 1 if number else 0)
    splitter.setSizes(_USUAL)
    return _named(splitter)


def sharing(upper: QWidget, lower: QWidget) -> QSplitter:
    """Two panels above each other that share the height."""
    splitter = _splitter("left", Qt.Orientation.Vertical)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    splitter.setSizes([250, 430])
    return _named(splitter)


def standing_on(upper: QWidget, lower: QWidget) -> QSplitter:
    """Two panels above each other: the upper one takes what height the lower one leaves."""
    splitter = _splitter("right", Qt.Orientation.Vertical)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    splitter.setSizes([1000, 1])
    return _named(splitter)


def one_below_another(*panels: QWidget) -> QWidget:
    """Panels above each other, each as high as it needs."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(BETWEEN)
    for panel in panels:
        column.addWidget(panel)
    return widget


def framed(top: QWidget, notices: Sequence[QWidget], body: QWidget, bottom: QWidget) -> QWidget:
    """The whole window: a bar at the top, the body with air around it, a bar at the bottom.

    `notices` stand above the body, each while it has something to say.
    """
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    air = QVBoxLayout()
    air.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
    air.setSpacing(BETWEEN)
    for notice in notices:
        air.addWidget(notice)
    air.addWidget(body, 1)
    column.addWidget(top)
    column.addLayout(air, 1)
    column.addWidget(bottom)
    return widget


def _named(splitter: QSplitter) -> QSplitter:
    for number in range(1, splitter.count()):
        splitter.handle(number).setAccessibleName(_("Border between panels"))
    return splitter


def _splitter(name: str, orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(BETWEEN)
    splitter.setChildrenCollapsible(False)
    return splitter
