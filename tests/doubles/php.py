"""How PHP's own web server is started for a calendar server written in PHP."""

from __future__ import annotations

from pathlib import Path

_SETTINGS = (
    "display_errors=0",
    "log_errors=1",
    "opcache.enable_cli=1",
    "default_charset=UTF-8",
)


def web_server(port: int, root: Path, router: Path) -> list[str]:
    """The command that lets `router` answer every request; it ends with the thread it comes from.

    `root` is what the router sees as its document root.
    """
    settings = [word for one in _SETTINGS for word in ("-d", one)]
    php = ["php", *settings, "-t", str(root), "-S", f"127.0.0.1:{port}", str(router)]
    return ["setpriv", "--pdeathsig", "TERM", *php]
