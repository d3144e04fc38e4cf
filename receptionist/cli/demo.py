"""The command `demo`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from receptionist.cli.answer import Answer
from receptionist.cli.arguments import Service
from receptionist.cli.command import Command
from receptionist.i18n import N_


def _arguments(parser: argparse.ArgumentParser) -> None:
    pass


SERVICE = Service("demo", N_("the whole program at work, on invented calls"), _arguments)


def run(options: argparse.Namespace, commands: Mapping[str, Command]) -> Answer:
    """Run the demo."""
    raise NotImplementedError
