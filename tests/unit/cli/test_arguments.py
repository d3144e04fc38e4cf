"""Command lines: what is understood, what is refused, in which words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from receptionist import i18n, settings
from receptionist.cli import main
from receptionist.cli.arguments import chosen_language, parser
from receptionist.cli.command import Exit
from receptionist.cli.door import COMMANDS, SERVICES
from receptionist.cli.following import instant
from receptionist.errors import BadInput

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-12-01T09:30", "2026-12-01T08:30"),
        ("2026-07-01T09:30", "2026-07-01T07:30"),
        ("2026-12-01", "2026-11-30T23:00"),
        ("2026-12-01T09:30Z", "2026-12-01T09:30"),
        ("2026-12-01T09:30+05:00", "2026-12-01T04:30"),
        (" 2026-12-01 09:30 ", "2026-12-01T08:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),
    ],
)
def test_times_without_an_offset_are_local_to_the_client(text: str, hour: str) -> None:
    assert instant(text, BERLIN, "start") == datetime.fromisoformat(hour).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "morgen", "2027-03-28T02:30", "9999-12-31T23:59", "0001-01-01", "2026-13-01", "\x1b[31m"],
)
def test_a_time_that_is_none_names_its_key(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        instant(text, BERLIN, "start")
    assert caught.value.key == "start"
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["nonsense"],
        ["slots"],
        ["book", "--client", "x"],
        ["slots", "--client", "x", "--kind", "y", "--count", "many"],
        ["book", "--no-wait", "--wait-seconds", "3"],
        ["clients", "--nonsense"],
        ["serve", "--audio", "loud"],
        ["serve", "--bind", "everywhere"],
        ["serve", "--sip-port", "70000"],
        ["serve", "--for", "-1"],
        ["sync", "--wait-seconds", "nan"],
        ["sync", "--wait-seconds", "inf"],
        ["journal", "--days", "0"],
        ["demo", "--pause-before-booking", "ewig"],
    ],
)
def test_a_wrong_command_line_is_one_sentence(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == Exit.BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "--help" in err


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*COMMANDS, *SERVICES):
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])
        assert end.value.code == 0
        assert "--json" in capsys.readouterr().out


def test_the_help_lists_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for code in Exit:
        assert f"{code:>3}  " in text


@pytest.mark.parametrize(
    ("argv", "tag"),
    [
        (["clients", "--lang", "de"], "de"),
        (["clients", "--lang=en"], "en"),
        (["clients"], None),
        (["clients", "--lang"], ""),
    ],
)
def test_the_language_is_known_before_parsing(argv: list[str], tag: str | None) -> None:
    assert chosen_language(argv) == tag


@pytest.mark.parametrize("words", [["--data", "{data}"], ["--data={data}"]])
@pytest.mark.parametrize(("row", "tag"), [('"de"', "de"), ('"auto"', None), ('"fr"', None)])
def test_a_command_speaks_the_language_that_is_set(
    tmp_path: Path, words: list[str], row: str, tag: str | None
) -> None:
    (tmp_path / settings.FILE).write_text(f"language = {row}\n", "utf-8")
    argv = ["clients", *(word.format(data=tmp_path) for word in words)]
    assert chosen_language(argv) == tag
    assert chosen_language([*argv, "--lang", "en"]) == "en"


def test_argparse_speaks_our_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", _Upper())
    with pytest.raises(BadInput, match="THE FOLLOWING ARGUMENTS ARE REQUIRED"):
        parser(COMMANDS.values()).parse_args(["slots"])


class _Upper(i18n._gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return (
            message.upper()
            .replace("%S", "%s")
            .replace("{MESSAGE}", "{message}")
            .replace("{PROGRAM}", "{program}")
            .replace("{PATH}", "{path}")
        )
