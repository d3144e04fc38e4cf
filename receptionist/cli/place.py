"""Where a command is carried out: at a desk of its own, or at the one that owns the directory."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from receptionist import bootstrap, i18n, log
from receptionist.cli import handover
from receptionist.cli.answer import Answer, answered, failure
from receptionist.cli.command import Command, Request
from receptionist.cli.counter import Counter
from receptionist.cli.passwords import keep_all
from receptionist.cli.signals import interrupting
from receptionist.cli.wish import RAISE, Wish
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, DataDirectoryHeld, ReceptionistError
from receptionist.i18n import _
from receptionist.threads import MainLoop, Post

HELD_S = 15.0
"""How long to wait for a data directory whose owner takes no commands: other commands end soon."""

_LONGEST_WORD = 600


def carry_out(
    command: Command, request: Request, data: Path, passwords: Mapping[str, str] | None
) -> Answer:
    """The answer to `request`, here or from the owner of `data`. Raises `DataDirectoryHeld`."""
    deadline = time.monotonic() + HELD_S
    while True:
        try:
            claim = bootstrap.claim(data, command.name)
        except DataDirectoryHeld:
            answer = _handed_over(command, request, data, passwords)
            if answer is not None:
                return answer
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            with claim:
                return _here(command, request, data, passwords)


def doorkeeper(
    claim: bootstrap.Claim,
    desk: Desk,
    post: Post,
    commands: Mapping[str, Command],
    raise_window: Callable[[Wish], object] | None = None,
) -> handover.Doorkeeper:
    """Take commands for a running desk; `raise_window` brings a console to the front.

    It is called on the main thread, because a person started the program once more.
    """
    counter = Counter(desk, post, running=True)

    def answer(question: Mapping[str, Any]) -> Answer:
        with i18n.speaking(question.get("language")):
            return in_words(question)

    def in_words(question: Mapping[str, Any]) -> Answer:
        name = question.get("command")
        if name == RAISE and raise_window is not None:
            post(raise_window, _wish(question))
            return {"payload": {}, "code": 0}
        command = commands.get(str(name))
        request = question.get("request")
        if command is None or not isinstance(request, dict):
            return failure(BadInput(_("The process that runs does not know this command.")))
        try:
            keep_all(counter, question.get("passwords") or {})
        except ReceptionistError as error:
            return failure(error)
        return answered(command, counter, request)

    return handover.Doorkeeper(claim, answer)


def _wish(question: Mapping[str, Any]) -> Wish:
    link, token = (str(question.get(key) or "")[:_LONGEST_WORD] for key in ("link", "token"))
    return Wish(link, token)


def _handed_over(
    command: Command, request: Request, data: Path, passwords: Mapping[str, str] | None
) -> Answer | None:
    owner = bootstrap.holder(data)
    if owner is None or not owner.address:
        return None
    question = {
        "command": command.name,
        "request": request,
        "passwords": passwords,
        "language": i18n.language(),
    }
    try:
        return handover.ask(owner.address, data, question)
    except handover.NobodyThere:
        return None


def _here(
    command: Command, request: Request, data: Path, passwords: Mapping[str, str] | None
) -> Answer:
    """Compose a desk, open it, run the command on a thread beside it, stop the desk."""
    log.set_up(data, console_level=logging.CRITICAL)
    loop = MainLoop()
    with interrupting(loop.stop):
        answers = _carried_out(command, request, data, passwords, loop)
    if not answers:
        raise KeyboardInterrupt
    return answers[0]


def _carried_out(
    command: Command,
    request: Request,
    data: Path,
    passwords: Mapping[str, str] | None,
    loop: MainLoop,
) -> list[Answer]:
    """The answer, or none when the loop was ended before there was one."""
    credentials = None if passwords is None else bootstrap.memory_credentials()
    desk = bootstrap.compose(data, post=loop.post, later=loop.later, credentials=credentials)
    counter = Counter(desk, loop.post, running=False)
    answers: list[Answer] = []

    def done(answer: Answer) -> None:
        answers.append(answer)
        loop.stop()

    def work() -> None:
        try:
            keep_all(counter, passwords or {})
        except ReceptionistError as error:
            answer = failure(error)
        else:
            answer = answered(command, counter, request)
        loop.post(done, answer)

    def opened() -> None:
        threading.Thread(target=work, name="command", daemon=True).start()

    desk.open(opened, lambda error: done(failure(error)))
    try:
        loop.run()
    finally:
        if desk.took_over:
            desk.leave()  # of a window that died: a command does not end them
        else:
            desk.stop()
    return answers
