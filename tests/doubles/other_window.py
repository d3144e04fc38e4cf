"""Another program's window with one field: somebody writes a letter there while the phone rings.

Started as `python -m tests.doubles.other_window`; tells `ready` when it has the keyboard, and at
every change what stands in the field.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit


def main() -> int:
    """Show the window until the process is ended."""
    app = QApplication([])
    field = QLineEdit()
    field.setWindowTitle("Letter")
    field.resize(300, 40)
    field.textChanged.connect(lambda text: print(text, flush=True))

    def active() -> None:
        if field.isActiveWindow() and field.hasFocus():
            turn.stop()
            print("ready", flush=True)

    turn = QTimer(field)
    turn.timeout.connect(active)
    turn.start(20)
    field.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
