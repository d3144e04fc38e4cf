"""Fields whose texts are jotted down while they are typed, and are there again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit


class Jotting(Protocol):
    """What was jotted down."""

    @property
    def texts(self) -> Mapping[str, Any]: ...


class Pad(Protocol):
    """Where something is jotted down. Any thread."""

    def jot(self, name: str, texts: Mapping[str, Any]) -> None: ...
    def strike(self, name: str) -> None: ...
    def take_up(self, name: str) -> Jotting | None: ...


class JottedFields(QObject):
    """The fields of one form. Main thread.

    `about` names what the form is about just now, "" for nothing; `beside` says what is kept with
    the texts. What another run left is put into the fields when they are shown about the same. With
    `one_only` there is one text at a time: as soon as it is about something else, it is about
    nothing before.
    """

    def __init__(
        self,
        pad: Pad,
        form: QWidget,
        fields: Mapping[str, Field],
        about: Callable[[], str],
        beside: Callable[[], Mapping[str, Any]] = dict,
        *,
        one_only: bool = False,
    ) -> None:
        super().__init__(form)
        self._pad, self._fields, self._about, self._beside = pad, fields, about, beside
        self._name, self._one_only = "", one_only
        for field in fields.values():
            field.installEventFilter(self)
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self._typed)
            else:
                field.textChanged.connect(partial(self._changed, field))

    def strike(self) -> None:
        """What was typed here last is kept where it belongs, or given up."""
        if self._name:
            self._pad.strike(self._name)

    def turn(self) -> None:
        """The form is about something else now, and with it what stands there."""
        if self._about() and any(self._texts().values()):
            self._typed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Show:
            QTimer.singleShot(0, self, self._take_up)
        return False

    def _changed(self, field: QWidget) -> None:
        """What is written without the keyboard here was not typed."""
        if field.hasFocus():
            self._typed()

    def _typed(self) -> None:
        before, self._name = self._name, self._about()
        if self._one_only and before not in ("", self._name):
            self._pad.strike(before)
        if self._name:
            self._pad.jot(self._name, {**self._beside(), **self._texts()})

    def _texts(self) -> dict[str, str]:
        return {key: _text(field) for key, field in self._fields.items()}

    def _take_up(self) -> None:
        name = self._about()
        found = self._pad.take_up(name) if name else None
        if found is None:
            return
        self._name = name
        for key, field in self._fields.items():
            text = str(found.texts.get(key, ""))
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
