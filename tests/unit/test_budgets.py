"""The walls: how large things may become, who may import whom, and what may stand in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FILE_LINES = 400
CLASS_LINES = 300
PUBLIC_METHODS = 20
FUNCTION_LINES = 40
COMPLEXITY = 10

DATA_TABLES: frozenset[str] = frozenset()
"""Files that hold a table and no logic; they may be longer than a file may."""

PROTOCOLS = frozenset({"receptionist/ports/store.py:Store"})
"""Ports that list what an adapter does; they may name more methods than a class may have."""

TOP_LEVEL = frozenset(
    [
        ".ci",
        ".gitattributes",
        ".github",
        ".gitignore",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "packaging",
        "pyproject.toml",
        "receptionist",
        "requirements-dev.lock",
        "requirements.lock",
        "resources",
        "run.py",
        "tests",
        "ui",
    ]
)
VAGUE = re.compile(r"(manager|helper|util|common|misc|base|info)s?")

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[str, ...]:
    """Files under version control, or about to be, as paths from the root."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(sorted(name for name in set(names) if name and (ROOT / name).is_file()))


def python_files() -> list[str]:
    return [name for name in tracked() if name.endswith(".py")]


@dataclass(frozen=True)
class Part:
    """A class or a function; `methods` counts what a class offers."""

    where: str
    name: str
    lines: int
    methods: int


@dataclass(frozen=True)
class Outline:
    """What the walls ask of a file; `silent` are public and do not say what they are."""

    says_what_it_is: bool
    classes: tuple[Part, ...]
    functions: tuple[Part, ...]
    silent: tuple[str, ...]


@cache
def outline(name: str) -> Outline:
    """A file is read once, and its tree is not kept: every test after these would carry it."""
    tree = ast.parse((ROOT / name).read_text("utf-8"), name)
    nodes = [node for node in ast.walk(tree) if isinstance(node, Definition | ast.ClassDef)]
    return Outline(
        says_what_it_is=bool(ast.get_docstring(tree)),
        classes=tuple(part(name, node) for node in nodes if isinstance(node, ast.ClassDef)),
        functions=tuple(part(name, node) for node in nodes if isinstance(node, Definition)),
        silent=tuple(
            node.name
            for node in tree.body
            if isinstance(node, Definition | ast.ClassDef)
            and node.name[0] != "_"
            and not ast.get_docstring(node)
        ),
    )


def part(name: str, node: Definition | ast.ClassDef) -> Part:
    """Its lines are from the first decorator to the end."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return Part(
        where=f"{name}:{node.lineno}",
        name=f"{name}:{node.name}",
        lines=(node.end_lineno or first) - first + 1,
        methods=sum(isinstance(m, Definition) and m.name[0] != "_" for m in node.body),
    )


def test_no_file_is_too_long() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in python_files()}
    assert lengths
    assert {n: lines for n, lines in lengths.items() if lines > FILE_LINES} == {
        n: lengths[n] for n in DATA_TABLES
    }


def test_no_class_is_too_large() -> None:
    classes = [each for name in python_files() for each in outline(name).classes]
    assert classes
    too_large = [
        f"{each.name} {each.lines} lines, {each.methods} methods"
        for each in classes
        if (each.methods > PUBLIC_METHODS and each.name not in PROTOCOLS)
        or each.lines > CLASS_LINES
    ]
    assert not too_large, "\n".join(too_large)


def test_no_function_is_too_long() -> None:
    functions = [each for name in python_files() for each in outline(name).functions]
    assert functions
    too_long = [
        f"{each.where} {each.lines} lines" for each in functions if each.lines > FUNCTION_LINES
    ]
    assert not too_long, "\n".join(too_long)


def test_complexity_is_checked_and_nowhere_excused() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "C90" in lint["select"]
    assert lint["mccabe"]["max-complexity"] == COMPLEXITY
    excused = re.compile(r"noqa: [^\n]*\bC90")
    assert [n for n in python_files() if excused.search((ROOT / n).read_text("utf-8"))] == []


def test_every_module_says_what_it_is() -> None:
    assert [name for name in python_files() if not outline(name).says_what_it_is] == []


@pytest.mark.parametrize("layer", ["receptionist", "ui"])
def test_every_public_class_and_function_says_what_it_is(layer: str) -> None:
    ours = [name for name in python_files() if name.startswith(f"{layer}/")]
    assert ours
    silent = [f"{name}:{each}" for name in ours for each in outline(name).silent]
    assert silent == []


def test_no_file_has_a_vague_name() -> None:
    words = {name: re.split(r"[/_.]", name) for name in python_files()}
    assert [name for name in words if any(map(VAGUE.fullmatch, words[name]))] == []


def test_nothing_strays_at_the_top_level() -> None:
    assert {name.split("/")[0] for name in tracked()} - TOP_LEVEL == set()


def test_folders_that_hold_no_code_of_ours_are_no_packages() -> None:
    """`packaging/__init__.py` would hide the library of that name."""
    assert {"packaging/__init__.py", "resources/__init__.py"} & set(tracked()) == set()


def test_imports_go_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_of_the_core_stands_in_the_import_rules() -> None:
    """A contract that forbids a library names its modules; a new one must be added to each."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    core = {name.split("/")[1].removesuffix(".py") for name in python_files() if core_module(name)}
    owners = {"pjsua2": "phone", "caldav": "calendars", "sqlalchemy": "store"}
    owners["keyring"] = "credentials"
    checked = set()
    for contract in rules["contracts"]:
        library = next(iter(contract.get("forbidden_modules", [])), "")
        sources = {module.partition(".")[2] for module in contract.get("source_modules", [])}
        if library in owners and "ui" in contract["source_modules"]:
            assert core - sources - {owners[library]} == set(), contract["name"]
            checked.add(library)
    assert checked == set(owners)


def core_module(name: str) -> bool:
    """Whether `name` lies in a module of the core that could import a library."""
    return name.startswith("receptionist/") and not name.endswith(
        ("receptionist/__init__.py", "receptionist/__main__.py")
    )


def test_no_file_names_a_registry() -> None:
    """Where packages come from is the business of the machine, not of the project."""
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org"]
    pattern = re.compile("|".join(map(re.escape, hosts)).encode(), re.IGNORECASE)
    assert [name for name in tracked() if pattern.search((ROOT / name).read_bytes())] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_names_versions_and_hashes_alone(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    entry = re.compile(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[\w.!+]+( ; [^\\]+)? \\")
    allowed = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*")
    odd = [x for x in lines if not entry.fullmatch(x) and not allowed.fullmatch(x)]
    assert odd == []
    assert [line for line in lines if "://" in line] == []


def test_the_dev_lock_holds_what_the_run_lock_holds() -> None:
    run, dev = (set(pins(name)) for name in ("requirements.lock", "requirements-dev.lock"))
    assert run
    assert run - dev == set()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": groups["test"] + groups["check"],
    }
    for lock, requirements in wanted.items():
        names = {pin.split("==")[0].split("[")[0] for pin in pins(lock)}
        asked = {
            re.split(r"[\[<>=~!; ]", line)[0].lower().replace("_", "-") for line in requirements
        }
        assert asked - names == set(), lock


def pins(lock: str) -> list[str]:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return [line.split(" ")[0] for line in lines if re.match(r"[a-z0-9]", line)]
