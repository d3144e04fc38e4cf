"""Entry of the window, and of the frozen program.

A word that is a part of the phone or a command goes to `receptionist` before Qt is imported; a word
that is a link to call goes to the window that runs, if one does.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from receptionist.cli.wish import Wish

log = logging.getLogger(__name__)

_WITH_VALUE = ("--data", "--lang", "--language", "--palette")
"""Options whose value is the next word."""


def main(argv: Sequence[str]) -> int:
    """Run the window, or hand over to the face without Qt; the exit code."""
    words = for_core(argv)
    if words is not None:
        from receptionist.cli import main as core

        return core(words)
    return _run(_options(argv))


def application(language: str | None, palette: str | None) -> QApplication:
    """Qt in a language (`de`, `en`) and a palette (`light`, `dark`); None follows the desktop."""
    from PySide6.QtWidgets import QApplication

    from receptionist.threads import main_rests, share_finely
    from ui.theme.sheet import follow
    from ui.widgets.icon import program_icon

    share_finely()
    app = QApplication([sys.argv[0]])
    app.aboutToQuit.connect(main_rests)
    app.setApplicationName("receptionist")
    app.setDesktopFileName("receptionist")
    app.setWindowIcon(program_icon())
    speak(app, language)
    follow(app, palette)
    return app


def speak(app: QApplication, language: str | None) -> None:
    """Choose the language of the program and of Qt's own texts, for windows made from now on."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    from receptionist import i18n

    tag = i18n.choose(language)
    QLocale.setDefault(QLocale(tag))
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(tag), "qtbase", "_", folder):
        app.installTranslator(translator)


def explain(sentence: str) -> None:
    """Say in a small window of its own what went wrong before there is a window to say it in."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    from receptionist.i18n import _

    box = QMessageBox(QMessageBox.Icon.Warning, _("Receptionist"), "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setModal(False)
    # The connection also keeps the box alive until it is closed.
    box.finished.connect(lambda _answer: box.deleteLater())
    box.show()


def surprised(
    tell: Callable[[str], object],
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """The exception hook: the traceback goes to the log, a sentence to the person."""
    from receptionist.i18n import _

    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    log.error("unexpected", exc_info=(kind, error, trace))
    tell(
        _(
            "Something unexpected happened; the calls go on. If it happens again, please report it"
            " with the log file."
        )
    )


def for_core(argv: Sequence[str]) -> list[str] | None:
    """What the face without Qt is to do, or None where a window is wanted.

    Options may stand before the command; there they mean the same.
    """
    from receptionist.model.link import is_link

    at = _first_word(argv)
    if at is None or is_link(argv[at]) or (argv[at] == "demo" and "--auto" not in argv):
        return None
    return [argv[at], *argv[:at], *argv[at + 1 :]]


def _first_word(argv: Sequence[str]) -> int | None:
    """The place of the first word that is neither an option nor an option's value."""
    follows = False
    for at, word in enumerate(argv):
        if not follows and not word.startswith("-"):
            return at
        follows = word in _WITH_VALUE
    return None


def _options(argv: Sequence[str]) -> argparse.Namespace:
    from receptionist.i18n import _
    from receptionist.model.link import is_link

    parser = argparse.ArgumentParser(prog="receptionist")
    parser.add_argument("word", nargs="?", metavar="demo | tel:… | sip:…", default="")
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the data directory"))
    parser.add_argument("--lang", "--language", dest="language", choices=("de", "en"))
    parser.add_argument("--palette", choices=("light", "dark"))
    parser.add_argument(
        "--hidden", action="store_true", help=_("start in the tray, or minimised without one")
    )
    options = parser.parse_args(argv)
    options.mode = "" if is_link(options.word) else options.word
    options.link = options.word if is_link(options.word) else ""
    return options


def _run(options: argparse.Namespace) -> int:
    from receptionist import settings
    from receptionist.cli.wish import Wish
    from receptionist.paths import LOCK, data_directory

    data = (options.data or data_directory()).absolute()
    demo = options.mode == "demo"
    chosen, faults = (settings.Settings(), ()) if demo else settings.load(data)
    language = options.language or _unless_auto(chosen.language)
    wish = Wish(options.link, _taken_token())
    if not demo and _content(data / LOCK) and _reached(data, wish, language):
        return 0
    _app = application(language, options.palette or _unless_auto(chosen.palette))
    sys.excepthook = partial(surprised, explain)

    from ui.console import Console

    console = Console(options, data, wish, chosen)
    sys.excepthook = partial(surprised, console.note)
    for fault in faults:
        console.note(fault)
    return console.run()


def _content(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _reached(data: Path, wish: Wish, language: str | None) -> bool:
    from receptionist import i18n
    from receptionist.cli.second import reached

    i18n.choose(language)
    return reached(data, wish)


def _taken_token() -> str:
    """The desktop's leave for this process to come up; not passed on to its children."""
    names = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
    tokens = [os.environ.pop(name, "") for name in names]
    return next(filter(None, tokens), "")


def _unless_auto(value: str) -> str | None:
    return None if value == "auto" else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
