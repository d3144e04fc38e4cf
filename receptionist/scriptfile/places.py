"""Where something is wrong in a script, in words: `reason “Emergency”, prompt 2, label`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from receptionist.i18n import N_, _
from receptionist.model.checks import brief
from receptionist.tomlfile.lines import Path
from receptionist.tomlfile.table import Faults

_NUMBERED = {
    "greeting": N_("greeting {number}"),
    "warning": N_("warning {number}"),
    "reason": N_("call reason {number}"),
    "prompt": N_("prompt {number}"),
    "action": N_("action {number}"),
    "choices": N_("choice {number}"),
    "when": N_("condition {number}"),
}
_TITLED = N_("call reason “{title}”")


class ScriptFaults(Faults):
    """Names places as who wrote the script thinks of them. The first line is `first_line`."""

    def __init__(
        self, lines: Mapping[Path, int], content: Mapping[str, Any], first_line: int
    ) -> None:
        super().__init__({path: line + first_line - 1 for path, line in lines.items()})
        self._content = content

    def shown(self, path: Path) -> str:
        """A path in words."""
        words: list[str] = []
        here: Any = self._content
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                here = None
            if isinstance(part, int):
                words.append(_numbered(words.pop(), part, here))
            else:
                words.append(part)
        return ", ".join(words)


def _numbered(name: str, index: int, here: Any) -> str:
    title = here.get("title") if isinstance(here, Mapping) else None
    if isinstance(title, Mapping):
        title = next(iter(title.values()), None)
    if name == "reason" and isinstance(title, str) and title:
        return _(_TITLED).format(title=brief(title))
    known = _NUMBERED.get(name)
    return _(known).format(number=index + 1) if known else f"{name} {index + 1}"
