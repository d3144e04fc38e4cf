"""States of the office window: every form, what is wrong in it, and what it asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea

from receptionist.errors import CalendarRefused
from tests.doubles.desk import DENTIST
from tests.e2e.screens.people import with_people
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.dialog import OfficeDialog
from ui.dialogs.office.house import OfficeForm
from ui.models.office import Group

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL = Qt.KeyboardModifier.ControlModifier


def set_up(day: Day) -> Iterator[Shot]:
    """Every form of an office that is at work."""
    dialog = _opened(day)
    yield from _client(day, dialog)
    yield from _access(day, dialog)
    yield from with_people(day, dialog)
    yield from _questions(day, dialog)
    day._take_keyboard()


def begin(day: Day) -> Iterator[Shot]:
    """The form that comes first in an empty office."""
    dialog = _opened(day)
    yield _shot(day, dialog, "office-first")
    dialog.reject()
    day._take_keyboard()


def _opened(day: Day) -> OfficeDialog:
    """The office window, as large as a screen lets it be."""
    day._key(Qt.Key.Key_E, _CTRL)
    (dialog,) = day.window.findChildren(OfficeDialog)
    room = day.window.size()
    dialog.resize(min(1120, room.width() - 40), min(820, room.height() - 40))
    _take_keyboard(day, dialog)
    return dialog


def _take_keyboard(day: Day, dialog: QDialog) -> None:
    dialog.activateWindow()
    day._until(lambda: QApplication.activeWindow() is dialog)


def _shot(day: Day, dialog: OfficeDialog, name: str) -> Shot:
    day.settle()
    return name, dialog


def _client(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    dialog.editor.choose(day.reception.client("zahnarzt").id)
    yield _shot(day, dialog, "office-client")
    bar = dialog.editor.findChildren(QScrollArea)[0].verticalScrollBar()
    for number in (1, 2):
        bar.setValue(bar.maximum() * number // 2)
        yield _shot(day, dialog, f"office-client-{number}")
    yield from _sections(day, dialog)
    dialog.editor.new(Group.CLIENTS)
    day._key(Qt.Key.Key_Tab)
    day._type(DENTIST)
    day._key(Qt.Key.Key_S, _CTRL)
    yield _shot(day, dialog, "office-client-wrong")
    dialog.editor.discard()


def _sections(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    """What is folded away, one after the other, with something typed and something wrong."""
    dialog.editor.choose(day.reception.client("haustechnik").id)
    form = dialog.editor.form
    assert isinstance(form, ClientForm)
    form._kinds.rows[0].unfold()
    form.go("calendars")
    yield _shot(day, dialog, "office-client-kinds")
    for section in form.sections:
        field = section.names[0]
        section.unfold()
        form.go(field)
        _fill(day, form, section)
        day.settle()
        dialog.editor.came(list(section.fields.values())[-1])
        yield _shot(day, dialog, f"office-client-{field.replace('_', '-')}")
        section.fold()
    form.page.button.setFocus()
    yield _shot(day, dialog, "office-client-end")
    dialog.editor.discard()


def _fill(day: Day, form: ClientForm, section: Any) -> None:
    """Type something into a section, or leave something out."""
    field = section.names[0]
    if field == "exceptions":
        section._exceptions.add()
        day._type("24.12. - 2.1.")
        day._key(Qt.Key.Key_Tab)
        section._exceptions.add()
        day._type("Weihnachten")
        day._key(Qt.Key.Key_Tab)
    elif field == "services":
        section._editor.all.setCurrentIndex(1)
        section._editor.list.add()
        section._editor.list.rows[-1].title.setText("Ersatzteile bestellen")
        section._editor.list.add()
        own = section._editor.list.rows[-1].kind
        own.setCurrentIndex(own.count() - 1)
        form.check()
    elif field == "staff":
        section._staff.add()
        day._type("Lea Muster")
        section._staff.rows[-1].whose.setCurrentIndex(1)
    elif field == "rules":
        section._rules.add()
        section._rules.rows[-1].steps.add()
        section._rules.rows[-1].steps.rows[-1].kind.setCurrentIndex(2)
        section._rules.rows[-1].steps.add()


def _access(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    directory = day.reception.desk.directory
    dialog.editor.choose(directory.lines[0].id)
    yield _shot(day, dialog, "office-line")
    yield from _house(day, dialog)
    for group, name in ((Group.LINES, "line"), (Group.ACCOUNTS, "account")):
        dialog.editor.new(group)
        yield _shot(day, dialog, f"office-{name}-new")
        if group is Group.ACCOUNTS:
            dialog.editor.form.go("user")
            day._type("erika@icloud.com")
            yield _shot(day, dialog, "office-account-provider")
            url = dialog.editor.form.fields["url"].editor
            assert isinstance(url, QLineEdit)
            url.selectAll()
            url.setFocus()
        day._type("?")
        day._key(Qt.Key.Key_S, _CTRL)
        yield _shot(day, dialog, f"office-{name}-wrong")
        dialog.editor.discard()
    dialog.editor.choose(directory.accounts[0].id)
    for name, error in (("refused", CalendarRefused()), ("works", None)):
        if error is not None:
            day.reception.server.fail_next("discover", error)
        form = dialog.editor.form
        assert form is not None
        with day.reception.server.lock:
            form.probe_button.click()
            if error is None:
                yield _shot(day, dialog, "office-account-asks")
        day._until(lambda form=form: not form.probing)
        yield _shot(day, dialog, f"office-account-{name}")


def _house(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    dialog.editor.choose(day.reception.desk.directory.office.id)
    form = dialog.editor.form
    assert isinstance(form, OfficeForm)
    form._rules.add()
    form._routes.add()
    yield _shot(day, dialog, "office-house")
    for field in ("hours", "routes"):
        form.go(field)
        dialog.editor.came(form.fields[field])
        yield _shot(day, dialog, f"office-house-{field}")
    dialog.editor.discard()


def _questions(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    dialog.editor.choose(day.reception.client("zahnarzt").id)
    dialog.editor.ask_removal()
    yield _shot(day, dialog, "office-delete")
    dialog.editor.removal.stay()
    dialog.editor.enter()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    day._type(" und Partner")
    call = day.reception.rings(DENTIST)
    dialog.reject()
    yield _shot(day, dialog, "office-unsaved-and-ringing")
    dialog.editor.unsaved.stay_button.click()
    day._key(Qt.Key.Key_F2)
    day._until(lambda: not dialog.isVisible())
    day._take_keyboard()
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(call).ended)
    day._key(Qt.Key.Key_Escape)
    yield day._shot("office-unfinished")
    dialog.editor.discard_all()
