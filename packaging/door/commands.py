"""The words after `run.py`, and what each of them sets up and starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from door.environment import DEV_LOCK, RUN_LOCK, Environment
from door.screen import has_screen
from door.system import require
from door.words import SET_UP_FAILED, SetUpFailed, say

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
environment = Environment(ROOT)

WITH_VALUE = ("--data", "--lang", "--language", "--palette")
LINKS = ("tel", "sip", "sips", "callto")

HELP = """\
python3 run.py                     the console
python3 run.py tel:+49...          the console that runs, or a new one, with this number to call
python3 run.py demo                a sample office with real calls; without a screen as --auto
python3 run.py demo --auto --json  the same without screen and sound, one JSON object as result
python3 run.py test [...]          the everyday tests; what follows goes to pytest
python3 run.py check               format, lint, types, imports, translations, module list
python3 run.py soak | bench        long tests | timings
python3 run.py translate           bring the catalogues up to date with the texts in the code
python3 run.py modules             bring ARCHITECTURE.md's list of modules up to date
python3 run.py WORD ...            any other word is a command of the desk without a window:
                                   python3 run.py --help-commands lists them
"""

NO_SCREEN = """\
there is no screen to open the window on.
  python3 run.py serve            the desk without a window
  python3 run.py --help-commands  all commands"""

EVERY_DAY = "not soak and not bench"
SIDE_BY_SIDE = (
    *("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=40"),
    "--max-worker-restart=0",
)
"""Most tests wait for something most of the time, so there may be more than two cores.

In their own order: the long ones come first, and the short ones fill what is left at the end. A
worker that crashed is not started again: the file at which it ended would be tried for ever.
"""

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "translations": ["packaging/translations.py", "--check"],
    "modules": ["packaging/modules.py", "--check"],
}


def run(arguments: Sequence[str]) -> int:
    """Do what the words say and return the exit code; starts other programs in our place."""
    _open_standard_streams()
    word, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    try:
        if word in COMMANDS:
            return COMMANDS[word](rest)
        return _by_its_word(list(arguments))
    except SetUpFailed as error:
        say(str(error))
        return SET_UP_FAILED
    except KeyboardInterrupt:
        return 130


def _by_its_word(arguments: list[str]) -> int:
    """The window, or a command of the desk; options may stand before the word, too."""
    at = _first_word(arguments)
    if at is None or arguments[at].partition(":")[0].lower() in LINKS:
        return console(arguments)
    moved = [*arguments[:at], *arguments[at + 1 :]]
    return demo(moved) if arguments[at] == "demo" else faceless([arguments[at], *moved])


def _first_word(arguments: Sequence[str]) -> int | None:
    """The place of the first word that is neither an option nor an option's value."""
    follows = False
    for at, word in enumerate(arguments):
        if not follows and not word.startswith("-"):
            return at if word else None
        follows = word in WITH_VALUE
    return None


def print_help(_rest: list[str]) -> int:
    """Print what `run.py` can do."""
    print(HELP, end="")
    return 0


def console(arguments: list[str]) -> int:
    """The window."""
    if not has_screen():
        raise SetUpFailed(NO_SCREEN)
    require(LINUX, ("run", "window"))
    environment.ensure(RUN_LOCK)
    become("-m", "ui", *arguments)


def faceless(arguments: list[str]) -> int:
    """A command of the desk without a window."""
    try:
        require(LINUX, ("run",))
    except SetUpFailed as error:
        say(f"{error}\nGoing on without them.")
    environment.ensure(RUN_LOCK)
    become("-m", "receptionist", *arguments)


def demo(rest: list[str]) -> int:
    """The sample office: with its window where there is a screen, else by itself."""
    if "--auto" in rest:
        return faceless(["demo", *rest])
    if not has_screen():
        say("there is no screen, so the demo runs by itself (demo --auto)")
        return faceless(["demo", "--auto", *rest])
    return console(["demo", *rest])


def test(rest: list[str]) -> int:
    """The everyday tests: side by side, and then those that must be alone; `rest` as it says."""
    _set_up_tests()
    if rest:
        become("-m", "pytest", *rest, folder=ROOT)
    os.chdir(ROOT)
    pytest = [str(environment.python), "-P", "-m", "pytest"]
    together = _wait_for([*pytest, *SIDE_BY_SIDE, "-m", f"{EVERY_DAY} and not alone"])
    alone = _wait_for([*pytest, "-m", f"{EVERY_DAY} and alone"])
    return together or alone


def soak(rest: list[str]) -> int:
    """The long tests, and whatever is tried with examples once more, with many others."""
    _set_up_tests()
    long = ("-m", "soak or hypothesis", "--hypothesis-profile", "others", "--timeout", "0")
    become("-m", "pytest", *long, *rest, folder=ROOT)


def bench(rest: list[str]) -> int:
    """The timings, with what they print."""
    _set_up_tests()
    become("-m", "pytest", "-m", "bench", "-s", "tests/benchmarks", *rest, folder=ROOT)


def check(_rest: list[str]) -> int:
    """Every check, also after one that failed; 1 when any of them did."""
    environment.ensure(DEV_LOCK)
    failed = [name for name, step in CHECKS.items() if not _passes(name, step)]
    say(f"check failed: {', '.join(failed)}" if failed else "check: all good")
    return 1 if failed else 0


def translate(rest: list[str]) -> int:
    """Bring the catalogues up to date."""
    environment.ensure(DEV_LOCK)
    become("packaging/translations.py", *rest, folder=ROOT)


def modules(rest: list[str]) -> int:
    """Bring ARCHITECTURE.md's list of modules up to date."""
    environment.ensure(DEV_LOCK)
    become("packaging/modules.py", *rest, folder=ROOT)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "help": print_help,
    "-h": print_help,
    "--help": print_help,
    "--help-commands": lambda _rest: faceless(["--help"]),
    "demo": demo,
    "test": test,
    "check": check,
    "soak": soak,
    "bench": bench,
    "translate": translate,
    "modules": modules,
}


def become(*arguments: str, folder: Path | None = None) -> NoReturn:
    """Go on as the environment's Python with `arguments`, in `folder` if one is given."""
    if folder is not None:
        os.chdir(folder)
    command = [str(environment.python), "-P", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, _variables())
    sys.exit(_wait_for(command))


def _wait_for(command: list[str]) -> int:
    with subprocess.Popen(command, env=_variables()) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # Ctrl+C reaches the child as well; how it ends is for the child to say.
                continue


def _variables() -> dict[str, str]:
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONHOME"}, **ours}


def _passes(name: str, step: list[str]) -> bool:
    say(f"check {name}")
    command = [str(environment.python), "-P", *step]
    return subprocess.run(command, cwd=ROOT, env=_variables(), check=False).returncode == 0


def _set_up_tests() -> None:
    # They start the program hundreds of times, and whatever is not kept is compiled each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        require(LINUX, ("run", "window", "test"))
    except SetUpFailed as error:
        say(f"{error}\nGoing on; tests that need them will fail.")
    environment.ensure(DEV_LOCK)


def _open_standard_streams() -> None:
    """Give the numbers 0 to 2 to nothing where they are closed, or the next file gets them."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(number, True)
    os.close(number)
