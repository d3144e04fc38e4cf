"""A verb of the desk whose answers wait, as those of a slow disk do."""

from __future__ import annotations

from typing import Any

import pytest


class Late:
    """What was asked of a verb waits until `go`, or `fail`; from then on nothing waits any more."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        self._patch, self._owner, self._name = patch, owner, name
        self._verb = getattr(owner, name)
        self.asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        patch.setattr(owner, name, lambda *values, **more: self.asked.append((values, more)))

    def go(self) -> None:
        """Ask it now."""
        for values, more in self._taken():
            self._verb(*values, **more)

    def fail(self, error: Exception) -> None:
        """It does not work: `failed` has that name, or was handed over last."""
        for values, more in self._taken():
            (more.get("failed") or values[-1])(error)

    def _taken(self) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        self._patch.setattr(self._owner, self._name, self._verb)
        taken, self.asked = self.asked, []
        return taken
