"""The ways onto the main thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.doubles.desk import let_go
from ui import post as module
from ui.post import QtLater, QtPost


def test_what_a_worker_posts_runs_on_the_main_thread_in_order(qtbot: QtBot) -> None:
    post, seen = QtPost(), list[tuple[int, bool]]()

    def note(number: int) -> None:
        seen.append((number, threading.current_thread() is threading.main_thread()))

    worker = threading.Thread(target=lambda: [post(note, n) for n in range(100)])
    worker.start()
    worker.join()
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 100)
    assert seen == [(n, True) for n in range(100)]
    let_go(post)


def test_a_job_that_fails_is_logged_and_the_next_one_runs(
    qtbot: QtBot, errors_expected: None, caplog: pytest.LogCaptureFixture
) -> None:
    post, seen = QtPost(), list[int]()
    post(lambda: 1 / 0)
    post(seen.append, 2)
    qtbot.waitUntil(lambda: seen == [2])
    assert "a posted job failed" in caplog.text
    let_go(post)


def test_later_runs_once_and_can_be_taken_back(qtbot: QtBot) -> None:
    post, seen = QtPost(), list[str]()
    later = QtLater(post)
    kept = later(0.01, lambda: seen.append("kept"))
    later(0.01, lambda: seen.append("never"))()
    later(0.05, lambda: seen.append("last"))
    qtbot.waitUntil(lambda: "last" in seen)
    kept()
    kept()
    assert seen == ["kept", "last"]
    let_go(post)


def test_a_worker_that_is_late_finds_nobody_to_tell(qapp: QApplication) -> None:
    owner, ran = QObject(), list[int]()
    post = QtPost(owner)
    let_go(owner)
    post(ran.append, 1)
    qapp.processEvents()
    assert ran == []


def test_the_loop_gets_its_turn_between_many_jobs(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TURN_S", 0.0)
    post, seen = QtPost(), list[object]()
    others = QTimer(post)
    others.timeout.connect(lambda: seen.append("typed"))
    others.start(0)
    for number in range(4):
        post(seen.append, number)
    qtbot.waitUntil(lambda: 3 in seen)
    assert [one for one in seen if one != "typed"] == [0, 1, 2, 3]
    assert "typed" in seen[seen.index(0) : seen.index(3)]
    let_go(post)
