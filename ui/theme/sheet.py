"""How widgets wear a palette: fonts, Qt's own palette, and the one style sheet."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from receptionist.paths import resources
from ui.theme.palette import DARK, LIGHT, Palette

GRID = 4
INSIDE = 12
BETWEEN = 12
BODY_PX = 13
_CHOICE = "receptionist_palette"

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QLabel { color: $text; background: transparent; }
QLabel[role="section"] { color: $quiet; font-size: 12px; font-weight: 600; }
QLabel[role="label"] { color: $quiet; font-size: 12px; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="brand"] { font-weight: 700; font-size: 14px; }
QLabel[role="client"] { font-size: 20px; font-weight: 600; }
QLabel[role="head"] { font-size: 16px; font-weight: 600; }
QLabel[role="initials"] { font-size: 10px; }
QLabel[role="initials"][badge] { border-radius: 5px; }
QLabel[role="timer"] { font-size: 14px; font-weight: 600; }
QLabel[role="greeting"] { font-size: 23px; }
QLabel[role="answer"] { font-size: 18px; }
QLabel[role="letter"] { font-size: 24px; font-weight: 600; }
QLabel[role="sayword"] { font-size: 20px; }
QLabel[role="sayword"][dense="true"] { font-size: 16px; }
QLabel[role="aside"] { color: $quiet; font-size: 18px; }
QLabel[role="key"] { color: $quiet; font-size: 11px; background: $card;
    border: 1px solid $line; border-radius: 4px; padding: 0 4px; }
QLabel[role="instruction"] { color: $attention; background: $attention_tint;
    border-radius: 8px; padding: 8px 12px; }
QLabel[role="hint"] { font-size: 17px; font-style: italic; }
QLabel[role="said"] { color: $text; font-style: italic; }
QFrame[surface="card"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[surface="said"] { background: $accent_tint; border: none; border-left: 4px solid $accent;
    border-radius: 8px; border-top-left-radius: 2px; border-bottom-left-radius: 2px; }
QFrame[surface="paused"] { background: $hover; border: 1px dashed $line; border-radius: 8px; }
QFrame[surface="overlay"] { background: $card; border: 1px solid $accent; border-radius: 8px; }
QFrame[surface="bar"] { background: $card; border: none; }
QFrame[surface="top"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[surface="bottom"] { background: $card; border: none; border-top: 1px solid $line; }
QFrame[surface="rule"] { background: $line; border: none; max-height: 1px; }

QFrame[surface="plain"] { background: $hover; border-radius: 8px; }
QFrame[surface="good"] { background: $good_tint; border-radius: 8px; }
QFrame[surface="attention"] { background: $attention_tint; border-radius: 8px; }
QFrame[surface="danger"] { background: $danger_tint; border-radius: 8px; }
QLabel[tone="plain"], QLabel[tone="quiet"] { color: $quiet; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="attention"] { color: $attention; }
QLabel[tone="danger"] { color: $danger; }

QTextBrowser { color: $text; background: $card; border: 1px solid $line; border-radius: 10px;
    selection-background-color: $accent; selection-color: $on_accent; }
QListWidget[surface="offer"] { border-radius: 10px; padding: 6px; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { color: $text; background: $card;
    border: 1px solid $line; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent;
    padding: 4px 7px; }
QLineEdit:read-only { background: $hover; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
    background: $hover; color: $quiet; }
QPlainTextEdit { padding: 3px 4px; }
QPlainTextEdit:focus { padding: 2px 3px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QSpinBox QLineEdit { border: none; padding: 0;
    background: $card; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QListView[surface="offer"], QMenu { background: $card; color: $text;
    border: 1px solid $line; selection-background-color: $accent_tint; selection-color: $text;
    outline: none; }
QListView[surface="offer"]::item { padding: 5px 6px; }
QListView[surface="choice"]::item { padding: 5px 6px; border-radius: 6px; color: $text; }
QListView[surface="choice"]::item:hover { background: $hover; }
QListView[surface="choice"]::item:selected { background: $accent_tint; color: $text; }
QListView[surface="choice"]::item:selected:active:focus { border: 1px solid $accent;
    padding: 4px 5px; }
QListView[surface="choice"]::item:disabled { color: $quiet; background: transparent; }
QMenu { padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QPushButton { color: $text; background: $card; border: 1px solid $line; border-radius: 8px;
    padding: 7px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 11px; }
QPushButton:pressed { background: $accent_tint; }
QPushButton:disabled { color: $quiet; background: $window; }
QPushButton:checked, QPushButton[kind="primary"] { color: $on_accent; background: $accent;
    border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton:checked:focus, QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { color: $quiet; background: $window;
    border: 1px solid $line; }
QPushButton[kind="danger"] { color: $danger; background: $danger_tint; border-color: $danger; }
QPushButton[kind="danger"]:focus { border: 2px solid $danger; }
QPushButton[kind="danger"]:disabled { color: $quiet; background: $window; border-color: $line; }
QPushButton[kind="quiet"] { border-color: transparent; background: transparent; color: $accent;
    padding: 3px 8px; }
QPushButton[kind="quiet"]:hover { background: $accent_tint; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 2px 7px; }
QPushButton[kind="quiet"]:disabled { color: $quiet; }
QPushButton[kind="chip"] { border-radius: 6px; padding: 3px 8px; }
QPushButton[kind="chip"]:focus { padding: 2px 7px; }
QPushButton[kind="step"] { border: 1px solid transparent; background: transparent; color: $accent;
    font-size: 18px; padding: 0 9px 3px 9px; }
QPushButton[kind="step"]:hover { background: $accent_tint; }
QPushButton[kind="step"]:focus { border: 2px solid $accent; padding: 0 8px 2px 8px; }
QPushButton[kind="step"]:disabled { color: $line; background: transparent; }
QPushButton[kind="slot"]:checked { color: $text; background: $accent_tint;
    border: 2px solid $accent; padding: 6px 11px; }
QFrame[surface="segments"] { background: $window; border: 1px solid $line; border-radius: 8px; }
QPushButton[kind="segment"] { color: $quiet; background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 5px 4px; }
QPushButton[kind="segment"]:hover { color: $text; background: $card; }
QPushButton[kind="segment"]:focus { border: 2px solid $accent; padding: 4px 3px; }
QPushButton[kind="segment"]:checked { font-weight: 600; color: $accent; background: $accent_tint; }
QPushButton[state="ready"]:checked { color: $good; background: $good_tint; }
QPushButton[state="break"]:checked { color: $attention; background: $attention_tint; }
QPushButton[kind="digit"] { font-size: 18px; font-weight: 600; padding: 8px; }
QPushButton[tone="good"] { color: $good; background: $good_tint; border-color: transparent; }
QPushButton[tone="attention"] { color: $attention; background: $attention_tint;
    border-color: $attention; }
QPushButton[tone="danger"] { color: $danger; background: $danger_tint; border-color: $danger; }
QPushButton[tone="plain"] { color: $quiet; background: $hover; border-color: transparent; }
QPushButton[tone]:focus { border: 2px solid $accent; }
QCheckBox { color: $text; spacing: 8px; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; background: $card;
    border: 1px solid $quiet; border-radius: 4px; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent;
    border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled { background: $hover; border-color: $line; }

QListView { background: transparent; border: none; outline: none; color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollArea:focus { border: none; }
QProgressBar { background: $line; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 24px; margin: 1px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QToolTip { color: $text; background: $card; border: 1px solid $line; padding: 4px; }
""")

