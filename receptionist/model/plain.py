"""Text from outside (callers, calendars, SIP headers, files) made harmless where it is shown.

Control characters move a terminal's cursor or break a line of a log; bidirectional overrides show
another text than the one that is stored. Letters, emoji and the direction of ordinary Arabic or
Hebrew words stay.
"""

from __future__ import annotations

import re
import unicodedata

_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e001f"
    f"{_OVERRIDES}]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmful(text: str, *, lines: bool = False) -> tuple[str, ...]:
    """The characters of `text` that may not be kept, each once; `lines` allows newline and tab."""
    allowed = "\n\t" if lines else ""
    return tuple(dict.fromkeys(c for c in _HARMFUL.findall(text) if c not in allowed))


def plain(text: str, *, lines: bool = False, limit: int = 2000) -> str:
    """`text` as one line (with `lines`: as lines) of harmless characters, `limit` at most.

    White space and control characters between words become one space, other harmful characters
    vanish. The result is still plain text: a surface with markup escapes it in its own way.
    """
    text = text[: limit * 4]
    if lines:
        rows = re.split("\r\n|[\n\r\u2028\u2029]", text)
        return "\n".join(plain(row, limit=limit) for row in rows).strip("\n")[:limit]
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(_HARMFUL.sub("", spaced).split())[:limit].rstrip()


def cell(text: str) -> str:
    """`text` for one cell of a CSV file: a spreadsheet does not take it for a formula."""
    row = plain(text, lines=True, limit=len(text))
    return f"'{row}" if row.lstrip().startswith(_FORMULA) else row


def code_point(character: str) -> str:
    """A character that cannot be shown, as `U+202E`."""
    return f"U+{ord(character):04X}"


def quoted(text: str) -> str:
    """`text` as a basic string of TOML, in quotes."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    marks = re.compile(r'["\\\x00-\x1f\x7f]')
    return '"' + marks.sub(lambda m: short.get(m[0]) or f"\\u{ord(m[0]):04X}", text) + '"'
