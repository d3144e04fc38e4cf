"""The composition root: the only file that names adapters, and the claim on a data directory."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from receptionist import settings
from receptionist.clock import Clock, SystemClock
from receptionist.desk.desk import Desk
from receptionist.errors import DataDirectoryHeld, StoreError
from receptionist.i18n import _
from receptionist.mail import Smtp
from receptionist.model.appointment import Appointment
from receptionist.model.client import CalendarAccount
from receptionist.model.secret import Secret
from receptionist.model.sound import SoundDevices
from receptionist.paths import LOCK, private_directory
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.ports import Calendar, Calendars, Credentials, Phone, Store
from receptionist.threads import Later, Post, keep_for_good

__all__ = [
    "CONSOLE",
    "LOCK",
    "AudioMode",
    "Claim",
    "EngineSettings",
    "Holder",
    "claim",
    "compose",
    "holder",
    "keyring_credentials",
    "memory_credentials",
    "new_phone",
    "phone_settings",
    "sound_devices",
    "sound_player",
]

log = logging.getLogger(__name__)

DATABASE = "receptionist.db"
CONSOLE = "console"
"""The name under which the window owns a data directory."""
_LOCKED_BYTE = 1 << 30
"""Windows denies everybody the bytes that are locked; what the holder wrote stays readable."""


def compose(
    data: Path,
    *,
    post: Post,
    later: Later,
    clock: Clock | None = None,
    credentials: Credentials | None = None,
    phone: Phone | None = None,
) -> Desk:
    """A desk on the data directory `data`, which the caller has claimed. Nothing is started.

    Without `phone` and `credentials` they are what the settings and the user's keyring say.
    """
    chosen, _faults = settings.load(data)
    desk = Desk(
        phone=phone or new_phone(post, phone_settings(data)),
        calendars=_Servers(),
        credentials=credentials or keyring_credentials(),
        open_store=lambda: open_database(data),
        post=post,
        later=later,
        clock=clock or SystemClock(),
        mail=Smtp(clock or SystemClock()),
        wrap_up_s=chosen.wrap_up_s,
        mail_server=chosen.mail_server,
        relayed=bool(chosen.turn),
        data=data,
    )
    desk.reminders.every_s = chosen.hold_reminder_s
    return desk


class _Servers:
    """Opens CalDAV accounts. Imports the heavy libraries at the first one, on its worker."""

    def connect(self, account: CalendarAccount, secret: Secret) -> Calendar:
        first = "caldav" not in sys.modules
        opened = self._servers().connect(account, secret)
        if first:
            keep_for_good()
        return opened

    def export(self, appointments: Iterable[Appointment], stamp: datetime) -> bytes:
        return self._servers().export(appointments, stamp)

    def enclosed(
        self, appointment: Appointment, stamp: datetime, title: str, organizer: str = ""
    ) -> bytes:
        return self._servers().enclosed(appointment, stamp, title, organizer)

    def _servers(self) -> Calendars:
        from receptionist.calendars.server import Servers

        return Servers()


def open_database(data: Path) -> Store:
    """The database of a data directory. Store worker."""
    from receptionist.store import open_store

    return open_store(data / DATABASE)


def new_phone(post: Post, engine: EngineSettings) -> Supervisor:
    """A phone with an engine process of its own."""
    return Supervisor(post, engine)


def phone_settings(data: Path) -> EngineSettings:
    """What the settings of a data directory say about the phone."""
    chosen, faults = settings.load(data)
    for fault in faults:
        log.warning("%s", fault)
    return EngineSettings(
        bind=chosen.bind,
        sip_port=chosen.sip_port,
        rtp_port=chosen.rtp_port,
        microphone=chosen.microphone,
        headset=chosen.headset,
        ringing=chosen.ringing,
        microphone_gain=chosen.microphone_gain,
        headset_gain=chosen.headset_gain,
        denoise=chosen.denoise,
        cancel_echo=chosen.cancel_echo,
        log_directory=str(data),
        stun=chosen.stun,
        turn=chosen.turn,
        turn_user=chosen.turn_user,
        ice=chosen.ice,
        authorities=chosen.authorities,
        revocations=chosen.revocations,
    )


def sound_devices() -> SoundDevices:
    """The microphones and headsets there are now. Waits; not the main thread."""
    from receptionist.phone.supervisor.devices import sound_devices as ask

    return ask()


def sound_player(name: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The program that plays a sound into the headset `name`, and its environment.

    It takes the length in eight bytes, then the sound, from its standard input, and ends with that.
    It ends with 0 at the end of the sound, and with 3 where the headset is not there.
    """
    from receptionist.phone.supervisor.devices import sound_player as ask

    return ask(name)


def keyring_credentials() -> Credentials:
    """The user's keyring; without one, secrets live as long as the process."""
    from receptionist.credentials import KeyringCredentials, KeyringOrSession

    return KeyringOrSession(KeyringCredentials())


def memory_credentials() -> Credentials:
    """Secrets that are gone with the process."""
    from receptionist.credentials import MemoryCredentials

    return MemoryCredentials()


# ---- one process owns a data directory ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owns a data directory; `address` is where it takes commands, "" if it takes none."""

    name: str
    pid: int
    address: str = ""


class Claim:
    """The exclusive right to a data directory, held by an OS lock. Any thread.

    It ends with `release`, or with the process however that ends. What is written into the lock
    file only tells others who holds it.
    """

    def __init__(self, data: Path, name: str, file: int) -> None:
        self.data = data
        self._name = name
        self._file = file
        self.publish("")

    def publish(self, address: str) -> None:
        """Tell others where commands are taken; on a full disk they do not learn it."""
        text = json.dumps({"name": self._name, "pid": os.getpid(), "address": address}).encode()
        try:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, text)
        except OSError as error:
            log.warning("the lock file cannot be written: %s", error)

    def release(self) -> None:
        """Give the directory back."""
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def claim(data: Path, name: str) -> Claim:
    """Own `data`, created if missing, under the name a person knows (`console`, `serve`, …).

    Raises `DataDirectoryHeld` with who holds it, `StoreError` when it cannot be used at all.
    """
    try:
        private_directory(data)
        file = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            _(
                "The data directory {path} cannot be used: {why}. Choose another with --data."
            ).format(path=data, why=error.strerror or type(error).__name__)
        ) from error
    if _lock(file):
        return Claim(data, name, file)
    os.close(file)
    who = holder(data)
    raise DataDirectoryHeld(
        _(
            "The data directory {path} is in use by “{name}” (process {pid})."
            " End it first, or choose another directory with --data."
        ).format(path=data, name=who.name if who else "?", pid=who.pid if who else "?")
    )


def holder(data: Path) -> Holder | None:
    """What the owner of a data directory wrote about itself; None if nothing can be read."""
    try:
        told: Any = json.loads((data / LOCK).read_bytes()[:4096])
        return Holder(str(told["name"]), int(told["pid"]), str(told["address"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
