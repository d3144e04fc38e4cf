"""Messages as bytes and back: JSON in UTF-8, checked field by field against the declared types.

A frame is `{"kind": "<class>", "body": {…}}`. Nothing is guessed: a missing, unknown or wrongly
typed field, a string that is not text, a frame above `MAX_FRAME` is a `BadFrame` that says where.
Only of `BETWEEN_VERSIONS` unknown fields are left out, and missing ones have their defaults.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from receptionist.errors import BadFrame
from receptionist.model.secret import Secret
from receptionist.phone.wire.between import BETWEEN_VERSIONS

MAX_FRAME = 4 * 1024 * 1024
"""The plans of a thousand clients fit in."""


def encode(message: object) -> bytes:
    """The frame of a message; lone surrogates become `?`. `BadFrame` when it is too big."""
    frame = {"kind": type(message).__name__, "body": _plain(message)}
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_FRAME:
        raise BadFrame(f"{type(message).__name__}: {len(data)} bytes, at most {MAX_FRAME}")
    return data


def decode(data: bytes, kinds: Iterable[type]) -> Any:
    """The message in a frame, which must be one of `kinds`. Anything wrong raises `BadFrame`."""
    if len(data) > MAX_FRAME:
        raise BadFrame(f"{len(data)} bytes, at most {MAX_FRAME}")
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFrame(f"not JSON: {type(error).__name__}") from None
    if not isinstance(frame, dict) or set(frame) != {"kind", "body"}:
        raise BadFrame("not an object with kind and body")
    kind = next((kind for kind in kinds if kind.__name__ == frame["kind"]), None)
    if kind is None:
        raise BadFrame(f"unknown kind {str(frame['kind'])[:40]!r}")
    return _value(kind, frame["body"], kind.__name__)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value.reveal() if isinstance(value, Secret) else value


def _value(kind: Any, raw: object, where: str) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        if raw is None and type(None) in get_args(kind):
            return None
        (kind,) = (choice for choice in get_args(kind) if choice is not type(None))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind)[0], raw, where)
    if dataclasses.is_dataclass(kind):
        return _message(kind, raw, where)
    if kind in (bool, int):
        if type(raw) is not kind:
            raise BadFrame(f"{where}: {kind.__name__} expected")
        return raw
    return _scalar(kind, raw, where)


def _tuple(item: Any, raw: object, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise BadFrame(f"{where}: a list expected")
    return tuple(_value(item, part, f"{where}[{i}]") for i, part in enumerate(raw))


def _message(kind: Any, raw: object, where: str) -> Any:
    hints = _hints(kind)
    if kind in BETWEEN_VERSIONS and isinstance(raw, dict):
        hints = {name: hint for name, hint in hints.items() if name in raw or _needed(kind, name)}
        raw = {name: value for name, value in raw.items() if name in hints}
    if not isinstance(raw, dict) or set(raw) != set(hints):
        raise BadFrame(f"{where}: exactly the fields {', '.join(hints) or '(none)'} expected")
    return kind(
        **{name: _value(hint, raw[name], f"{where}.{name}") for name, hint in hints.items()}
    )


def _needed(kind: Any, name: str) -> bool:
    """Whether a field has no default."""
    field = kind.__dataclass_fields__[name]
    return bool(
        field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _scalar(kind: Any, raw: object, where: str) -> Any:
    if not isinstance(raw, str):
        raise BadFrame(f"{where}: a string expected")
    try:
        raw.encode("utf-8")
        return _SCALARS.get(kind, kind)(raw)
    except (ValueError, OverflowError):
        raise BadFrame(f"{where}: no {kind.__name__}") from None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return instant


_SCALARS: dict[type, Callable[[str], object]] = {datetime: _instant, str: str, StrEnum: str}
