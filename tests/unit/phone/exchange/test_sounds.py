"""Every sound of the attendant is there, in a form that can be played."""

from __future__ import annotations

import wave

import pytest

from receptionist import i18n
from receptionist.phone.exchange import attendant
from receptionist.phone.exchange.sounds import shipped


@pytest.mark.parametrize("language", ["de", "en", "xx"])
@pytest.mark.parametrize(
    "name",
    [
        attendant.ANNOUNCEMENT,
        attendant.MUSIC,
        attendant.GREETING,
        attendant.BEEP,
        attendant.BUSY,
    ],
)
def test_a_sound_ships(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("receptionist.phone.exchange.sounds.language", lambda: language)
    with wave.open(shipped(name)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert 0.5 < sound.getnframes() / sound.getframerate() < 30


def test_a_sentence_is_in_the_language_of_the_office() -> None:
    assert shipped(attendant.GREETING).endswith(f"greeting-{i18n.language()}.wav")
