"""What every implementation of the port promises."""

from __future__ import annotations

from uuid import uuid4

import pytest

from receptionist.errors import CredentialsError, SecretMissing
from receptionist.model.secret import Secret
from receptionist.ports import Credentials


def test_what_is_kept_is_there(credentials: Credentials) -> None:
    mine, other = uuid4(), uuid4()
    credentials.keep(mine, Secret("correct horse"))
    credentials.keep(other, Secret("battery staple"))
    assert credentials.secret(mine).reveal() == "correct horse"
    assert credentials.secret(other).reveal() == "battery staple"


def test_an_unknown_id_says_so(credentials: Credentials) -> None:
    with pytest.raises(SecretMissing, match="Enter it"):
        credentials.secret(uuid4())


def test_the_newest_counts(credentials: Credentials) -> None:
    mine = uuid4()
    credentials.keep(mine, Secret("old"))
    credentials.keep(mine, Secret("new"))
    assert credentials.secret(mine).reveal() == "new"


def test_forgotten_is_gone_and_forgetting_twice_is_fine(credentials: Credentials) -> None:
    mine, other = uuid4(), uuid4()
    credentials.keep(mine, Secret("a"))
    credentials.keep(other, Secret("b"))
    credentials.forget(mine)
    credentials.forget(mine)
    with pytest.raises(SecretMissing):
        credentials.secret(mine)
    assert credentials.secret(other).reveal() == "b"


@pytest.mark.parametrize(
    "word",
    ["pässwörd 🔑", " spaces ", "quotes \"\\'", "line\nbreak\ttab", "%s{0}$HOME", "x" * 1280],
)
def test_any_text_comes_back_as_it_was(credentials: Credentials, word: str) -> None:
    mine = uuid4()
    credentials.keep(mine, Secret(word))
    assert credentials.secret(mine).reveal() == word


@pytest.mark.parametrize("word", ["", "x" * 1281, "🔑" * 641, "a\x00b", "\ud800"])
def test_what_cannot_be_kept_everywhere_is_refused(credentials: Credentials, word: str) -> None:
    mine = uuid4()
    with pytest.raises(CredentialsError) as caught:
        credentials.keep(mine, Secret(word))
    assert not word or word not in str(caught.value)
    with pytest.raises(SecretMissing):
        credentials.secret(mine)


def test_the_check_passes(credentials: Credentials) -> None:
    credentials.check()
