"""A stream keeps its device going: opened, watched, opened again. The device is a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import miniaudio
import pytest

from receptionist.phone.engine import audio_stream
from receptionist.phone.engine.audio_stream import Opened, Stream
from receptionist.phone.engine.devices import Device, Direction


class Card:
    """Stands for the sound system: which devices there are, and those that are open."""

    def __init__(self) -> None:
        self.now = 100.0
        self.names = {"Ear"}
        self.broken = False
        self.open: list[Playback] = []

    def listed(self) -> tuple[Device, ...]:
        return tuple(Device(name, Direction.SPEAKER, name) for name in sorted(self.names))


class Playback:
    def __init__(self, card: Card, address: str | None) -> None:
        if card.broken:
            raise miniaudio.MiniaudioError("failed to init device", -1)
        self.card, self.address = card, address
        self.stop_callback: Callable[[], None] | None = None

    def start(self, driver: Generator[bytes, int, None]) -> None:
        self.driver = driver
        self.card.open.append(self)

    def close(self) -> None:
        if self in self.card.open:
            self.card.open.remove(self)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    card = Card()

    def playback(form: object, *, device_id: str | None, **options: Any) -> Playback:
        return Playback(card, device_id)

    monkeypatch.setattr(audio_stream, "_Speaker", playback)
    monkeypatch.setattr(audio_stream, "listed", card.listed)
    monkeypatch.setattr(audio_stream.time, "monotonic", lambda: card.now)
    return card


def feed() -> Generator[bytes, int, None]:
    out = b""
    while True:
        out = bytes(2 * (yield out))


def beat(card: Card, seconds: float, stream: Stream) -> None:
    """Let time pass with the device alive, looking after the stream as the audio thread does."""
    for _turn in range(round(seconds / 0.2)):
        card.now += 0.2
        card.open[0].driver.send(160)
        stream.keep_going()


def addresses(card: Card) -> list[str | None]:
    return [device.address for device in card.open]


def test_it_opens_what_was_asked_for_once(card: Card) -> None:
    stream = Stream(Direction.SPEAKER, "Ear", feed)
    stream.keep_going()
    beat(card, 10, stream)
    assert addresses(card) == ["Ear"]
    assert stream.opened == Opened("Ear")
    assert stream.reopened == 0
    stream.rest()
    assert card.open == []


def test_a_device_that_goes_dead_without_a_word_is_opened_again(card: Card) -> None:
    stream = Stream(Direction.SPEAKER, "Ear", feed)
    stream.keep_going()
    dead = card.open[0]
    card.now += 1.5
    stream.keep_going()
    assert len(card.open) == 1
    assert card.open[0] is not dead
    assert stream.reopened == 1


def test_a_device_that_is_taken_away_gives_way_to_the_default(card: Card) -> None:
    stream = Stream(Direction.SPEAKER, "Ear", feed)
    stream.keep_going()
    card.names.clear()
    assert card.open[0].stop_callback is not None
    card.open[0].stop_callback()
    stream.keep_going()
    assert addresses(card) == [None]
    assert stream.opened == Opened(missing="Ear")


def test_the_wanted_device_is_taken_back_when_it_returns(card: Card) -> None:
    card.names.clear()
    stream = Stream(Direction.SPEAKER, "Ear", feed)
    stream.keep_going()
    beat(card, 5, stream)
    assert addresses(card) == [None]
    card.names.add("Ear")
    beat(card, 2.2, stream)
    assert addresses(card) == ["Ear"]


def test_nothing_to_open_is_tried_once_a_second(card: Card) -> None:
    card.broken = True
    stream = Stream(Direction.SPEAKER, "Ear", feed)
    stream.keep_going()
    assert stream.opened is None
    card.broken = False
    card.now += 0.5
    stream.keep_going()
    assert card.open == []
    card.now += 0.6
    stream.keep_going()
    assert addresses(card) == ["Ear"]
