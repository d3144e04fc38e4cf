"""The command `doctor`: is everything there, and what to do about the rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter, Heard
from receptionist.errors import CalendarRefused, CredentialsError, ReceptionistError
from receptionist.events import DeskEvent, EngineState, LineChanged, LineState
from receptionist.i18n import N_, _
from receptionist.model.busy import CalendarFound
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.office import Line
from receptionist.reasons import Reason, sentence

ENGINE_S = 20.0
LINE_S = 15.0

_SETTLED = (LineState.READY, LineState.REFUSED, LineState.UNREACHABLE, LineState.STOPPED)


def _check(what: str, key: str, ok: bool, state: str, advice: str = "") -> dict[str, Any]:
    return {"what": what, "key": key, "ok": ok, "state": state, "advice": "" if ok else advice}


def _doctor(counter: Counter, request: Request) -> Outcome:
    checks = [_database(counter), _keyring(counter)]
    with counter.listening() as heard:
        counter.start_phone()
        checks += _engine(counter, heard)
        checks += _lines(counter, heard)
    desk = counter.desk
    for client in desk.directory.clients:
        calendar = desk.directory.calendar(client.id)
        checks.append(_calendar(counter, client, calendar))
    ok = all(check["ok"] for check in checks)
    return Outcome({"ok": ok, "checks": checks}, Exit.OK if ok else Exit.FAILED)


def _database(counter: Counter) -> dict[str, Any]:
    directory = counter.desk.directory
    count = len(directory.clients)
    advice = _("There are no clients yet. Bring them in with `python3 run.py import FILE`.")
    return _check("database", "", count > 0, _("{count} clients").format(count=count), advice)


def _keyring(counter: Counter) -> dict[str, Any]:
    passwords = counter.desk.passwords
    try:
        counter.ask(passwords.check)
    except CredentialsError as error:
        return _check("keyring", "", False, _("cannot be used"), str(error))
    words = _("works") if passwords.persistent else _("passwords are kept in memory only")
    return _check("keyring", "", True, words)


def _engine(counter: Counter, heard: Heard) -> list[dict[str, Any]]:
    switchboard = counter.desk.switchboard

    def is_ready(event: DeskEvent) -> bool:
        return switchboard.engine.state is EngineState.READY

    ready = switchboard.engine.state is EngineState.READY or heard.until(is_ready, ENGINE_S)
    advice = _("The phone does not start. The log in the data directory says why.")
    checks = [_check("phone", "", ready, _("ready") if ready else _("not started"), advice)]
    if ready:
        audio = switchboard.engine.audio
        advice = _(
            "Plug in a headset, or name the devices in settings.toml, in the data directory."
        )
        silent = switchboard.engine.silent
        checks.append(_check("audio", "", not silent, audio or _("no devices"), advice))
    return checks


def _lines(counter: Counter, heard: Heard) -> list[dict[str, Any]]:
    """Wait until every line has an answer, then say which."""
    switchboard, lines = counter.desk.switchboard, counter.desk.directory.lines

    def settled(event: DeskEvent | None = None) -> bool:
        states = switchboard.line_states
        return all(line.id in states and states[line.id].state in _SETTLED for line in lines)

    if not settled():
        heard.until(settled, LINE_S)
    if not lines:
        advice = _("Add a line to the office file.")
        return [_check("line", "", False, _("there is none"), advice)]
    states = switchboard.line_states
    return [_line(line, states.get(line.id)) for line in lines]


def _line(line: Line, changed: LineChanged | None) -> dict[str, Any]:
    if changed is None:
        return _check("line", line.key, False, _("not tried"), _("The phone does not run."))
    words = {
        LineState.CONNECTING: _("no answer yet"),
        LineState.READY: _("registered") if line.register else _("ready (trunk)"),
        LineState.REFUSED: _("refused"),
        LineState.UNREACHABLE: _("not reachable"),
        LineState.STOPPED: _("switched off"),
    }[changed.state]
    advice = sentence(changed.reason) or sentence(Reason.LINE_UNREACHABLE)
    if changed.reason is Reason.PASSWORD_MISSING:
        advice = _password_advice(line.key)
    return _check("line", line.key, changed.state is LineState.READY, words, advice)


def _calendar(counter: Counter, client: Client, calendar: OwnerCalendar | None) -> dict[str, Any]:
    if calendar is None:
        return _check(
            "calendar", client.key, False, _("there is none"), sentence(Reason.NO_CALENDAR)
        )
    account = counter.desk.directory.account(calendar.account_id)
    started = time.monotonic()
    try:
        found: CalendarFound = counter.ask(partial(counter.desk.calendars.look, calendar))
    except ReceptionistError as error:
        advice = str(error)
        if isinstance(error, CalendarRefused) and error.reason is Reason.PASSWORD_MISSING:
            advice = _password_advice(account.key if account else "")
        return _check("calendar", client.key, False, _("no access"), advice)
    milliseconds = round((time.monotonic() - started) * 1000)
    words = _("“{name}”, {milliseconds} ms") if found.writable else _("“{name}”, read-only")
    state = words.format(name=found.name, milliseconds=milliseconds)
    return _check(
        "calendar", client.key, found.writable, state, sentence(Reason.CALENDAR_FORBIDDEN)
    )


def _password_advice(key: str) -> str:
    return _("No password is known. Give it with `python3 run.py passwd {key}`.").format(key=key)


def _show(payload: Payload) -> Iterator[str]:
    names = {
        "database": _("Database"),
        "keyring": _("Keyring"),
        "phone": _("Phone"),
        "audio": _("Audio"),
        "line": _("Line"),
        "calendar": _("Calendar"),
    }
    for check in payload["checks"]:
        mark = "✓" if check["ok"] else "✗"
        name = " ".join(filter(None, (names[check["what"]], check["key"])))
        yield f"{mark} {name}: {check['state']}"
        if check["advice"]:
            yield f"    {check['advice']}"


COMMANDS = (
    Command(
        name="doctor",
        summary=N_("check phone, audio, keyring, lines, calendars and database"),
        run=_doctor,
        show=_show,
        takes_passwords=True,
    ),
)
