"""Entry of the window, and of the frozen program.

A first argument that is `engine` or a command goes to `receptionist` before Qt is imported.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from receptionist.cli.handover import Doorkeeper
    from receptionist.demo import Demo
    from receptionist.threads import Later, Post
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


def show(data: Path | None = None) -> Window:
    """The window, on the screen before there is a desk. It lives as long as the caller keeps it.

    It stands as the directory `data` remembers it. Else, where its own size leaves no room for a
    title bar, it fills the screen.
    """
    from ui.window import Window

    window = Window(data=data)
    room, size = window.screen().availableSize(), window.size()
    if window.stood or (size.width() < room.width() and size.height() < room.height()):
        window.show()
    else:
        window.showMaximized()
    return window


def explain(sentence: str) -> None:
    """Say in a small window of its own what went wrong; blocks nothing."""
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


def surprised(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The exception hook: the traceback goes to the log, a sentence to the person."""
    from receptionist.i18n import _

    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    log.error("unexpected", exc_info=(kind, error, trace))
    explain(
        _(
            "Something unexpected happened; the calls go on. If it happens again, please report it"
            " with the log file."
        )
    )


def _is_for_core(argv: Sequence[str]) -> bool:
    if not argv or argv[0].startswith("-"):
        return False
    return argv[0] != "demo" or "--auto" in argv


def _options(argv: Sequence[str]) -> argparse.Namespace:
    from receptionist.i18n import _

    parser = argparse.ArgumentParser(prog="receptionist")
    parser.add_argument("mode", nargs="?", choices=("demo",), help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the data directory"))
    parser.add_argument("--lang", "--language", dest="language", choices=("de", "en"))
    parser.add_argument("--palette", choices=("light", "dark"))
    return parser.parse_args(argv)


def _run(options: argparse.Namespace) -> int:
    from receptionist import settings
    from receptionist.paths import data_directory

    data = (options.data or data_directory()).absolute()
    chosen, faults = (settings.Settings(), ()) if options.mode == "demo" else settings.load(data)
    _app = application(
        options.language or _unless_auto(chosen.language),
        options.palette or _unless_auto(chosen.palette),
    )
    sys.excepthook = surprised
    console = _Console(options, data)
    for fault in faults:
        explain(fault)
    return console.run()


class _Console:
    """One run of the window, on the user's office or on the demonstration's. Main thread.

    The window is painted first; only then comes what takes long to import.
    """

    def __init__(self, options: argparse.Namespace, data: Path) -> None:
        from PySide6.QtCore import QObject

        from ui.post import QtLater, QtPost

        self._options, self._data = options, data
        self._root = QObject()
        self._post = QtPost(self._root)
        self._later = QtLater(self._root)
        self._office: _Office | Demo | None = None
        self._door: Doorkeeper | None = None
        self._code = 0
        self._window = show(data if options.data or options.mode != "demo" else None)

    def run(self) -> int:
        """Until the window is closed or the process is asked to end; the exit code."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from receptionist.cli.signals import on_end
        from ui.post import AfterPainting

        on_end(self._end)
        # Python runs a signal's handler only when Qt gives it a turn.
        turn = QTimer(self._root)
        turn.timeout.connect(lambda: None)
        turn.start(200)
        AfterPainting(self._window, self._open)
        try:
            return QApplication.exec() or self._code
        finally:
            if self._door is not None:
                self._door.close()
            if self._office is not None:
                self._office.stop()

    def _end(self) -> None:
        from PySide6.QtWidgets import QApplication

        self._window.leave()
        QApplication.exit()

    def _open(self) -> None:
        from receptionist import log as logs
        from receptionist.errors import ReceptionistError

        try:
            if self._options.mode == "demo":
                self._office = _demo(self._post, self._later, self._options.data)
            else:
                self._office = _Office(self._data, self._post, self._later)
        except ReceptionistError as error:
            self._failed(error)
            return
        logs.set_up(self._office.claim.data)
        self._office.start(self._ready, self._failed)

    def _failed(self, error: Exception) -> None:
        self._code = 1
        self._window.say(str(error))

    def _ready(self) -> None:
        from receptionist.cli.door import COMMANDS
        from receptionist.cli.place import doorkeeper

        office = self._office
        assert office is not None
        self._window.open(office.desk)
        self._door = doorkeeper(
            office.claim, office.desk, self._post, COMMANDS, self._window.activateWindow
        )


class _Office:
    """The user's own office: claims the data directory. Main thread."""

    def __init__(self, data: Path, post: Post, later: Later) -> None:
        from receptionist import bootstrap

        self.claim = bootstrap.claim(data, "console")
        phone = bootstrap.new_phone(post, bootstrap.phone_settings(data))
        self.desk = bootstrap.compose(data, post=post, later=later, phone=phone)

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        self.desk.start(ready, failed)

    def stop(self) -> None:
        self.desk.stop()
        self.claim.release()


def _demo(post: Post, later: Later, data: Path | None) -> Demo:
    from receptionist.demo import Demo

    return Demo(post, later, data.absolute() if data else None)


def _unless_auto(value: str) -> str | None:
    return None if value == "auto" else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
