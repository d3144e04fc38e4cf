"""Commands at a whole desk with a simulated phone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from receptionist.cli.answer import Answer, answered
from receptionist.cli.arguments import parser
from receptionist.cli.counter import Counter
from receptionist.cli.door import COMMANDS
from tests.unit.desk.conftest import Bench, bench

__all__ = ["bench"]


@dataclass
class Terminal:
    """Types commands at a desk that runs, as another process would hand them over."""

    bench: Bench
    running: bool = True
    files: dict[str, Any] = field(default_factory=dict)

    def type(self, *words: str, meanwhile: Callable[[], object] = lambda: True) -> Answer:
        """The answer to a command; `meanwhile` is called until it is true, then nothing more."""
        options = parser(tuple(COMMANDS.values())).parse_args(words)
        command = COMMANDS[options.command]
        counter = Counter(self.bench.desk, self.bench.pump.post, running=self.running)
        answers: list[Answer] = []
        thread = threading.Thread(
            target=lambda: answers.append(answered(command, counter, command.request(options)))
        )
        thread.start()
        self.bench.pump.until(lambda: answers or meanwhile())
        self.bench.pump.until(lambda: answers)
        thread.join()
        answer = answers[0]
        if "payload" in answer:
            answer["payload"] = command.finish(options, answer["payload"])
            answer["lines"] = list(command.show(answer["payload"]))
        return answer

    def says(self, *words: str, meanwhile: Callable[[], object] = lambda: True) -> str:
        """What a command prints, or the sentence of its error."""
        answer = self.type(*words, meanwhile=meanwhile)
        if "error" in answer:
            return str(answer["error"]["error"])
        return "\n".join(answer["lines"])


@pytest.fixture
def terminal(bench: Bench) -> Terminal:
    return Terminal(bench)
