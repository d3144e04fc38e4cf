"""What the figures stand on: one table at the end, a screen, a sound system, peers, an office."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, table
from tests.benchmarks.office import move_in
from tests.benchmarks.processes import Console
from tests.benchmarks.registrar import Registrar
from tests.doubles.pulse import Pulse

CLIENTS = 1000
_FIGURES = pytest.StashKey[list[Figure]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--json FILE` for the figures, `--where` for what makes the window stand still.

    They are known when this folder is named on the command line.
    """
    parser.addoption("--json", metavar="FILE", help="write the figures with all samples to FILE")
    parser.addoption("--where", action="store_true", help="tell where the window stood still")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_FIGURES] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The table, and the file if one is wanted."""
    figures = config.stash.get(_FIGURES, [])
    if not figures:
        return
    terminalreporter.section("figures: median and p95")
    for line in table(figures):
        terminalreporter.write_line(line)
    file = config.getoption("--json", default=None)
    if file:
        text = json.dumps([figure.json() for figure in figures], indent=1, ensure_ascii=False)
        Path(file).write_text(text, encoding="utf-8")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Callable[[Figure], None]:
    """Takes a figure into the table."""
    return request.config.stash[_FIGURES].append


@pytest.fixture(scope="module")
def registrar() -> Iterator[Registrar]:
    with Registrar() as one:
        yield one


@pytest.fixture(scope="module")
def sound() -> Iterator[Pulse]:
    with Pulse() as daemon:
        yield daemon


@pytest.fixture
def console(
    registrar: Registrar, sound: Pulse, display: str, data_directory: Path
) -> Iterator[Callable[[], Console]]:
    """Starts the console on an office of 1,000 clients."""
    move_in(data_directory, registrar.place, CLIENTS)
    environment = {**sound.environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    started: list[Console] = []

    def start() -> Console:
        started.append(Console(data_directory, environment))
        return started[-1]

    yield start
    for one in started:
        one.close()
