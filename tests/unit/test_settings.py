"""Settings: declared, read with forgiveness, written whole or not at all."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.settings import FILE, SETTINGS, Settings, load, save


def write(data: Path, text: str) -> Path:
    path = data / FILE
    path.write_text(text, "utf-8")
    return path


def test_every_setting_is_declared_with_its_default() -> None:
    assert {s.key: s.default for s in SETTINGS} == dataclasses.asdict(Settings())
    for setting in SETTINGS:
        assert setting.fault(setting.default) == ""
        assert setting.label
        assert setting.help
        assert setting.group


def test_nothing_there_is_the_usual(tmp_path: Path) -> None:
    assert load(tmp_path) == (Settings(), ())
    assert load(tmp_path / "missing") == (Settings(), ())


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    mine = Settings(
        language="de",
        headset='Jabra "Evolve" \\ Ä',
        sip_port=5060,
        rtp_port=4000,
        close_to_tray=True,
    )
    save(tmp_path, mine)
    assert load(tmp_path) == (mine, ())
    assert set(tomllib.loads((tmp_path / FILE).read_text("utf-8"))) == {
        "language",
        "headset",
        "sip_port",
        "rtp_port",
        "close_to_tray",
    }
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('language = "fr"', "auto, de, en"),
        ("language = 1", "text in quotes"),
        ('sip_port = "5060"', "whole number"),
        ("sip_port = true", "whole number"),
        ("close_to_tray = 1", "true or false"),
        ('close_to_tray = "true"', "true or false"),
        ("sip_port = 65536", "between 0 and 65535"),
        ("sip_port = -1", "between 0 and 65535"),
        ("rtp_port = 4001", "even port"),
        ("rtp_port = 80", "even port"),
        ('bind = "example.org"', "IPv4"),
        ('headset = "a\\u0007"', "invisible"),
        (f'headset = "{"a" * 201}"', "too long"),
        ("volume = 11", "not known"),
        ('password = "correct horse"', "not known"),
        ("sip_port = 1.5", "whole number"),
    ],
)
def test_a_bad_value_gives_a_sentence_and_the_usual_one(
    tmp_path: Path, row: str, sentence: str
) -> None:
    path = write(tmp_path, f'palette = "dark"\n{row}\n')
    found, told = load(tmp_path)
    assert found == Settings(palette="dark")
    assert len(told) == 1
    assert sentence in told[0]
    assert row.split(" ", maxsplit=1)[0] in told[0]
    assert "correct horse" not in told[0]
    assert path.read_text("utf-8") == f'palette = "dark"\n{row}\n'


@pytest.mark.parametrize("content", [b"language = \n", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_a_damaged_file_is_told_and_put_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    found, told = load(tmp_path)
    assert found == Settings()
    assert len(told) == 1
    assert "damaged" in told[0]
    assert (tmp_path / FILE).read_bytes() == content
    save(tmp_path, Settings(palette="dark"))
    assert load(tmp_path) == (Settings(palette="dark"), ())
    assert (tmp_path / "settings.damaged").read_bytes() == content


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    found, told = load(tmp_path)
    assert found == Settings()
    assert "cannot be read" in told[0]


def test_saving_keeps_what_a_newer_version_wrote(tmp_path: Path) -> None:
    write(
        tmp_path,
        'palette = "light"\n[future]\nlist = [1, "a\\n", true]\nwhen = 2027-03-01T08:00:00Z\n',
    )
    before = tomllib.loads((tmp_path / FILE).read_text("utf-8"))["future"]
    save(tmp_path, Settings(language="en"))
    after = tomllib.loads((tmp_path / FILE).read_text("utf-8"))
    assert after == {"language": "en", "future": before}


def test_saving_refuses_what_loading_would(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sip_port"):
        save(tmp_path, Settings(sip_port=-5))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, Settings(language="de"))

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        save(tmp_path, Settings(language="en"))
    assert load(tmp_path) == (Settings(language="de"), ())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    save(tmp_path, Settings())
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@given(st.binary(max_size=200))
def test_no_content_breaks_loading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    data = tmp_path_factory.mktemp("settings", numbered=True)
    (data / FILE).write_bytes(content)
    load(data)
