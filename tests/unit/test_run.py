"""`run.py` from outside: a small checkout with programs that tell how they were started."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CEILING_S = 100
TELLS_ITS_START = """\
import json, os, sys
print(json.dumps({"face": __package__, "words": sys.argv[1:], "folder": os.getcwd(),
                  "said": sys.stdin.read(), "path": sys.path[0],
                  "compiled_is_kept": not sys.dont_write_bytecode}))
sys.exit(int(os.environ.get("EXIT_CODE", "0")))
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="drives a POSIX shell")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose locks are empty, in a folder with a space, not set up yet."""
    root = tmp_path_factory.mktemp("with spaces") / "the checkout"
    shutil.copytree(ROOT / "packaging" / "door", root / "packaging" / "door")
    shutil.copy(ROOT / "run.py", root)
    for name in ("run", "window", "test"):
        (root / "packaging" / "linux").mkdir(exist_ok=True)
        (root / "packaging" / "linux" / f"apt-{name}.txt").write_text("# nothing\n")
    for face in ("receptionist", "ui", "pytest"):
        (root / face).mkdir()
        (root / face / "__init__.py").write_text("")
        (root / face / "__main__.py").write_text(TELLS_ITS_START)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).write_text("# nothing\n")
    return root


@pytest.fixture
def ready(checkout: Path) -> Path:
    """The checkout, set up."""
    assert start(checkout, "journal").returncode == 0
    return checkout


def command(checkout: Path, *words: str) -> list[str]:
    return [sys.executable, str(checkout / "run.py"), *words]


def variables(**more: str) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH", "VIRTUAL_ENV")
    return {**{k: v for k, v in os.environ.items() if k not in hidden}, **more}


def start(
    checkout: Path, *words: str, folder: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(checkout, *words),
        cwd=folder or "/",
        env=variables(**more),
        input="",
        capture_output=True,
        text=True,
        timeout=CEILING_S,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The one JSON object on standard output."""
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_first_start_sets_up_and_keeps_standard_output_for_the_program(
    checkout: Path,
) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    first = start(checkout, "journal", "--json")
    assert told(first)["words"] == ["journal", "--json"]
    assert "requirements.lock" in first.stderr
    second = start(checkout, "journal", "--json")
    assert told(second)["face"] == "receptionist"
    assert second.stderr == ""


def test_words_folder_and_exit_code_are_passed_through(ready: Path, tmp_path: Path) -> None:
    (tmp_path / "receptionist").mkdir()
    words = ("import", "Büro Muster.toml", "--data", "a b")
    answer = told(start(ready, *words, folder=tmp_path))
    assert answer["words"] == list(words)
    assert answer["folder"] == str(tmp_path)
    assert answer["path"] == str(ready)
    assert start(ready, "book", EXIT_CODE="7").returncode == 7


def test_the_tests_that_must_be_alone_run_after_the_others(ready: Path) -> None:
    done = start(ready, "test", EXIT_CODE="3")
    runs = [json.loads(line)["words"][-1] for line in done.stdout.splitlines()]
    assert [run.endswith("and not alone") for run in runs] == [True, False]
    assert runs[1].endswith("and alone")
    assert done.returncode == 3
    assert told(start(ready, "test", "tests/unit", "-x"))["words"] == ["tests/unit", "-x"]


def test_what_the_tests_start_is_compiled_once_whatever_the_user_wants(ready: Path) -> None:
    wanted = {"PYTHONDONTWRITEBYTECODE": "1"}
    assert told(start(ready, "test", "tests/unit", **wanted))["compiled_is_kept"]
    assert not told(start(ready, "journal", **wanted))["compiled_is_kept"]


def test_without_a_word_or_with_an_option_the_console_starts(ready: Path, display: str) -> None:
    assert told(start(ready, DISPLAY=display))["face"] == "ui"
    answer = told(start(ready, "--data", "here", DISPLAY=display))
    assert (answer["face"], answer["words"]) == ("ui", ["--data", "here"])


@pytest.mark.parametrize(
    ("words", "face", "passed"),
    [
        (["tel:+493023125120"], "ui", ["tel:+493023125120"]),
        (
            ["--lang", "de", "SIP:erika@example.org"],
            "ui",
            ["--lang", "de", "SIP:erika@example.org"],
        ),
        (["--lang", "de", "clients"], "receptionist", ["clients", "--lang", "de"]),
        (["--data=a b", "--lang", "de", "demo"], "ui", ["demo", "--data=a b", "--lang", "de"]),
        (["--lang", "de", "demo", "--auto"], "receptionist", ["demo", "--lang", "de", "--auto"]),
    ],
)
def test_options_may_stand_before_the_word(
    ready: Path, display: str, words: list[str], face: str, passed: list[str]
) -> None:
    answer = told(start(ready, *words, DISPLAY=display))
    assert (answer["face"], answer["words"]) == (face, passed)


