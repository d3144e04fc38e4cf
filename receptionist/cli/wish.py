"""What a second start of the program wants of the window that runs."""

from __future__ import annotations

from dataclasses import dataclass

RAISE = "raise"
"""The word of the question that carries a wish."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted besides coming to the front.

    `link` names whom to call, as it was clicked; `token` is the desktop's leave to come up. Either
    may be "".
    """

    link: str = ""
    token: str = ""
