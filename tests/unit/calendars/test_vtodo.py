"""A call-back as a task, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.calendars.vtodo import stored_task, task_over, written_task
from receptionist.model.task import StoredTask, Task

STAMP = datetime(2027, 1, 4, 8, tzinfo=UTC)
TASK = Task(uid="t-1", summary="Rückruf: Erika", text="Telefon: …\nwegen Montag", created=STAMP)


def todo_of(text: bytes) -> icalendar.Todo:
    return icalendar.Calendar.from_ical(text).todos[0]


def test_a_new_task() -> None:
    todo = todo_of(written_task(TASK, STAMP))
    assert (todo["UID"], todo["SUMMARY"], todo["STATUS"]) == ("t-1", TASK.summary, "NEEDS-ACTION")
    assert todo["DESCRIPTION"] == TASK.text
    assert (todo["CREATED"].dt, todo["DTSTAMP"].dt) == (STAMP, STAMP)
    assert "COMPLETED" not in todo


def test_done_and_open_again() -> None:
    done = task_over(written_task(TASK, STAMP).decode(), replace(TASK, done=True), STAMP)
    todo = todo_of(done)
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"], todo["COMPLETED"].dt) == (
        "COMPLETED",
        100,
        STAMP,
    )
    again = todo_of(task_over(done.decode(), TASK, STAMP))
    assert again["STATUS"] == "NEEDS-ACTION"
    assert "COMPLETED" not in again
    assert "PERCENT-COMPLETE" not in again


def test_how_far_the_owner_is_stays() -> None:
    text = written_task(TASK, STAMP).decode()
    text = text.replace("NEEDS-ACTION", "IN-PROCESS\r\nPERCENT-COMPLETE:40\r\nX-HIS:1")
    todo = todo_of(task_over(text, TASK, STAMP))
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"], todo["X-HIS"]) == ("IN-PROCESS", 40, "1")
    ticked = text.replace("IN-PROCESS", "COMPLETED\r\nCOMPLETED:20260101T000000Z")
    kept = todo_of(task_over(ticked, replace(TASK, done=True), STAMP))
    assert kept["COMPLETED"].dt == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "done"),
    [
        ("", False),
        ("STATUS:COMPLETED", True),
        ("STATUS:cancelled", True),
        ("STATUS:NEEDS-ACTION\r\nPERCENT-COMPLETE:100", False),
        ("COMPLETED:20260101T000000Z", True),
        ("PERCENT-COMPLETE:100", True),
        ("PERCENT-COMPLETE:99", False),
    ],
)
def test_every_way_to_tick_a_task(lines: str, done: bool) -> None:
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:t\r\n{lines}\r\nEND:VTODO\r\nEND:VCALENDAR"
    assert stored_task("h", "e", text) == StoredTask(href="h", etag="e", uid="t", done=done)


@pytest.mark.parametrize("text", ["", "rubbish", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_what_is_no_task(text: str) -> None:
    assert stored_task("h", "e", text) is None
    assert todo_of(task_over(text, TASK, STAMP))["UID"] == "t-1"


@settings(max_examples=60)
@given(summary=st.text(max_size=80), text=st.text(max_size=200), done=st.booleans())
def test_any_text_is_written(summary: str, text: str, done: bool) -> None:
    wanted = replace(TASK, summary=summary, text=text, done=done)
    written = written_task(wanted, STAMP).decode()
    assert stored_task("h", "e", written) == StoredTask(href="h", etag="e", uid="t-1", done=done)
    again = task_over(written, replace(wanted, done=not done), STAMP).decode()
    assert stored_task("h", "e", again) == StoredTask(href="h", etag="e", uid="t-1", done=not done)
