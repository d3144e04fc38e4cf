"""A real Xandikos as a child process on loopback, as it stands in offices: behind a password.

Xandikos knows no rights: a calendar that its owner may only read is one the door in front refuses.
"""

from __future__ import annotations

import base64
import ctypes
import hashlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.doubles.calendar_server import (
    ADMINISTRATOR,
    PASSWORD,
    READ_ONLY,
    USER,
    CalendarServer,
)

READING = ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT")
ROOT = Path(__file__).parents[2]

_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.doubles.xandikos import serve
serve(sys.argv[2], int(sys.argv[3]))
"""


class Xandikos(CalendarServer):
    """Xandikos with one user, whose principal and home are made at the start."""

    NAME = "Xandikos"

    @property
    def home(self) -> str:
        return f"{self.url}{USER}/calendars/"

    def prepare(self, port: int) -> list[str]:
        digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
        users = "".join(f"{name}:{{SHA}}{digest}\n" for name in (USER, ADMINISTRATOR))
        (self.folder / "users").write_text(users, encoding="utf-8")
        (self.folder / "storage").mkdir(exist_ok=True)
        return [sys.executable, "-c", _RUN, str(ROOT), str(self.folder), str(port)]


def serve(folder: str, port: int) -> None:
    """The server itself, until it is ended; runs in the child process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, 15)  # end with the thread that started it, even if that dies
    from aiohttp import web
    from xandikos.htpasswd import HtpasswdFile
    from xandikos.web import (
        WELLKNOWN_DAV_PATHS,
        RedirectDavHandler,
        SingleUserFilesystemBackend,
        XandikosApp,
        basic_auth_middleware,
    )

    principal = f"/{USER}/"
    backend = SingleUserFilesystemBackend(f"{folder}/storage")
    if backend.get_resource(principal) is None:
        backend.create_principal(principal)
    backend._mark_as_principal(principal)
    dav = XandikosApp(backend, current_user_principal=principal)

    async def answer(request: web.Request) -> web.StreamResponse:
        found: web.StreamResponse = await dav.aiohttp_handler(request, "/")
        return found

    log_in = basic_auth_middleware(HtpasswdFile(f"{folder}/users"))
    app = web.Application(middlewares=[log_in, _door()])
    for path in WELLKNOWN_DAV_PATHS:
        app.router.add_route("*", path, RedirectDavHandler("/"))
    app.router.add_route("*", "/{path_info:.*}", answer)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


def _door() -> Any:
    """What refuses writes to a calendar for reading only, except the administrator's."""
    from aiohttp import web
    from xandikos.webdav import AUTHENTICATED_USER_ATTR

    @web.middleware
    async def door(
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        closed = READ_ONLY in request.path.split("/") and request.method not in READING
        if closed and request[AUTHENTICATED_USER_ATTR] != ADMINISTRATOR:
            return web.Response(status=403)
        return await handler(request)

    return door
