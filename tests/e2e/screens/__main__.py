"""Make the screenshots: `python -m tests.e2e.screens FOLDER [--quick]`.

`python -m tests.e2e.screens resources/help --console` makes the pictures of README and help alone.

Every state of the window in every one of `_SIZES`, light and dark, German and English, on an X
display of its own. Ends with 1 and says where text is cut off or covered.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_SIZES = {
    "1": ((1366, 768), (1440, 900), (1920, 1080)),
    "1.5": ((1920, 1080),),
    "2": ((2560, 1440),),
}
"""The scale of the desktop, and the sizes of its screens in pixels."""
_PALETTES = ("light", "dark")
_LANGUAGES = ("de", "en")
_QUICK = {"1": ("en",), "1.5": ("de",)}
"""Every language and sort of scale once: German, which is longer, where there is least room."""


def _display() -> subprocess.Popen[bytes]:
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "2600x1500x24", "-nolisten", "tcp"],
        pass_fds=[theirs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as answer:
        number = answer.readline().strip()
    if not number:
        raise SystemExit("Xvfb did not start; install it (xvfb)")
    os.environ["DISPLAY"] = f":{number}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    return server


def _walk(out: Path, language: str, palette: str, size: tuple[int, int], scale: str) -> list[str]:
    """Lead one window through its states; `size` is in pixels of the screen."""
    from tests.e2e.screens.clipping import faults, too_large
    from tests.e2e.screens.story import Day

    found: list[str] = []
    width, height = (round(length / float(scale)) for length in size)
    look = f"{language}-{palette}-{size[0]}x{size[1]}" + ("" if scale == "1" else f"@{scale}")
    for empty in (False, True):
        with tempfile.TemporaryDirectory() as data:
            day = Day(Path(data), width, height, empty=empty)
            for number, (name, widget) in enumerate(day.first_start() if empty else day.shots()):
                file = out / f"{number:02d}-{name}-{look}.png"
                day.settle()
                widget.grab().save(str(file))
                wrong = faults(widget) + too_large(widget, width, height)
                found += (f"{file.name}: {fault}" for fault in wrong)
            day.close()
    return found


def _small(image: QImage) -> QImage:
    """The same picture in 256 colours, which takes a third of the bytes: the commonest of each
    sort, so that no client wears another's colour, and the commonest of all."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    common = [colour for colour, _ in Counter(opaque.constBits().cast("I")).most_common()]
    sorts = {colour & 0xC0C0C0: colour for colour in reversed(common)}
    colours = list(dict.fromkeys([*sorts.values(), *common]))[:256]
    plain = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    return opaque.convertToFormat(QImage.Format.Format_Indexed8, colours, plain)


def _console(out: Path) -> int:
    """The window in a call whose appointment is confirmed, once a language."""
    from tests.e2e.screens.story import Day
    from ui.__main__ import application, speak

    app = application("de", "light")
    for language in _LANGUAGES:
        speak(app, language)
        with tempfile.TemporaryDirectory() as data:
            day = Day(Path(data), *_SIZES["1"][1])
            widget = next(widget for name, widget in day.shots() if name == "confirmed")
            _small(widget.grab().toImage()).save(str(out / f"console-{language}.png"))
            day.close()
    return 0


def _tour(out: Path, quick: bool) -> int:
    """Every scale in a process of its own: Qt takes it only at its start."""
    code = 0
    for scale in _QUICK if quick else _SIZES:
        command = [sys.executable, "-m", "tests.e2e.screens", str(out), "--scale", scale]
        environment = os.environ | {"QT_SCALE_FACTOR": scale}
        done = subprocess.run(command + ["--quick"] * quick, env=environment, check=False)
        code = code or done.returncode
    return code


def _scaled(out: Path, quick: bool, scale: str) -> int:
    from ui.__main__ import application, speak
    from ui.theme.sheet import dress, wanted

    app = application("de", "light")
    palettes, sizes, languages = _PALETTES, _SIZES[scale], _LANGUAGES
    if quick:
        palettes, sizes, languages = palettes[:1], sizes[:1], _QUICK[scale]
    found: list[str] = []
    for language, palette, size in itertools.product(languages, palettes, sizes):
        speak(app, language)
        dress(app, wanted(palette))
        found += _walk(out, language, palette, size, scale)
    print("\n".join(found) or f"scale {scale}: no text is cut off or covered")
    return 1 if found else 0


def main() -> int:
    """Walk through every state in every look."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.screens")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--quick", action="store_true", help="light alone, English at 1366×768, German at 150 %%"
    )
    parser.add_argument("--console", action="store_true", help="the pictures of README and help")
    parser.add_argument("--scale", choices=_SIZES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.scale:
        return _scaled(options.out, options.quick, options.scale)
    server = _display()
    try:
        return _console(options.out) if options.console else _tour(options.out, options.quick)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
