"""What every test has: a private home, free ports, a screen on demand, and no error left unread.

A test during which the program logs an ERROR fails, unless it asks for `errors_expected` (and then
looks at `caplog`). No test can reach the user's session bus, and with it his keyring.
"""

from __future__ import annotations

import gc
import logging
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.doubles import ports

OURS = ("receptionist", "ui")
START_S = 60.0

# As in the window (`ui/collecting.py`): a Qt object must not end on a worker's thread.
gc.disable()
MUCH_GARBAGE = 20_000

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
os.environ["LC_ALL"] = "C.UTF-8"

# How long an example takes says something of the computer, not of the program. Every day the same
# examples are tried, so that a run that fails fails again; the long tests try others each time.
_PROFILE = hypothesis.settings(deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("ours", _PROFILE)
hypothesis.settings.register_profile(
    "others", deadline=None, derandomize=False, max_examples=10 * _PROFILE.max_examples
)
hypothesis.settings.load_profile("ours")


@pytest.fixture(scope="session", autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of this run's own, so that nothing of the user is read or written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(f"XDG_{name}_HOME", str(folder))
        yield home


@pytest.fixture
def errors_expected() -> None:
    """Ask for this in a test that makes the program log an ERROR on purpose."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole program first: those tests take long, and none of them is left at the end."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Collect what was left of the tests' modules: they themselves stay."""
    _collect()


def _collect() -> None:
    """What is there between two tests stays: later looks for garbage need not look at it again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Collect the garbage between two tests, where it has become much.

    Not in a fixture: as long as one ends, pytest still holds what all of them gave to the test.
    """
    if gc.get_count()[0] > MUCH_GARBAGE:
        _collect()


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def no_unread_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which the program logged an ERROR that nobody expected."""
    errors = _Errors()
    loggers = [logging.getLogger(name) for name in OURS]
    for logger in loggers:
        logger.addHandler(errors)
    yield
    for logger in loggers:
        logger.removeHandler(errors)
    if errors.seen and "errors_expected" not in request.fixturenames:
        lines = "\n".join(f"{record.name}: {record.getMessage()}" for record in errors.seen)
        pytest.fail(f"the program logged errors that the test does not expect:\n{lines}")


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Gives a TCP port on loopback that nobody uses, another one at each call."""
    return ports.free_port


@pytest.fixture
def free_udp_port() -> Callable[[], int]:
    """Gives a UDP port on loopback that nobody uses, another one at each call."""
    return ports.free_port


@pytest.fixture
def data_directory(tmp_path: Path) -> Path:
    """An empty data directory with a space and an umlaut in its path."""
    path = tmp_path / "Büro Muster"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X display of 1366×768 that belongs to this run: set it as `DISPLAY`."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    try:
        with os.fdopen(ours) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(START_S)
