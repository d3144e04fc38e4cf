"""Every implementation of the port `Credentials`, the real keyring among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.credentials import KeyringCredentials, KeyringOrSession, MemoryCredentials
from receptionist.ports import Credentials
from tests.doubles.keyring_daemon import running_keyring


@pytest.fixture(scope="session")
def keyring_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real keyring, unlocked, and the variables that lead to it."""
    home: Path = tmp_path_factory.mktemp("keyring")
    with running_keyring(home) as environment:
        yield environment


@pytest.fixture
def real_keyring(
    keyring_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Lead this process to the real keyring for one test."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    for name, value in keyring_environment.items():
        monkeypatch.setenv(name, value)
    return keyring_environment


@pytest.fixture(params=["memory", "keyring", "keyring or session"])
def credentials(request: pytest.FixtureRequest) -> Credentials:
    """Each implementation in its turn."""
    if request.param == "memory":
        return MemoryCredentials()
    request.getfixturevalue("real_keyring")
    keyring = KeyringCredentials()
    return keyring if request.param == "keyring" else KeyringOrSession(keyring)
