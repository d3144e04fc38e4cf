"""What is known of the caller, to be written: marks, a note, and a message that waits for him."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.number import shown
from ui.models.callers import KnownNow
from ui.models.callerwriting import (
    KEPT_DAYS,
    USUAL_DAYS,
    CallerTexts,
    is_same,
    row_of,
    texts_of,
)
from ui.models.words import client_words, one_line
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Line, Lines, tab_through
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll
from ui.widgets.stateline import StateLine

_LONGEST_NAME = 200


class CallerCardPanel(QWidget):
    """Main thread. Enter keeps what stands here, Esc leaves it as it was.

    `kept` carries whom it is about and `CallerTexts`, `parted` a row that is another person after
    all, `withdrawn` a message that is not to be told. `words_of` says how a message stands.
    """

    kept = Signal(object, object)
    parted = Signal(object)
    withdrawn = Signal(object)
    away = Signal()

    def __init__(self, words_of: Callable[[CallerNotice], str]) -> None:
        super().__init__()
        self._words_of = words_of
        self._known: KnownNow | None = None
        self._keeping = False
        self._given = CallerTexts()
        self._told: dict[str, object] = {}
        self._heading, self._number = Label(role="section", wrap=True), Label(role="quiet")
        self.name = Line("", _LONGEST_NAME)
        self.vip, self.blocked = QCheckBox(_("VIP")), QCheckBox(_("Blocked: rings without a sound"))
        self.note, self.message = _Text(2), _Text(3)
        self.days = Choice([(days, _(words)) for days, words in KEPT_DAYS.items()], USUAL_DAYS)
        self._state = StateLine()
        self._rows, self._notices = QVBoxLayout(), QVBoxLayout()
        self._keep = KeyButton(_("Save"), "⏎", "primary")
        self._away = KeyButton(_("Cancel"), "Esc")
        self._arrange()
        self._connect()

    def show_known(self, known: KnownNow, draft: CallerTexts | None = None) -> None:
        """Show how it stands, or what was typed and not kept."""
        self._known, self._given, self._keeping = known, texts_of(known), False
        words = _("A caller of {client}").format(client=client_words(known.client))
        self._heading.setText(words)
        self._number.tell(shown(row_of(known).number))
        self._state.tell("")
        self._fill(draft or self._given)
        self._show_rows(known)

    def refresh(self, known: KnownNow | None, notices: Sequence[CallerNotice]) -> None:
        """Rows or messages changed; what is typed stays, and stays about whom it was typed."""
        before = self._known
        if known is None or before is None or known.key != before.key:
            return
        if not is_same(before, known):
            if self.draft is not None:
                return
            self.show_known(known)
        self._known = known
        self._show_rows(known)
        self.show_notices(notices)

    def show_notices(self, notices: Sequence[CallerNotice]) -> None:
        """Show what was left for him before, the newest first."""
        wanted = tuple((one, self._words_of(one)) for one in reversed(notices))
        if self._told.get("notices") == wanted:
            return
        self._told["notices"] = wanted
        _clear(self._notices)
        for one, words in wanted:
            button = KeyButton(_("Withdraw"), kind="quiet")
            button.clicked.connect(partial(self.withdrawn.emit, one))
            self._notices.addLayout(_beside(words, button))
            button.setVisible(one.told is None)

    @property
    def key(self) -> tuple[UUID, UUID] | None:
        """To which call and client it belongs."""
        return self._known.key if self._known is not None else None

    @property
    def about(self) -> str:
        """Whom it is about, the same in every run of the program; "" while it is about nobody."""
        known = self._known
        if known is None:
            return ""
        return f"{known.client.id}/{row_of(known).number or known.name}"

    @property
    def client_id(self) -> UUID | None:
        """Whose caller it is."""
        return self._known.client.id if self._known is not None else None

    @property
    def title(self) -> str:
        """Whom it is about, in words."""
        return " · ".join(filter(None, (self._heading.text(), self._number.text())))

    @property
    def draft(self) -> CallerTexts | None:
        """What was typed and not kept, if anything was."""
        typed = self._typed()
        return typed if typed != self._given else None

    def fail(self, sentence: str) -> None:
        """Say why it could not be kept; it stays to be mended."""
        self._keeping = False
        self._state.tell(sentence, "danger")

    # ---- inside

    def _show_rows(self, known: KnownNow) -> None:
        """His other numbers, each with what is written down for it."""
        rows = known.card.rows[1:] if known.card is not None and not known.by_name else ()
        if self._told.get("rows") == rows:
            return
        self._told["rows"] = rows
        _clear(self._rows)
        for one in rows:
            button = KeyButton(_("Part"), kind="quiet")
            button.setToolTip(_("This is another person after all"))
            button.clicked.connect(partial(self.parted.emit, one))
            self._rows.addLayout(_beside(_row_words(one), button))

    def _typed(self) -> CallerTexts:
        days = self.days.value
        return CallerTexts(
            name=self.name.text(),
            vip=self.vip.isChecked(),
            blocked=self.blocked.isChecked(),
            note=self.note.text,
            message=self.message.toPlainText(),
            days=days if isinstance(days, int) else None,
        )

    def _fill(self, texts: CallerTexts) -> None:
        self.name.setText(texts.name)
        self.vip.setChecked(texts.vip)
        self.blocked.setChecked(texts.blocked)
        self.note.give(texts.note)
        self.message.give(texts.message)
        self.days.setCurrentIndex(list(KEPT_DAYS).index(texts.days))

    def _keep_it(self) -> None:
        if self._known is not None and not self._keeping:
            self._keeping = True
            self._state.tell("")
            self.kept.emit(self._known, self._typed())

    def _connect(self) -> None:
        self.name.returnPressed.connect(self._keep_it)
        for text in (self.note, self.message):
            text.entered.connect(self._keep_it)
        self._keep.clicked.connect(self._keep_it)
        self._away.clicked.connect(self.away)

    def _arrange(self) -> None:
        scroll = Scroll(_("What is known of the caller"), spacing=GRID)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fields = (
            (_("Name"), self.name),
            (_("To mind when this caller calls"), self.note),
            (_("Message for the caller"), self.message),
            (_("It waits"), self.days),
        )
        for text, field in fields:
            label = Label(text, "label")
            label.setBuddy(field)
            field.setAccessibleName(text)
            scroll.column.addWidget(label)
            scroll.column.addWidget(field)
            if field is self.name:
                scroll.column.addLayout(self._rows)
                scroll.column.addWidget(self.vip)
                scroll.column.addWidget(self.blocked)
        scroll.column.addLayout(self._notices)
        scroll.column.addStretch(1)
        verbs = row()
        verbs.addStretch(1)
        verbs.addWidget(self._away)
        verbs.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._heading, self._number, scroll, self._state):
            column.addWidget(widget, 1 if widget is scroll else 0)
        column.addLayout(verbs)
        words = _("Enter saves, Shift+Enter begins a line")
        column.addWidget(Label(words, "label", wrap=True))
        tab_through((self.name, self.vip, self.blocked, self.note, self.message, self.days))


class _Text(Lines):
    """Enter is the panel's own; with Shift it begins a new line."""

    entered = Signal()

    def __init__(self, rows: int) -> None:
        super().__init__("", rows)

    def give(self, text: str) -> None:
        """Show a text as it was kept."""
        self._given = text
        self.setPlainText(text)
        self._shown = self.toPlainText()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _row_words(one: KnownCaller) -> str:
    """One of his other numbers, and what is marked there."""
    marks = [_("VIP")] * one.vip + [_("blocked")] * one.blocked
    who = shown(one.number) or one_line(one.name, 40)
    return " · ".join(filter(None, (who, *marks, one_line(one.note, 80))))


def _beside(words: str, button: KeyButton) -> QHBoxLayout:
    line = row()
    line.addWidget(Label(words, "quiet", wrap=True), 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        line = item.layout()
        while line is not None and (inner := line.takeAt(0)) is not None:
            widget = inner.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
