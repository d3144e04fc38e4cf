"""Catalogues of translated texts: `run.py translate` writes them, `--check` says what is wrong.

English texts stand in the code inside `_()`, `N_()` and `ngettext()`. The German ones stand in
`resources/i18n/de/LC_MESSAGES/receptionist.po`; the program reads the `.mo` compiled from it.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("receptionist", "ui")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PO = ROOT / "resources" / "i18n" / "de" / "LC_MESSAGES" / "receptionist.po"

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\(\w+\))?[a-z]")


def texts_in_code(root: Path = ROOT) -> Catalog:
    """Every text that people may see, with the files it stands in."""
    catalogue = Catalog(project="receptionist", charset="utf-8")
    for source in SOURCES:
        found = extract_from_dir(
            root / source,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("TRANSLATORS:",),
            strip_comment_tags=True,
        )
        for name, line, text, comments, context in found:
            place = (f"{source}/{Path(name).as_posix()}", line)
            catalogue.add(text, None, [place], auto_comments=comments, context=context)
    return catalogue


def read(po: Path = PO) -> Catalog:
    """The catalogue in `po`; a new German one when there is no such file."""
    if not po.exists():
        return Catalog(
            locale="de",
            project="receptionist",
            charset="utf-8",
            fuzzy=False,
            header_comment="# German texts of Receptionist. GPL-3.0-or-later.",
            version="0",
            msgid_bugs_address="CONTRIBUTING.md",
            last_translator="CONTRIBUTING.md",
            language_team="German",
        )
    with po.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def update(catalogue: Catalog, code: Catalog) -> None:
    """Give `catalogue` exactly the texts of `code`; what stays the same keeps its translation."""
    catalogue.update(code, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()


def as_po(catalogue: Catalog) -> bytes:
    """The text of a `.po` file: sorted, and without line numbers, so that it changes little."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled form that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def faults(catalogue: Catalog, code: Catalog) -> list[str]:
    """What is wrong with the catalogue, one sentence each."""
    wanted, there = _texts(code), _texts(catalogue)
    return [
        *(f"not in the catalogue: {key[0]!r}" for key in wanted if key not in there),
        *(f"no longer in the code: {key[0]!r}" for key in there if key not in wanted),
        *(f"{fault}: {message.id!r}" for message in there.values() if (fault := _fault(message))),
    ]


def stale(catalogue: Catalog, mo: Path) -> bool:
    """Whether `mo` is not what the catalogue compiles to."""
    return not mo.exists() or mo.read_bytes() != as_mo(catalogue)


def _texts(catalogue: Catalog) -> dict[tuple[object, object], Message]:
    return {(message.id, message.context): message for message in catalogue if message.id}


def _fault(message: Message) -> str:
    english, german = _forms(message.id), _forms(message.string or "")
    if not all(german):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    allowed = {place for form in english for place in _PLACEHOLDER.findall(form)}
    used = [set(_PLACEHOLDER.findall(form)) for form in german]
    # The singular may spell its number out, so only a text without plural must use them all.
    wrong = used[0] != allowed if len(english) == 1 else not all(u <= allowed for u in used)
    return "placeholders differ" if wrong else ""


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with `--check` only look; 1 when something is wrong."""
    catalogue, code = read(), texts_in_code()
    if "--check" not in arguments:
        update(catalogue, code)
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(as_po(catalogue))
        catalogue = read()
        PO.with_suffix(".mo").write_bytes(as_mo(catalogue))
    found = faults(catalogue, code)
    if stale(catalogue, PO.with_suffix(".mo")):
        found.append("the .mo is not compiled from the .po: run.py translate")
    print("\n".join(found or ["all texts are translated"]), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
