"""The entry by which desktops find the program, and give it links to call."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from receptionist.model.link import SCHEMES
from receptionist.paths import resources

ENTRY = Path(__file__).resolve().parents[2] / "packaging" / "linux" / "receptionist.desktop"


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ENTRY, "utf-8")
    return parser["Desktop Entry"]


def test_it_takes_every_link_the_program_reads(entry: configparser.SectionProxy) -> None:
    types = entry["MimeType"].rstrip(";").split(";")
    assert types == [f"x-scheme-handler/{scheme}" for scheme in SCHEMES]
    assert entry["Exec"].split() == ["receptionist", "%u"]


def test_it_speaks_german_and_has_an_icon(entry: configparser.SectionProxy) -> None:
    for key in ("GenericName", "Comment", "Keywords"):
        assert entry[key]
        assert entry[f"{key}[de]"] != entry[key]
    assert resources("icons", f"{entry['Icon']}.svg").exists()


def test_lists_end_as_they_must_and_windows_are_found(entry: configparser.SectionProxy) -> None:
    for key in ("Categories", "Keywords", "Keywords[de]", "MimeType"):
        assert entry[key].endswith(";")
    assert entry["StartupWMClass"] == "receptionist"
    assert entry["StartupNotify"] == "true"
