"""Where a sheet goes: a file that is chosen, or a printer. Calls go on behind the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from receptionist.i18n import _
from ui.printing.content import Sheet
from ui.printing.pages import paint, printable


def choose_file(
    parent: QWidget, title: str, name: str, kind: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to save; `kind` is as Qt writes filters. `then` gets the file, if one is chosen."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(next(iter(places), "."))
    dialog = QFileDialog(parent, title, str(folder), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
    return dialog


def print_out(parent: QWidget, sheet: Sheet, failed: Callable[[str], object]) -> None:
    """Ask for a printer and print a sheet."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # seldom wanted, and slow to load

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(f"{sheet.client}: {sheet.title}")
    printable(printer)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def accepted() -> None:
        if not paint(sheet, printer):
            failed(_("The printer does not take the sheet. Check whether it is on, or save a PDF."))

    dialog.accepted.connect(accepted)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
