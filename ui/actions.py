"""The one table of keys: id, text, key. Menus, buttons and the cheat sheet read it.

Letters and digits on their own always type text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from receptionist.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Key:
    """A verb and its key. With `count`, the key ends in a digit: 1, 2, … `count`."""

    id: str
    text: str
    key: str
    group: str
    count: int = 0


CALLS, BOOKING, WEEK = N_("Calls"), N_("Appointments"), N_("Owner's calendar")
SCRIPT = N_("Script")
CONNECTING = N_("Waiting and connecting")
VOICES = N_("Recordings and messages")
DESK = N_("At the desk")
CALLER = N_("Caller and knowledge")
MOVING, PROGRAM = N_("Getting around"), N_("Program")

KEYS = (
    Key("answer", N_("Answer"), "F2", CALLS),
    Key("decline", N_("Decline"), "Shift+F2", CALLS),
    Key("refuse", N_("Decline and say why"), "Ctrl+Shift+F2", CALLS),
    Key("redirect", N_("Send a ringing call to another number"), "Ctrl+F2", CALLS),
    Key("mute", N_("Microphone on or off"), "F4", CALLS),
    Key("digits", N_("Send tones"), "Ctrl+T", CALLS),
    Key("message", N_("Take a message"), "F7", CALLS),
    Key("assign", N_("Choose the client of this call"), "Ctrl+M", CALLS),
    Key("hang_up", N_("Hang up"), "F9", CALLS),
    Key("dial", N_("Call a number"), "Ctrl+D", CALLS),
    Key("redial", N_("Call one of the last numbers again"), "Ctrl+Shift+D", CALLS),
    Key("call_back", N_("Call the caller back"), "Ctrl+Shift+B", CALLS),
    Key("more", N_("What else can be done with the call"), "Ctrl+Shift+M", CALLS),
    Key("sound", N_("How the call sounds"), "Ctrl+I", CALLS),
    Key("trace", N_("Save the call's SIP messages"), "Ctrl+Shift+T", CALLS),
    Key("hold", N_("Hold or resume"), "F5", CONNECTING),
    Key("toggle", N_("Speak to the other caller"), "Shift+F3", CONNECTING),
    Key("park", N_("Park the call, or take it back"), "Shift+F5", CONNECTING),
    Key("transfer", N_("Ask somebody else, then connect"), "F6", CONNECTING),
    Key("blind", N_("Connect without announcing"), "Shift+F6", CONNECTING),
    Key("conference", N_("Conference of three, or end it"), "Ctrl+F6", CONNECTING),
    Key("record", N_("Record the call, or stop"), "Shift+F4", VOICES),
    Key("listen", N_("Listen to a message or recording, or stop"), "Ctrl+F7", VOICES),
    Key("save_voice", N_("Save a message or recording"), "Ctrl+Shift+F7", VOICES),
    Key("delete_voice", N_("Delete a message or recording"), "Ctrl+Shift+Del", VOICES),
    Key("reason", N_("Choose why somebody calls"), "Alt+", SCRIPT, count=9),
    Key("act", N_("Do what the call leads to"), "Alt+Return", SCRIPT),
    Key("verify", N_("Tick that an answer was read back"), "Ctrl+Return", SCRIPT),
    Key("speak", N_("Speak the caller's language, or the usual one"), "Ctrl+Shift+K", SCRIPT),
    Key("kind", N_("Choose another kind of appointment"), "Alt+Shift+", BOOKING, count=9),
    Key("slot", N_("Choose a free time"), "Ctrl+", BOOKING, count=4),
    Key("later", N_("Later times"), "Ctrl+PgDown", BOOKING),
    Key("earlier", N_("Earlier times"), "Ctrl+PgUp", BOOKING),
    Key("when", N_("Say when the caller would like to come"), "Ctrl+G", BOOKING),
    Key("staff", N_("Choose with whom of the staff"), "Ctrl+B", BOOKING),
    Key("book", N_("Book the appointment"), "F8", BOOKING),
    Key("appointment", N_("Open or close the caller's appointment"), "Ctrl+O", BOOKING),
    Key("move", N_("Move the appointment"), "Shift+F8", BOOKING),
    Key("change", N_("Change the appointment's texts"), "Shift+F7", BOOKING),
    Key("cancel", N_("Call the appointment off, or bring it back"), "Ctrl+F8", BOOKING),
    Key(
        "cancel_series",
        N_("Call this and the later ones of the series off"),
        "Ctrl+Shift+F8",
        BOOKING,
    ),
    Key("confirm", N_("Copy the confirmation"), "Ctrl+Shift+C", BOOKING),
    Key("letter", N_("Send the confirmation"), "Ctrl+Shift+E", BOOKING),
    Key("week", N_("Go to the owner's week"), "Ctrl+W", WEEK),
    Key("day", N_("Show the week, or one day of it"), "Ctrl+Shift+W", WEEK),
    Key("print", N_("Print the day or week"), "Ctrl+Shift+P", WEEK),
    Key("pdf", N_("Save the day or week as PDF"), "Ctrl+Shift+S", WEEK),
    Key("export", N_("Save the day or week as .ics"), "Ctrl+Shift+X", WEEK),
    Key("export_all", N_("Save coming appointments as .ics"), "Ctrl+Shift+A", WEEK),
    Key("knowledge", N_("Look up what is known of the client"), "Ctrl+F", CALLER),
    Key("spell", N_("Spell out what stands in the field"), "Ctrl+Shift+N", CALLER),
    Key("caller_card", N_("Mark the caller, or leave a message"), "Ctrl+Shift+H", CALLER),
    Key("told", N_("The message was told"), "Ctrl+Shift+G", CALLER),
    Key("ready", N_("Ready"), "F10", DESK),
    Key("break", N_("Take a break, take it back"), "F11", DESK),
    Key("wrap_up", N_("Wrap-up, once more for longer"), "F12", DESK),
    Key("settle", N_("Say what came of an open item"), "Ctrl+U", DESK),
    Key("promise", N_("Promise to call back"), "Ctrl+F9", DESK),
    Key("settled", N_("Look up what was settled"), "Ctrl+Shift+J", DESK),
    Key("errand", N_("Begin a task beside calls"), "Ctrl+F10", DESK),
    Key("errand_pause", N_("Pause the task, or go on with it"), "Ctrl+F11", DESK),
    Key("errand_finish", N_("Finish the task"), "Ctrl+F12", DESK),
    Key("report", N_("Report what was done for the client"), "Ctrl+Shift+R", DESK),
    Key("conditions", N_("Lines and calendars"), "Ctrl+L", DESK),
    Key("read_again", N_("Read the calendars now"), "Ctrl+R", DESK),
    Key("stop", N_("Stop what is under way"), "Ctrl+.", DESK),
    Key("search", N_("Search, or call a number"), "Ctrl+K", MOVING),
    Key("caller", N_("Go to the caller's name"), "Ctrl+N", MOVING),
    Key("history", N_("Earlier calls of this caller"), "Ctrl+H", MOVING),
    Key("journal", N_("Go to the work list, again to today's calls"), "Ctrl+J", MOVING),
    Key("next_call", N_("Show the next call"), "F3", MOVING),
    Key("put_away", N_("Leave the field, put a finished call away"), "Esc", MOVING),
    Key("paste_anyway", N_("Paste what was copied for another client"), "Ctrl+Shift+V", MOVING),
    Key("keys", N_("Show all keys"), "F1", PROGRAM),
    Key("help", N_("Help"), "Shift+F1", PROGRAM),
    Key("password", N_("Enter a missing password"), "Ctrl+P", PROGRAM),
    Key("office", N_("Set up the office"), "Ctrl+E", PROGRAM),
    Key("edit_script", N_("Edit the client's script"), "Ctrl+Shift+L", PROGRAM),
    Key("settings", N_("Settings"), "Ctrl+,", PROGRAM),
)


def sequences(key: Key) -> list[str]:
    """The key sequences of a row of the table, in portable words."""
    return [f"{key.key}{n}" for n in range(1, key.count + 1)] if key.count else [key.key]


def hint(key_id: str, number: int = 0) -> str:
    """The key as it is printed on this system's keyboards, e.g. `Strg+1`."""
    row = next(row for row in KEYS if row.id == key_id)
    return native(f"{row.key}{number}" if row.count else row.key)


