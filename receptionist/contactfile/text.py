"""What other programs write as text: with or without a byte order mark, UTF-8 or Windows'."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def is_marked(content: bytes) -> bool:
    """Whether it begins with a byte order mark."""
    return content.startswith(tuple(mark for mark, _name in _MARKS))


def decoded(content: bytes) -> str:
    """`content` as text: what its mark says, else UTF-8 if it is, else cp1252.

    What no encoding has becomes U+FFFD, which is seen in the preview.
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked is not None:
        return content.decode(marked, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
