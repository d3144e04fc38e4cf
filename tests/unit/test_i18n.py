"""The language of a process, and that every text people see is there in German."""

from __future__ import annotations

import ast
import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from receptionist import i18n

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = '''\
"""Sample."""
from receptionist.i18n import N_, _, ngettext
# TRANSLATORS: on the button
_("Answer {name}")
N_("Later")
ngettext("one call", "{count} calls", 2)
print("a log line")
'''


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """`packaging/translations.py`, the tool that writes the catalogues."""
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A small project with three texts."""
    for name in ("receptionist", "ui"):
        (tmp_path / name).mkdir()
    (tmp_path / "ui" / "sample.py").write_text(SAMPLE)
    return tmp_path


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Put the language back."""
    before = i18n.language()
    yield
    i18n.choose(before)


@pytest.mark.parametrize(
    ("variables", "tag"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "de_CH"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "German_Germany.1252"}, "de"),
    ],
)
def test_the_language_follows_the_system(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], tag: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.choose() == tag
    assert i18n.language() == tag


def test_nothing_is_nothing_in_every_language() -> None:
    """The head of the catalogue, which gettext has there, is for nobody's eyes."""
    for tag in ("de", "en"):
        i18n.choose(tag)
        assert i18n._("") == ""


def test_a_guest_is_answered_in_his_language_and_nobody_else() -> None:
    i18n.choose("en")
    with i18n.speaking("de"):
        assert (i18n.language(), i18n._("Cancel")) == ("de", "Abbrechen")
        others: list[str] = []
        thread = threading.Thread(target=lambda: others.append(i18n._("Cancel")))
        thread.start()
        thread.join()
        assert others == ["Cancel"]
        with i18n.speaking("tlh"):
            assert i18n._("Cancel") == "Cancel"
    assert (i18n.language(), i18n._("Cancel")) == ("en", "Cancel")


def test_an_unknown_language_follows_the_system() -> None:
    assert i18n.choose("tlh") == "en"


def test_english_needs_no_catalogue() -> None:
    i18n.choose("en")
    assert i18n._("Not translated anywhere") == "Not translated anywhere"
    assert i18n.ngettext("one", "many", 2) == "many"
    assert i18n.N_("Later") == "Later"


def test_german_plurals_are_looked_up(
    translations: ModuleType, code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = translations.read(code / "none.po")
    translations.update(catalogue, translations.texts_in_code(code))
    catalogue["one call"].string = ("ein Anruf", "{count} Anrufe")
    mo = code / "i18n" / "de" / "LC_MESSAGES" / "receptionist.mo"
    mo.parent.mkdir(parents=True)
    mo.write_bytes(translations.as_mo(catalogue))
    monkeypatch.setattr(i18n, "resources", lambda *parts: code.joinpath(*parts))
    i18n.choose("de")
    assert i18n.ngettext("one call", "{count} calls", 1) == "ein Anruf"
    assert i18n.ngettext("one call", "{count} calls", 3).format(count=3) == "3 Anrufe"


def test_the_tool_finds_every_kind_of_text(translations: ModuleType, code: Path) -> None:
    texts = [message.id for message in translations.texts_in_code(code) if message.id]
    assert texts == ["Answer {name}", "Later", ("one call", "{count} calls")]


def test_the_tool_says_what_is_wrong(translations: ModuleType, code: Path) -> None:
    wanted = translations.texts_in_code(code)
    catalogue = translations.read(code / "none.po")
    assert len(translations.faults(catalogue, wanted)) == 3
    translations.update(catalogue, wanted)
    catalogue["Answer {name}"].string = "Annehmen {nmae}"
    catalogue["Later"].string = "Später"
    catalogue["Later"].flags.add("fuzzy")
    catalogue["one call"].string = ("ein Anruf", "")
    catalogue.add("Gone", "Weg")
    assert sorted(translations.faults(catalogue, wanted)) == [
        "fuzzy: 'Later'",
        "no longer in the code: 'Gone'",
        "not translated: ('one call', '{count} calls')",
        "placeholders differ: 'Answer {name}'",
    ]


def test_updating_keeps_translations_and_changes_nothing_twice(
    translations: ModuleType, code: Path
) -> None:
    catalogue = translations.read(code / "none.po")
    translations.update(catalogue, translations.texts_in_code(code))
    catalogue["Later"].string = "Später"
    po = code / "de.po"
    po.write_bytes(translations.as_po(catalogue))
    again = translations.read(po)
    translations.update(again, translations.texts_in_code(code))
    assert again["Later"].string == "Später"
    assert translations.as_po(again) == po.read_bytes()


def test_no_text_stands_where_the_tool_does_not_look() -> None:
    """Inside an f-string a text is not found, and is shown in English for ever."""
    hidden = [
        f"{path.relative_to(ROOT)}:{string.lineno}"
        for folder in ("receptionist", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("_", "N_", "ngettext") and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_every_text_is_there_in_german(translations: ModuleType) -> None:
    faults = translations.faults(translations.read(), translations.texts_in_code())
    assert not faults, "\n".join(faults)


def test_the_compiled_catalogue_is_current(translations: ModuleType) -> None:
    """`run.py translate` compiles it."""
    assert not translations.stale(translations.read(), translations.PO.with_suffix(".mo"))