def range_hint(row: Key) -> str:
    """All keys of a row of the table, e.g. `Alt+1–9`."""
    return f"{native(f'{row.key}1')}–{row.count}" if row.count else native(row.key)


def native(portable: str) -> str:
    """A key sequence as it is printed on this system's keyboards."""
    sequence = QKeySequence.fromString(portable, QKeySequence.SequenceFormat.PortableText)
    words = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    words = words.replace("Return", "Enter")
    return words.replace("Bild abwärts", "Bild ↓").replace("Bild aufwärts", "Bild ↑")


class Actions:
    """The table as QActions of a window. Main thread."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, list[QAction]] = {}
        for row in KEYS:
            self._actions[row.id] = [self._action(window, row, keys) for keys in sequences(row)]

    def on(self, key_id: str, do: Callable[[], object]) -> None:
        """Let a key do something."""
        self._actions[key_id][0].triggered.connect(lambda _checked=False: do())

    def on_number(self, key_id: str, do: Callable[[int], object]) -> None:
        """Let the numbered keys of a row do something with their index, from 0."""
        for index, action in enumerate(self._actions[key_id]):
            action.triggered.connect(partial(lambda i, _checked=False: do(i), index))

    def do(self, key_id: str, _checked: bool = False) -> None:
        """Do what a key does."""
        self._actions[key_id][0].trigger()

    def of(self, key_id: str) -> QAction:
        """The action of a row without a count."""
        return self._actions[key_id][0]

    def all(self) -> list[QAction]:
        """Every action, in the order of the table."""
        return [action for actions in self._actions.values() for action in actions]

    def fill(self, menu: QMenu) -> None:
        """Put every verb with a key of its own into a menu: those of the program, and a menu for
        each other group, so that all of it fits a low screen."""
        places = {PROGRAM: menu}
        for row in KEYS:
            if row.count:
                continue
            if row.group not in places:
                places[row.group] = menu.addMenu(_(row.group))
            elif row.group == PROGRAM and row.id == "keys":
                menu.addSeparator()
            places[row.group].addAction(self._actions[row.id][0])

    def _action(self, window: QWidget, row: Key, keys: str) -> QAction:
        action = QAction(_(row.text), window)
        action.setShortcut(QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText))
        leaves = row.id == "put_away"
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if leaves else Qt.ShortcutContext.ApplicationShortcut
        )
        action.setAutoRepeat(False)
        window.addAction(action)
        return action