def test_the_console_without_a_screen_says_so(ready: Path) -> None:
    done = start(ready)
    assert (done.returncode, done.stdout) == (69, "")
    assert "no screen" in done.stderr
    assert "run.py serve" in done.stderr


def test_the_demo_without_a_screen_says_so_and_runs_by_itself(ready: Path) -> None:
    done = start(ready, "demo", "--json")
    answer = told(done)
    assert (answer["face"], answer["words"]) == ("receptionist", ["demo", "--auto", "--json"])
    assert "no screen" in done.stderr


def test_a_display_that_does_not_answer_is_no_screen(ready: Path) -> None:
    assert told(start(ready, "demo", DISPLAY=":4711"))["face"] == "receptionist"


def test_the_demo_with_a_screen_shows_its_window(ready: Path, display: str) -> None:
    answer = told(start(ready, "demo", "--data", "here", DISPLAY=display))
    assert (answer["face"], answer["words"]) == ("ui", ["demo", "--data", "here"])


def test_the_automatic_demo_needs_no_screen(ready: Path, display: str) -> None:
    done = start(ready, "demo", "--auto", "--json", DISPLAY=display)
    answer = told(done)
    assert (answer["face"], answer["words"]) == ("receptionist", ["demo", "--auto", "--json"])
    assert done.stderr == ""


def test_closed_standard_input_is_no_trouble(ready: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command(ready, "journal")],
        env=variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=CEILING_S,
        check=False,
    )
    assert told(done)["said"] == ""


def test_help_needs_no_set_up(ready: Path) -> None:
    help_text = start(ready, "help").stdout
    assert all(word in help_text for word in ("demo", "test", "check", "soak", "bench"))


def test_a_changed_lock_is_installed(ready: Path) -> None:
    (ready / "requirements.lock").write_text(f"# {os.urandom(8).hex()}\n")
    assert "requirements.lock" in start(ready, "journal").stderr
    assert start(ready, "journal").stderr == ""


@pytest.mark.parametrize("broken", ["bin/python", "receptionist-stamp.json", "pyvenv.cfg"])
def test_a_broken_environment_is_mended(ready: Path, broken: str) -> None:
    path = ready / ".venv" / broken
    path.unlink()
    if broken == "bin/python":
        path.symlink_to("/nowhere/python3.11")
    assert told(start(ready, "journal"))["face"] == "receptionist"
    assert path.exists()
    assert start(ready, "journal").stderr == ""


def test_two_at_once_do_not_trip_over_each_other(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    both = [
        subprocess.Popen(
            command(checkout, "journal"),
            env=variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ends = [(*child.communicate(timeout=CEILING_S), child.returncode) for child in both]
    assert [code for _, _, code in ends] == [0, 0], ends
    assert sum("installing" in said for _, said, _ in ends) == 1


def test_an_environment_that_cannot_be_made_is_explained(ready: Path) -> None:
    (ready / "requirements.lock").write_text("nobody-has-this==1 --hash=sha256:00\n")
    done = start(ready, "journal", PIP_NO_INDEX="1")
    (ready / "requirements.lock").write_text("# nothing\n")
    assert done.returncode == 69
    assert "could not be installed" in done.stderr
    assert "Traceback" not in done.stderr


def load() -> ModuleType:
    """`run.py` as a module, not started."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_another_python_is_found_if_it_really_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = load()
    program(tmp_path / "shims" / "python3.12", "echo 'command not found' >&2; exit 127")
    program(tmp_path / "old" / "python3.12", "echo 'CPython 3.9'")
    real = program(tmp_path / "real" / "python3.11", f'exec "{sys.executable}" "$@"')
    folders = [str(tmp_path / name) for name in ("shims", "old", "real")]
    monkeypatch.setenv("PATH", os.pathsep.join(folders))
    monkeypatch.setattr(run.platform, "python_implementation", lambda: "Other")
    monkeypatch.setattr(run.os.path, "expanduser", lambda path: "/nowhere")
    monkeypatch.setattr(run.sys, "argv", ["run.py", "demo", "--auto"])
    started: list[list[str]] = []

    def hand_over(command: list[str]) -> None:
        started.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(run, "hand_over", hand_over)
    with pytest.raises(SystemExit):
        run.main()
    assert started == [[str(real), str(ROOT / "run.py"), "demo", "--auto"]]


def test_no_fitting_python_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = load()
    monkeypatch.setattr(run, "FITTING", ("CPython 3.99",))
    monkeypatch.setattr(run, "hand_over", pytest.fail)
    with pytest.raises(SystemExit) as ended:
        run.main()
    assert ended.value.code == 69
    assert "Python 3.11 or 3.12 is needed" in capsys.readouterr().err
