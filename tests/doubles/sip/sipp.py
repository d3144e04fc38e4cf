"""sipp as the other side: a scenario file says what it does and what it insists on seeing."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

SCENARIOS = Path(__file__).resolve().parents[2] / "data" / "sip"
CEILING_S = 120.0


class Sipp:
    """One run of one scenario. `finish` waits for it and fails unless every step came out right."""

    def __init__(
        self,
        scenario: str,
        home: Path,
        *,
        target: str = "",
        source: str = "127.0.0.1",
        port: int,
        calls: int = 1,
        options: tuple[str, ...] = (),
        **keys: str,
    ) -> None:
        self._home = home / f"sipp-{scenario}-{port}"
        self._home.mkdir(parents=True)
        command = ["sipp", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-i", source]
        command += ["-p", str(port), "-m", str(calls), "-l", str(calls), "-nostdin"]
        command += ["-timeout", f"{CEILING_S:.0f}s", "-timeout_error", "-trace_err", "-trace_msg"]
        for name, value in keys.items():
            command += ["-key", name, value]
        command += [*options, *([target] if target else [])]
        self._process = subprocess.Popen(
            command,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self._process.poll() is not None

    def wait_for(self, text: str) -> None:
        """Wait until `text` was in what it received or sent."""
        deadline = time.monotonic() + CEILING_S
        while text not in self.messages():
            assert not self.done, self.report()
            assert time.monotonic() < deadline, self.report()
            time.sleep(0.02)

    def finish(self) -> None:
        """Wait for its end; it must have seen all it insists on."""
        status = self._process.wait(CEILING_S + 5)
        assert status == 0, f"sipp ended with {status}\n{self.report()}"

    def messages(self) -> str:
        """Everything it sent and received so far."""
        logs = self._home.glob("*_messages.log")
        return "".join(path.read_text("utf-8", "replace") for path in logs)

    def report(self) -> str:
        """What went wrong, in sipp's words, and the messages."""
        errors = "".join(path.read_text() for path in self._home.glob("*_errors.log"))
        return f"{errors}\n{self.messages()}"
