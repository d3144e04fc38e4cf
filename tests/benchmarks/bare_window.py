"""The least a Qt program with a window can be; tells when it was painted and ends."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class _Painted(QObject):
    """Waits for the first painting, and for the turn of the loop after it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, _tell)
        return False


def _tell() -> None:
    print(time.monotonic(), flush=True)
    QApplication.quit()


if __name__ == "__main__":
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Receptionist"))
    window.resize(1366, 768)
    painted = _Painted()
    window.installEventFilter(painted)
    window.show()
    app.exec()
