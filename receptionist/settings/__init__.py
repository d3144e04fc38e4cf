"""What a user may set, and the file in which it stands."""

from receptionist.settings.declared import (
    DESK,
    GROUPS,
    LOOKS,
    MAIL,
    MAIL_SECURITIES,
    NETWORK,
    PALETTES,
    SETTINGS,
    SOUND,
    Settings,
)
from receptionist.settings.file import FILE, load, save
from receptionist.settings.setting import Setting

__all__ = [
    "DESK",
    "FILE",
    "GROUPS",
    "LOOKS",
    "MAIL",
    "MAIL_SECURITIES",
    "NETWORK",
    "PALETTES",
    "SETTINGS",
    "SOUND",
    "Setting",
    "Settings",
    "load",
    "save",
]
