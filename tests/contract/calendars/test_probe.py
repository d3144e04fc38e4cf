"""An account is tried out while it is entered: what is wrong is said beside the right field."""

from __future__ import annotations

import logging
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from receptionist.calendars.server import Servers
from receptionist.credentials import MemoryCredentials
from receptionist.desk.directory import DirectoryBook
from receptionist.desk.ground import Ground
from receptionist.desk.listeners import Listeners
from receptionist.desk.memory import Memory
from receptionist.desk.passwords import Passwords
from receptionist.desk.probe import PROBE_S, AccountFound, Probe
from receptionist.errors import AccountUnusable
from receptionist.model.client import CalendarAccount
from receptionist.model.secret import Secret
from receptionist.reasons import Reason
from receptionist.threads import Lanes
from tests.contract.calendars.conftest import Side
from tests.doubles import radicale
from tests.doubles.pump import ManualClock, Pump

Answer = AccountFound | Exception


class Trial:
    """A probe on real workers and real HTTP; `ask` waits for its answer."""

    def __init__(self) -> None:
        self.pump = Pump(clock := ManualClock())
        self.passwords = Passwords(MemoryCredentials(), self.pump.post)
        self._lanes = Lanes("calendar", self.pump.post)
        memory = Memory(lambda: pytest.fail("no store is needed"), self.pump.post)
        directory = DirectoryBook(clock)
        ground = Ground(
            memory, directory, Listeners(), self._lanes, clock, self.pump.later, self.pump.post
        )
        self.probe = Probe(ground, Servers(), self.passwords)
        self._memory = memory

    def ask(self, url: str, user: str = radicale.USER, password: str | None = None) -> Answer:
        account = CalendarAccount(id=uuid4(), key="neu", url=url, user=user)
        answers: list[Answer] = []
        secret = Secret(radicale.PASSWORD if password is None else password)
        self.probe.ask(account, secret, answers.append, answers.append)
        self.pump.until(lambda: answers)
        return answers[0]

    def fails(self, *asked: Any) -> AccountUnusable:
        answer = self.ask(*asked)
        assert isinstance(answer, AccountUnusable), answer
        assert "by itself" not in str(answer)
        return answer

    def close(self) -> None:
        self._lanes.close()
        self._memory.close()
        self.passwords.close()


@pytest.fixture
def trial() -> Iterator[Trial]:
    trial = Trial()
    yield trial
    trial.close()


class _Page(BaseHTTPRequestHandler):
    """A web server for people."""

    def _answer(self) -> None:
        body = b"<html><body>Willkommen</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PROPFIND = _answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def page() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_calendars_of_an_account_are_listed(trial: Trial, real: Side) -> None:
    found = trial.ask(real.url)
    assert isinstance(found, AccountFound)
    mine = next(one for one in found.calendars if one.href == real.calendar)
    assert mine.name == "Praxis Dr. Muster"
    assert "Nur lesen" in {one.name for one in found.calendars}
    alone = trial.ask(real.calendar)
    assert isinstance(alone, AccountFound)
    assert alone.calendars == (mine,)
    assert alone.ability is not None
    assert alone.ability.writable
    assert alone.ability.sync_collection or alone.ability.ctag


def test_a_wrong_password_or_user(trial: Trial, real: Side) -> None:
    for error in (trial.fails(real.url, radicale.USER, "falsch"), trial.fails(real.url, "max")):
        assert (error.reason, error.key) == (Reason.PASSWORD_REFUSED, "secret")
        assert "user name or password" in str(error)


