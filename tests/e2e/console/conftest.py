"""A real console on a desktop of its own, and everybody it talks to.

The desktop, the calendar server and the imported office live as long as the run; each test gets a
console with a copy of the office, empty calendars, and callers of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.doubles.calendar_server import PASSWORD
from tests.doubles.desktop import Desktop
from tests.doubles.radicale import Radicale
from tests.doubles.recording_proxy import RecordingProxy
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.e2e.console.console import Console, Owners
from tests.e2e.console.office import ACCOUNTS, office_file


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with Radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture(scope="session")
def proxy(server: Radicale) -> Iterator[RecordingProxy]:
    with RecordingProxy(server.url) as proxy:
        yield proxy


@pytest.fixture
def owners(server: Radicale, proxy: RecordingProxy) -> Iterator[Owners]:
    """The owners' calendars, empty, on a server that runs again afterwards."""
    owners = Owners(server, proxy)
    owners.begin_anew()
    yield owners
    owners.start()


@pytest.fixture(scope="session")
def imported(
    tmp_path_factory: pytest.TempPathFactory,
    desktop: Desktop,
    server: Radicale,
    proxy: RecordingProxy,
) -> Path:
    """A data directory with the office in it, whose passwords are in the keyring."""
    console = Console(desktop, tmp_path_factory.mktemp("imported") / "data", sip_port=0)
    text = office_file(server.home, proxy.through(server.home))
    assert console.command("import", "-", "--json", stdin=text)
    for account in ACCOUNTS:
        console.command("passwd", account, "--json", stdin=PASSWORD)
    return console.data


@pytest.fixture
def closed_console(
    desktop: Desktop,
    imported: Path,
    data_directory: Path,
    owners: Owners,
    free_udp_port: Callable[[], int],
) -> Iterator[Console]:
    """A console that is still to be started."""
    shutil.copy(imported / "receptionist.db", data_directory)
    console = Console(desktop, data_directory, sip_port=free_udp_port())
    yield console
    console.stop()


@pytest.fixture
def console(closed_console: Console) -> Console:
    """A console with its lines ready, its calendars read, and the keyboard."""
    closed_console.start()
    return closed_console


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Callable[[str], Baresip]]:
    """Gives softphones, each with its own number."""
    with ExitStack() as opened:
        yield lambda number: opened.enter_context(Baresip(tmp_path / number, user=number))


@pytest.fixture
def scenario(
    closed_console: Console, tmp_path: Path, free_udp_port: Callable[[], int]
) -> Iterator[Callable[..., Sipp]]:
    """Gives callers that insist on what they see: `scenario("hold", "+49…", HEATING)`."""
    with ExitStack() as opened:

        def start(name: str, number: str, dialled: str, source: str = "127.0.0.1") -> Sipp:
            peer = Sipp(
                name,
                tmp_path,
                target=f"127.0.0.1:{closed_console.sip_port}",
                source=source,
                port=free_udp_port(),
                uri=closed_console.number(dialled),
                to=f"<sip:{dialled}@127.0.0.1>",
                more="X-Nothing: more",
                **{"from": f"<sip:{number}@{source}>"},
            )
            return opened.enter_context(peer)

        yield start
