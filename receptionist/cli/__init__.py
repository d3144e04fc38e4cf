"""The face without Qt: commands on the same desk as the window.

`main` parses, carries a command out here or at whoever owns the data directory, and prints. The
heavy parts are imported by the command that needs them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
BROKEN_PIPE = 141
UNWRITABLE = 1


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code. Never a traceback for the user."""
    if argv[:1] == ["engine"]:
        from receptionist.phone.engine import main as engine

        return engine(argv[1:])
    if argv[:1] == ["exchange"]:
        from receptionist.phone.exchange.process import main as exchange

        return exchange(argv[1:])
    if argv[:1] == ["calendar-server"]:
        from receptionist.demo.server import main as calendar_server

        return calendar_server(argv[1:])
    from receptionist.cli.door import enter

    try:
        return enter(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not complain about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        # Only writing the answer comes here: whatever fails before is an answer itself.
        from receptionist.i18n import _

        message = _("The file “{name}” cannot be written: {why}.")
        print(message.format(name="-", why=error.strerror), file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNWRITABLE
