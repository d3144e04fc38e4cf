"""What a user may set, declared once: default, label, help, limits. TOML on disk, never a secret.

The file holds what differs from the defaults. What it says wrongly is told in a sentence, replaced
by the default and left in the file until the setting is saved anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import ipaddress
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from receptionist.i18n import LANGUAGES, N_, _
from receptionist.model.agent import WRAP_UP_S
from receptionist.model.checks import host_fault
from receptionist.model.letter import MailSecurity, MailServer
from receptionist.model.plain import harmful, plain, quoted

FILE = "settings.toml"
PALETTES = ("auto", "light", "dark")
MAIL_SECURITIES = ("tls", "starttls", "none")
"""Encrypted from the start, after STARTTLS, or (on this computer alone) not at all."""

_LONGEST = 200
_MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"\\]+@[^\s@<>,;:\"\\]+\.[^\s@<>,;:\"\\.]+")

_HEADER = """\
# The settings of Receptionist. Change them in the window, or here while the program is not running.
# A setting that is missing has its usual value. Passwords never stand here.
"""


def _nothing_wrong(value: str) -> str:
    return ""


def _address_fault(value: str) -> str:
    try:
        if value:
            ipaddress.IPv4Address(value)
    except ValueError:
        return _("Write the IPv4 address of one of this computer's networks, or leave it empty.")
    return ""


def _mail_host_fault(value: str) -> str:
    if ":" in value:
        return _("Write the name of the server alone; the port has a field of its own.")
    return host_fault(value) if value else ""


def _mail_from_fault(value: str) -> str:
    if not value or _MAIL_ADDRESS.fullmatch(value):
        return ""
    return _("Write one address such as “office@example.org”.")


def _rtp_fault(value: int) -> str:
    return _("Choose an even port from 1024 on, or 0.") if value % 2 or 0 < value < 1024 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One declared setting; `label`, `help` and `group` are English sources for translation.

    `choices` closes the list of values, `low` and `high` bound a number, `check` gives "" or what
    is wrong with a value of the right type. `at_once` says that it needs no new start.
    """

    key: str
    default: str | int | bool
    label: str
    help: str
    group: str
    at_once: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    check: Callable[[Any], str] = _nothing_wrong

    def fault(self, value: object) -> str:
        """The sentence that says what is wrong with `value`, or ""."""
        if isinstance(self.default, str):
            return self._text_fault(value)
        if isinstance(self.default, bool):
            return "" if isinstance(value, bool) else _("This must be true or false.")
        if isinstance(value, bool) or not isinstance(value, int):
            return _("This must be a whole number without quotes.")
        if not self.low <= value <= self.high:
            message = _("This must lie between {low} and {high}.")
            return message.format(low=self.low, high=self.high)
        return self.check(value)

    def _text_fault(self, value: object) -> str:
        if not isinstance(value, str):
            return _("This must be text in quotes.")
        if self.choices and value not in self.choices:
            return _("Choose one of: {choices}.").format(choices=", ".join(self.choices))
        if harmful(value) or len(value) > _LONGEST:
            return _("This is too long or holds invisible characters.")
        return self.check(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values in use. `SETTINGS` says what each of them means."""

    language: str = "auto"
    palette: str = "auto"
    microphone: str = ""
    headset: str = ""
    ringing: str = ""
    bind: str = ""
    sip_port: int = 0
    rtp_port: int = 0
    wrap_up_s: int = WRAP_UP_S
    close_to_tray: bool = False
    mail_host: str = ""
    mail_port: int = 0
    mail_security: str = "tls"
    mail_user: str = ""
    mail_from: str = ""
    mail_name: str = ""

    @property
    def mail_server(self) -> MailServer | None:
        """The server that sends letters to callers; None while it or the sender is not set."""
        if not (self.mail_host and self.mail_from):
            return None
        return MailServer(
            host=self.mail_host,
            port=self.mail_port,
            security=MailSecurity(self.mail_security),
            user=self.mail_user,
            sender=self.mail_from,
            name=self.mail_name,
        )


LOOKS, DESK, SOUND, NETWORK = N_("Looks"), N_("At the desk"), N_("Sound"), N_("Network")
MAIL = N_("Confirmations by e-mail")
GROUPS = (LOOKS, DESK, SOUND, NETWORK, MAIL)

SETTINGS = (
    Setting(
        key="language",
        group=LOOKS,
        default="auto",
        choices=("auto", *LANGUAGES),
        label=N_("Language"),
        help=N_("Of the window and of the commands."),
    ),
    Setting(
        key="palette",
        group=LOOKS,
        at_once=True,
        default="auto",
        choices=PALETTES,
        label=N_("Colours"),
        help=N_("Light, dark, or as the desktop is."),
    ),
    Setting(
        key="microphone",
        group=SOUND,
        default="",
        label=N_("Microphone"),
        help=N_("The device you speak into."),
    ),
    Setting(
        key="headset",
        group=SOUND,
        default="",
        label=N_("Headset"),
        help=N_("The device you hear callers on."),
    ),
    Setting(
        key="ringing",
        group=SOUND,
        default="",
        label=N_("Ringing"),
        help=N_("The device that rings."),
    ),
    Setting(
        key="bind",
        group=NETWORK,
        default="",
        check=_address_fault,
        label=N_("Network address"),
        help=N_("Address the phone uses on this computer; empty for all of them."),
    ),
    Setting(
        key="sip_port",
        group=NETWORK,
        default=0,
        high=65535,
        label=N_("SIP port"),
        help=N_("Port at which calls arrive; 0 for a free one, 5060 for most trunks."),
    ),
    Setting(
        key="rtp_port",
        group=NETWORK,
        default=0,
        high=65000,
        check=_rtp_fault,
        label=N_("First voice port"),
        help=N_("First of the ports for the voice (RTP), an even number; 0 for free ones."),
    ),
    Setting(
        key="wrap_up_s",
        group=DESK,
        at_once=True,
        default=WRAP_UP_S,
        high=600,
        label=N_("Wrap-up in seconds"),
        help=N_("Time after a call before you count as ready again; 0 for none."),
    ),
    Setting(
        key="close_to_tray",
        group=DESK,
        at_once=True,
        default=False,
        label=N_("Keep running in the tray when the window is closed"),
        help=N_("Calls go on ringing; “Quit” in the menu of the tray ends the program."),
    ),
    Setting(
        key="mail_host",
        group=MAIL,
        at_once=True,
        default="",
        check=_mail_host_fault,
        label=N_("Mail server"),
        help=N_("The one that sends (SMTP). Empty: no mail is sent, the text can be copied."),
    ),
    Setting(
        key="mail_security",
        group=MAIL,
        at_once=True,
        default="tls",
        choices=MAIL_SECURITIES,
        label=N_("Encryption"),
        help=N_("As the provider says. Without it only a server on this computer is asked."),
    ),
    Setting(
        key="mail_port",
        group=MAIL,
        at_once=True,
        default=0,
        high=65535,
        label=N_("Port of the mail server"),
        help=N_("0 for the usual one: 465 encrypted, 587 with STARTTLS."),
    ),
    Setting(
        key="mail_user",
        group=MAIL,
        at_once=True,
        default="",
        label=N_("User"),
        help=N_("Often the whole mail address; empty where none is asked for."),
    ),
    Setting(
        key="mail_from",
        group=MAIL,
        at_once=True,
        default="",
        check=_mail_from_fault,
        label=N_("Sender's address"),
        help=N_("Callers see it, and answer to it."),
    ),
    Setting(
        key="mail_name",
        group=MAIL,
        at_once=True,
        default="",
        label=N_("Sender's name"),
        help=N_("Empty: the name of the client for whom the appointment was booked."),
    ),
)


def load(data: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in the directory `data`, and a sentence for each value that does not count."""
    path = data / FILE
    try:
        content = _read(path)
    except OSError as error:
        message = _("The settings in {path} cannot be read ({why}). The usual ones are in use.")
        return Settings(), (message.format(path=path, why=error.strerror),)
    except ValueError as error:
        message = _("The settings in {path} are damaged ({why}). The usual ones are in use.")
        return Settings(), (message.format(path=path, why=plain(str(error), limit=200)),)
    values, faults = _judged(content)
    where = _("Settings, {path}: ").format(path=path)
    return Settings(**values), tuple(where + fault for fault in faults)


def save(data: Path, settings: Settings) -> None:
    """Write what differs from the defaults, atomically; raises `ValueError` and `OSError`.

    Keys that are unknown here, of a newer version perhaps, stay. A damaged file is put aside.
    """
    values = dataclasses.asdict(settings)
    for setting in SETTINGS:
        if fault := setting.fault(values[setting.key]):
            raise ValueError(f"{setting.key}: {fault}")
    path = data / FILE
    try:
        content = _read(path)
    except ValueError:
        path.replace(path.with_suffix(".damaged"))
        content = {}
    kept = {key: value for key, value in content.items() if key not in values}
    changed = {s.key: values[s.key] for s in SETTINGS if values[s.key] != s.default}
    _write(path, _HEADER + "".join(map(_row, (changed | kept).items())))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except RecursionError as error:
        raise ValueError(str(error)) from None


def _judged(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults = []
    declared = {setting.key: setting for setting in SETTINGS}
    for key, value in content.items():
        setting = declared.get(key)
        if setting is None:
            fault = _("this setting is not known here and does not count.")
        elif wrong := setting.fault(value):
            usual = _("The usual value “{value}” is in use.").format(value=setting.default)
            fault = f"{wrong} {usual}"
        else:
            values[key] = value
            continue
        faults.append(f"“{plain(key, limit=60)}”: {fault}")
    return values, faults


def _row(item: tuple[str, Any]) -> str:
    key, value = item
    return f"{key if key.isidentifier() and key.isascii() else quoted(key)} = {_toml(value)}\n"


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)


def _write(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
