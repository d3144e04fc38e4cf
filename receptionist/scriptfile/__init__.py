"""The script file (`format = 1`, TOML): what is said, asked and done for a client.

Its keys are explained in `resources/templates/script.toml`.
"""

from __future__ import annotations

from receptionist.scriptfile.page import Heading, page
from receptionist.scriptfile.parse import parse
from receptionist.scriptfile.surroundings import ANYWHERE, Surroundings
from receptionist.scriptfile.write import write

__all__ = ["ANYWHERE", "Heading", "Surroundings", "page", "parse", "write"]
