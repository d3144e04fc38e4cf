"""Garbage ends on the main thread, whoever makes it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.collecting import Collecting

CEILING_MS = 20_000


@pytest.fixture
def collecting(qapp: QApplication) -> Iterator[Collecting]:
    """It works, and ends as the tests want it: they collect by themselves."""
    enabled = gc.isenabled()
    collecting = Collecting(qapp)
    yield collecting
    collecting.stop()
    collecting.deleteLater()
    QApplication.sendPostedEvents(collecting, QEvent.Type.DeferredDelete)
    if enabled:
        gc.enable()


def _litter() -> list[object]:
    """More than any threshold, each alone in a circle."""
    circles: list[object] = []
    for _count in range(5 * gc.get_threshold()[0]):
        circle: list[object] = []
        circle.append(circle)
        circles.append(circle)
    return circles


@pytest.mark.usefixtures("collecting")
def test_what_a_worker_leaves_ends_on_the_main_thread(qtbot: QtBot) -> None:
    ended: list[str] = []

    def left_behind() -> None:
        thing = QObject()
        thing.destroyed.connect(
            lambda: ended.append(threading.current_thread().name),
            Qt.ConnectionType.DirectConnection,
        )
        circle: list[object] = [thing]
        circle.append(circle)

    left_behind()
    worker = threading.Thread(target=_litter, name="worker")
    worker.start()
    worker.join()
    assert ended == []
    qtbot.waitUntil(lambda: bool(ended), timeout=CEILING_MS)
    assert ended == [threading.main_thread().name]