def test_a_path_that_does_not_lead_to_calendars(
    trial: Trial, real: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the well-known address leads to them all the same, they are found."""
    assert isinstance(trial.ask(f"{real.url}kalender/"), AccountFound)
    monkeypatch.setattr("receptionist.calendars.discovery.WELL_KNOWN", "/kalender/")
    error = trial.fails(f"{real.url}kalender/")
    assert (error.reason, error.key) == (Reason.CALENDAR_GONE, "url")
    assert "no calendars at this address" in str(error)


def test_a_user_without_any_calendar(trial: Trial, radicale_server: radicale.Radicale) -> None:
    error = trial.fails(radicale_server.url, radicale.ADMINISTRATOR)
    assert (error.reason, error.key) == (Reason.NO_CALENDAR, "user")


def test_nothing_runs_there(trial: Trial, free_port: Callable[[], int]) -> None:
    error = trial.fails(f"http://127.0.0.1:{free_port()}/")
    assert (error.reason, error.key) == (Reason.NOTHING_LISTENS, "url")


def test_a_name_that_nobody_knows(trial: Trial) -> None:
    error = trial.fails("https://kalender.invalid/")
    assert (error.reason, error.key) == (Reason.SERVER_NOT_FOUND, "url")


def test_a_web_server_that_is_no_calendar(trial: Trial, page: HTTPServer) -> None:
    error = trial.fails(f"http://127.0.0.1:{page.server_port}/")
    assert (error.reason, error.key) == (Reason.SERVER_CONFUSED, "url")
    assert "CalDAV" in str(error)


def test_a_certificate_of_nobody(trial: Trial, page: HTTPServer, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = f"req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -subj /CN=localhost"
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    page.socket = context.wrap_socket(page.socket, server_side=True)
    error = trial.fails(f"https://localhost:{page.server_port}/")
    assert (error.reason, error.key) == (Reason.NOT_ENCRYPTED, "url")


def test_a_server_that_is_not_encrypted_at_all(trial: Trial, page: HTTPServer) -> None:
    assert trial.fails(f"https://localhost:{page.server_port}/").reason is Reason.NOT_ENCRYPTED


def test_an_address_that_is_not_safe(trial: Trial) -> None:
    error = trial.fails("http://calendar.example.org/")
    assert (error.reason, error.key) == (Reason.PLAIN_HTTP, "url")
    assert "https://" in str(error)


def test_who_does_not_answer_is_not_waited_for(trial: Trial) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        account = CalendarAccount(
            id=uuid4(), key="neu", url=f"http://127.0.0.1:{deaf.getsockname()[1]}/", user="a"
        )
        answers: list[Answer] = []
        trial.probe.ask(account, Secret("a"), answers.append, answers.append)
        trial.pump.advance(PROBE_S - 1)
        assert answers == []
        trial.pump.advance(2)
    assert [getattr(one, "reason", None) for one in answers] == [Reason.SERVER_UNREACHABLE]


def test_a_cancelled_question_gets_no_answer(trial: Trial, real: Side) -> None:
    account = CalendarAccount(id=uuid4(), key="neu", url=real.url, user=radicale.USER)
    answers: list[Answer] = []
    secret = Secret(radicale.PASSWORD)
    cancel = trial.probe.ask(account, secret, answers.append, answers.append)
    cancel()
    trial.ask(real.url)
    trial.pump.advance(PROBE_S + 1)
    assert answers == []
    cancel()


def test_without_a_secret_the_kept_one_is_used(trial: Trial, real: Side) -> None:
    account = CalendarAccount(id=uuid4(), key="neu", url=real.url, user=radicale.USER)
    answers: list[Answer] = []
    ask = partial(trial.probe.ask, account, None, answers.append, answers.append)
    ask()
    trial.pump.until(lambda: answers)
    assert [getattr(one, "reason", None) for one in answers] == [Reason.PASSWORD_MISSING]
    trial.passwords.keep(account.id, Secret(radicale.PASSWORD))
    ask()
    trial.pump.until(lambda: len(answers) == 2)
    assert isinstance(answers[1], AccountFound)


def test_the_password_is_never_logged(
    trial: Trial, real: Side, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    trial.ask(real.url)
    trial.fails(real.url, radicale.USER, "ganz-geheim-4711")
    assert "does not work" in caplog.text
    assert "geheim" not in caplog.text
