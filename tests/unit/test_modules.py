"""The list of modules in ARCHITECTURE.md: complete, current, and noticed when it is not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def modules() -> ModuleType:
    """`packaging/modules.py`, the tool that writes the list."""
    spec = importlib.util.spec_from_file_location("modules", ROOT / "packaging" / "modules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_modules_line_is_its_docstrings_first_paragraph(
    modules: ModuleType, tmp_path: Path
) -> None:
    for name in modules.PACKAGES:
        (tmp_path / name).mkdir()
    (tmp_path / "ui" / "__init__.py").write_text('"""The window."""')
    (tmp_path / "ui" / "pane.py").write_text('"""A pane,\nof glass.\n\nIt breaks."""')
    listed = modules.sections(tmp_path)
    assert "### `ui/`\n\nThe window.\n\n| module | is |" in listed
    assert "| `pane.py` | A pane, of glass. |" in listed


def test_only_what_stands_between_the_marks_is_replaced(modules: ModuleType) -> None:
    text = f"before\n{modules.START}\nold\n{modules.END}\nafter\n"
    new = modules.page(text, "new\n")
    assert new == f"before\n{modules.START}\n\nnew\n\n{modules.END}\nafter\n"
    with pytest.raises(SystemExit):
        modules.page("no marks", "new")
