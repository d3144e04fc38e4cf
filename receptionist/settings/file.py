"""The file of settings: TOML that holds what differs from the defaults, and never a secret.

What it says wrongly is told in a sentence, replaced by the default and left in the file until the
setting is saved anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from receptionist.i18n import _
from receptionist.model.plain import plain, quoted
from receptionist.settings.declared import SETTINGS, Settings

FILE = "settings.toml"

_HEADER = """\
# The settings of Receptionist. Change them in the window, or here while the program is not running.
# A setting that is missing has its usual value. Passwords never stand here.
"""


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