_CLIENT = Template("""
QFrame[client="$number"] { background: $tint; border: 1px solid $tint;
    border-left: 4px solid $strong; border-radius: 8px; border-top-left-radius: 2px;
    border-bottom-left-radius: 2px; }
QFrame[client="$number"][shown="true"] { border: 2px solid $strong;
    border-left: 4px solid $strong; }
QFrame[client="$number"]:focus { border: 2px solid $accent; border-left: 4px solid $strong; }
QLabel[badge="$number"] { background: $strong; color: $on_strong; border-radius: 8px;
    font-weight: 700; }
""")


def sheet(palette: Palette, arrow: str, tick: str) -> str:
    """The style sheet of the whole program; `arrow` is the path of the drop-down's picture, `tick`
    of the one in a box that is ticked."""
    names = (name for name in Palette.__slots__ if name not in ("dark", "clients"))
    tokens = {name: getattr(palette, name) for name in names}
    parts = [_SHEET.substitute(tokens, arrow=arrow, tick=tick)]
    for number, colour in enumerate(palette.clients):
        parts.append(
            _CLIENT.substitute(
                number=number,
                strong=colour.strong,
                tint=colour.tint,
                on_strong=colour.on_strong,
                accent=palette.accent,
            )
        )
    parts.append(
        _CLIENT.substitute(
            number="none",
            strong=palette.quiet,
            tint=palette.hover,
            on_strong=palette.card,
            accent=palette.accent,
        )
    )
    return "".join(parts)


def dress(app: QApplication, palette: Palette) -> None:
    """Wear `palette`: style, fonts, Qt's own palette, style sheet."""
    look = "dark" if palette.dark else "light"
    arrow = resources("icons", f"down-{look}.svg").as_posix()
    tick = resources("icons", f"tick-{look}.svg").as_posix()
    app.setStyle("Fusion")
    app.setFont(_font())
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(sheet(palette, arrow, tick))


def worn() -> Palette:
    """The palette the program wears now, for widgets that paint themselves."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window == QColor(DARK.window) else LIGHT


def wanted(choice: str | None) -> Palette:
    """The palette for a setting (`light`, `dark`; None follows the desktop)."""
    if choice is not None:
        return DARK if choice == "dark" else LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def follow(app: QApplication, choice: str | None) -> None:
    """Wear the palette of a setting from now on; None goes with the desktop whenever it changes."""
    if app.property(_CHOICE) is None:
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(
            lambda _scheme: dress(app, wanted(app.property(_CHOICE) or None))
        )
    app.setProperty(_CHOICE, choice or "")
    dress(app, wanted(choice))


def _font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if "Inter" in QFontDatabase.families():
        font = QFont("Inter")
    font.setPixelSize(BODY_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.card,
        role.AlternateBase: palette.hover,
        role.Text: palette.text,
        role.PlaceholderText: palette.quiet,
        role.Button: palette.card,
        role.ButtonText: palette.text,
        role.BrightText: palette.danger,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Link: palette.accent,
        role.Mid: palette.line,
        role.ToolTipBase: palette.card,
        role.ToolTipText: palette.text,
        role.Accent: palette.accent,
    }
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(name, QColor(colour))
    result.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(palette.quiet))
    result.setColor(QPalette.ColorGroup.Disabled, role.Text, QColor(palette.quiet))
    return result
