"""Entry of the window, and of the frozen program.

A first argument that is `engine` or a command goes to `receptionist` before Qt is imported.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from receptionist.clock import Clock
    from receptionist.desk.desk import Desk
    from ui.window import Window

log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Run the window, or hand over to the face without Qt; the exit code."""
    if _is_for_core(argv):
        from receptionist.cli import main as core

        return core(argv)
    return _run(_options(argv))


def application(language: str | None, palette: str | None) -> QApplication:
    """Qt in a language (`de`, `en`) and a palette (`light`, `dark`); None follows the desktop."""
    from PySide6.QtWidgets import QApplication

    from ui.theme.sheet import dress, wanted
    from ui.widgets.icon import program_icon

    app = QApplication([sys.argv[0]])
    app.setApplicationName("receptionist")
    app.setDesktopFileName("receptionist")
    app.setWindowIcon(program_icon())
    speak(app, language)
    dress(app, wanted(palette))
    if palette is None:
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: dress(app, wanted(None)))
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


def show(desk: Desk, clock: Clock | None = None) -> Window:
    """The window of a desk whose directory is read. It lives as long as the caller keeps it."""
    from ui.window import Window

    window = Window(desk, clock)
    window.show()
    return window


def explain(sentence: str) -> None:
    """Say in a small window of its own what went wrong; blocks nothing."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    from receptionist.i18n import _

    box = QMessageBox(QMessageBox.Icon.Warning, _("Receptionist"), "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(False)
    box.show()


def surprised(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The exception hook: the traceback goes to the log, a sentence to the person."""
    from receptionist.i18n import _

    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    log.error("unexpected", exc_info=(kind, error, trace))
    explain(
        _(
            "Something unexpected happened; the calls go on. If it comes again, please report it"
            " with the log file."
        )
    )


def _is_for_core(argv: Sequence[str]) -> bool:
    if not argv or argv[0].startswith("-"):
        return False
    return argv[0] != "demo" or "--auto" in argv


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="receptionist")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--language", choices=("de", "en"))
    parser.add_argument("--palette", choices=("light", "dark"))
    return parser.parse_args(argv)


def _run(options: argparse.Namespace) -> int:
    from PySide6.QtCore import QObject

    from receptionist import bootstrap, settings
    from receptionist import log as logs
    from receptionist.errors import ReceptionistError
    from receptionist.paths import data_directory
    from ui.post import QtLater, QtPost

    data = options.data or data_directory()
    chosen, _faults = settings.load(data)
    app = application(
        options.language or _unless_auto(chosen.language),
        options.palette or _unless_auto(chosen.palette),
    )
    try:
        claim = bootstrap.claim(data, "console")
    except ReceptionistError as error:
        explain(str(error))
        app.exec()
        return 1
    with claim:
        logs.set_up(data)
        sys.excepthook = surprised
        windows: list[Window] = []
        timers = QObject()
        desk = bootstrap.compose(data, post=QtPost(), later=QtLater(timers))
        desk.start(lambda: windows.append(show(desk)), lambda error: explain(str(error)))
        code = app.exec()
        desk.stop()
    return code


def _unless_auto(value: str) -> str | None:
    return None if value == "auto" else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
