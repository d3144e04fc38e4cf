"""The list of modules in ARCHITECTURE.md: `run.py modules` writes it, `--check` says if it is old.

A module's line is the first paragraph of its docstring, so nothing is written twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
START = "<!-- modules: written by `run.py modules` -->"
END = "<!-- end of modules -->"
PACKAGES = ("receptionist", "ui", "packaging")
FOLDERS_OF_THEIR_OWN = ("receptionist", "packaging")


def sections(root: Path = ROOT) -> str:
    """A table for each package: name and meaning of its modules."""
    return "\n".join(_section(folder, root) for folder in _folders(root))


def page(text: str, listed: str) -> str:
    """`text` with what stands between the marks replaced."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    if not rest or END not in rest:
        raise SystemExit(f"ARCHITECTURE.md has lost its marks: {START} … {END}")
    return f"{before}{START}\n\n{listed}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the list, or with `--check` only compare; 1 when it is old."""
    text = PAGE.read_text(encoding="utf-8")
    current = page(text, sections())
    if "--check" in arguments:
        if text != current:
            print("ARCHITECTURE.md: the list of modules is old; run: python3 run.py modules")
        return int(text != current)
    PAGE.write_text(current, encoding="utf-8")
    return 0


def _folders(root: Path) -> Iterator[Path]:
    for name in PACKAGES:
        top = root / name
        yield top
        if name in FOLDERS_OF_THEIR_OWN:
            yield from sorted(one for one in top.iterdir() if any(one.glob("*.py")))


def _section(folder: Path, root: Path) -> str:
    own = folder.name in FOLDERS_OF_THEIR_OWN
    files = sorted(folder.glob("*.py") if own else folder.rglob("*.py"))
    rows = [f"| `{name}` | {_meaning(file)} |" for file in files if (name := _name(file, folder))]
    title = folder.relative_to(root).as_posix()
    said = _meaning(folder / "__init__.py") if (folder / "__init__.py").exists() else ""
    intro = f"{said}\n\n" if said else ""
    return f"### `{title}/`\n\n{intro}| module | is |\n|---|---|\n" + "\n".join(rows) + "\n"


def _name(file: Path, folder: Path) -> str:
    path = file.relative_to(folder)
    if path.name != "__init__.py":
        return path.as_posix()
    return "" if path.parent == Path() else f"{path.parent.as_posix()}/"


def _meaning(file: Path) -> str:
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
