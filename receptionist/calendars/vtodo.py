"""A call-back as a task of the owner's (RFC 5545 3.6.2), and back. Pure; any worker."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Todo
from icalendar.cal import Component

from receptionist.calendars.ical import found_in, said
from receptionist.calendars.vevent import empty, say
from receptionist.model.task import StoredTask, Task

_DONE = ("COMPLETED", "CANCELLED")


def written_task(task: Task, stamp: datetime) -> bytes:
    """A new task; `stamp` is DTSTAMP, UTC."""
    calendar, todo = empty(), Todo()
    todo.add("uid", task.uid)
    todo.add("created", task.created.astimezone(UTC))
    calendar.add_component(todo)
    _fill(todo, task, stamp)
    return bytes(calendar.to_ical())


def task_over(text: str, task: Task, stamp: datetime) -> bytes:
    """The stored task with our texts, and done or not; what its owner added stays.

    An object that cannot be read, or that does not hold the task, is replaced.
    """
    found = found_in(text, lambda calendar: _todo(calendar, task.uid))
    if found is None:
        return written_task(task, stamp)
    calendar, todo = found
    _fill(todo, task, stamp)
    return bytes(calendar.to_ical())


def stored_task(href: str, etag: str, text: str) -> StoredTask | None:
    """The first task in an object; None if there is none that can be read."""
    found = found_in(text, lambda calendar: _todo(calendar, ""))
    if found is None:
        return None
    _calendar, todo = found
    return StoredTask(href=href, etag=etag, uid=said(todo, "UID"), done=_done(todo))


def _todo(calendar: Calendar, uid: str) -> Component | None:
    todos = (todo for todo in calendar.walk("VTODO") if not uid or said(todo, "UID") == uid)
    return next(todos, None)


def _done(todo: Component) -> bool:
    """Programs that tick a task write all of these, or only one of them."""
    status = said(todo, "STATUS").upper()
    if status:
        return status in _DONE
    return "COMPLETED" in todo or said(todo, "PERCENT-COMPLETE") == "100"


def _fill(todo: Component, task: Task, stamp: datetime) -> None:
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        todo.pop(name, None)
        todo.add(name, stamp.astimezone(UTC))
    say(todo, "SUMMARY", task.summary)
    say(todo, "DESCRIPTION", task.text)
    if "STATUS" in todo and _done(todo) == task.done:
        return
    for name in ("STATUS", "COMPLETED", "PERCENT-COMPLETE"):
        todo.pop(name, None)
    todo.add("status", "COMPLETED" if task.done else "NEEDS-ACTION")
    if task.done:
        todo.add("completed", stamp.astimezone(UTC))
        todo.add("percent-complete", 100)
