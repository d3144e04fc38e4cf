"""A secret shows itself to nobody who does not ask."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from dataclasses import asdict, dataclass

import pytest

from receptionist.model.secret import Secret

WORD = "correct horse"


def test_it_is_never_seen_by_chance(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(WORD)
    logging.getLogger("test").warning("login with %s %r", secret, secret)
    for text in (repr(secret), str(secret), f"{secret}", f"{[secret]}", caplog.text):
        assert WORD not in text
        assert "***" in text
    assert secret.reveal() == WORD


@dataclass
class Login:
    secret: Secret


def test_it_cannot_be_copied_out() -> None:
    secret = Secret(WORD)
    for way in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars):
        with pytest.raises(TypeError):
            way(secret)
    with pytest.raises(TypeError):
        asdict(Login(secret))
