"""The keyring itself: kept beyond the process, missing, locked, hanging, in the open."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import keyring.backends.fail
import keyring.backends.null
import pytest
import secretstorage
from keyring.backend import KeyringBackend

from receptionist.credentials import KeyringCredentials, KeyringOrSession, MemoryCredentials
from receptionist.errors import CredentialsError, SecretMissing
from receptionist.model.secret import Secret
from tests.doubles.keyring_backends import (
    FailingKeyring,
    ForgetfulKeyring,
    HangingKeyring,
    PlainTextKeyring,
)
from tests.doubles.keyring_daemon import running_keyring

ROOT = Path(__file__).parents[3]
READ = """
import sys
from uuid import UUID
from receptionist.credentials import KeyringCredentials
from receptionist.errors import CredentialsError
try:
    print(KeyringCredentials().secret(UUID(sys.argv[1])).reveal())
except CredentialsError as error:
    print(type(error).__name__, error)
"""


def in_another_process(secret_id: object, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(secret_id)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_another_process_finds_it(real_keyring: dict[str, str]) -> None:
    for credentials in (KeyringCredentials(), KeyringOrSession(KeyringCredentials())):
        mine = uuid4()
        credentials.keep(mine, Secret("correct horse"))
        assert credentials.persistent
        assert in_another_process(mine, real_keyring) == "correct horse"
        credentials.forget(mine)
        assert in_another_process(mine, real_keyring).startswith("SecretMissing")


def test_the_check_leaves_nothing_behind(real_keyring: dict[str, str]) -> None:
    KeyringCredentials().check()
    with secretstorage.dbus_init() as bus:
        found = secretstorage.search_items(bus, {"service": "receptionist", "username": str(0)})
        assert not list(found)
        labels = [item.get_label() for item in secretstorage.search_items(bus, {})]
        assert not [label for label in labels if "00000000-0000" in label]


def test_without_a_session_bus_it_says_what_to_do(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nothing",
    }
    answer = in_another_process(uuid4(), environment)
    assert answer.startswith("CredentialsError No keyring is running")
    assert "asked for at every start" in answer
    del environment["DBUS_SESSION_BUS_ADDRESS"]
    assert in_another_process(uuid4(), environment) == answer


BARE_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.mark.parametrize(
    ("services", "sentence"),
    [
        ("", "CredentialsError No keyring is running"),
        ("<standard_session_servicedirs/>", "CredentialsError The keyring is locked"),
    ],
    ids=["no keyring", "a keyring nobody unlocked"],
)
def test_a_bus_alone_is_not_enough(tmp_path: Path, services: str, sentence: str) -> None:
    config = tmp_path / "bus.conf"
    config.write_text(BARE_BUS.format(folder=tmp_path, services=services))
    words = ["dbus-run-session", f"--config-file={config}", "--", sys.executable, "-c", READ]
    done = subprocess.run(
        [*words, str(uuid4())],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1].startswith(sentence)


def test_a_locked_keyring_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = uuid4()
    with running_keyring(tmp_path) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        credentials = KeyringCredentials()
        credentials.keep(mine, Secret("correct horse"))
        with secretstorage.dbus_init() as bus:
            secretstorage.get_default_collection(bus).lock()
        with pytest.raises(CredentialsError, match="Unlock it and try again"):
            credentials.secret(mine)


def test_a_keyring_that_died_is_noticed_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = uuid4()
    credentials = KeyringCredentials()
    for home in (tmp_path / "a", tmp_path / "b"):
        with running_keyring(home) as environment:
            for name, value in environment.items():
                monkeypatch.setenv(name, value)
            credentials.keep(mine, Secret("correct horse"))
            assert credentials.secret(mine).reveal() == "correct horse"
        with pytest.raises(CredentialsError) as caught:
            credentials.secret(mine)
        assert not isinstance(caught.value, SecretMissing)


@pytest.mark.parametrize(
    "backend",
    [PlainTextKeyring, keyring.backends.null.Keyring, keyring.backends.fail.Keyring],
)
def test_what_does_not_encrypt_is_never_used(backend: type[KeyringBackend]) -> None:
    one = backend()
    credentials = KeyringCredentials(find=lambda: one)
    for action in (
        credentials.check,
        lambda: credentials.keep(uuid4(), Secret("correct horse")),
        lambda: credentials.secret(uuid4()),
    ):
        with pytest.raises(CredentialsError, match="PYTHON_KEYRING_BACKEND") as caught:
            action()
        assert not isinstance(caught.value, SecretMissing)
    assert not getattr(one, "kept", {})


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("keyring.backends.null.Keyring", "in the open or not at all"),
        ("no.such.Keyring", "ModuleNotFoundError"),
        ("", "ValueError"),
    ],
)
def test_the_set_up_of_the_library_is_heeded(
    monkeypatch: pytest.MonkeyPatch, setting: str, sentence: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", setting)
    with pytest.raises(CredentialsError, match=sentence):
        KeyringCredentials().check()


def test_a_keyring_that_hangs_costs_the_limit_and_one_thread() -> None:
    hanging = HangingKeyring()
    credentials = KeyringCredentials(limit_s=0.2, find=lambda: hanging)
    before = threading.active_count()
    for _attempt in range(3):
        with pytest.raises(CredentialsError, match="does not answer"):
            credentials.secret(uuid4())
    assert threading.active_count() == before + 1
    assert hanging.calls == 1
    hanging.released.set()
    assert credentials.secret(uuid4()).reveal() == "late"


def test_finding_a_keyring_has_the_limit_too() -> None:
    gate = threading.Event()

    def find() -> KeyringBackend:
        gate.wait()
        return ForgetfulKeyring()

    with pytest.raises(CredentialsError, match="does not answer"):
        KeyringCredentials(limit_s=0.2, find=find).check()
    gate.set()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (None, "locked"),
        (ConnectionResetError("correct horse"), "ConnectionResetError"),
        (SystemExit("correct horse"), "RuntimeError"),
    ],
)
def test_every_failure_becomes_a_sentence_without_the_secret(
    error: BaseException | None, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    credentials = KeyringCredentials(find=lambda: FailingKeyring(error))
    with pytest.raises(CredentialsError, match=sentence) as caught:
        credentials.keep(uuid4(), Secret("correct horse"))
    assert "correct horse" not in f"{caught.value}{caplog.text}"
    assert caught.value.__suppress_context__


def test_a_keyring_that_came_back_is_found_again() -> None:
    keyrings: list[KeyringBackend] = [FailingKeyring(), ForgetfulKeyring()]
    credentials = KeyringCredentials(find=lambda: keyrings.pop(0))
    with pytest.raises(CredentialsError, match="locked"):
        credentials.secret(uuid4())
    with pytest.raises(SecretMissing):
        credentials.secret(uuid4())


def test_the_check_sees_a_keyring_that_keeps_nothing() -> None:
    with pytest.raises(CredentialsError, match="does not give back"):
        KeyringCredentials(find=ForgetfulKeyring).check()


def test_without_a_keyring_a_password_lasts_until_the_end() -> None:
    mine = uuid4()
    credentials = KeyringOrSession(KeyringCredentials(find=FailingKeyring))
    assert credentials.persistent
    credentials.keep(mine, Secret("correct horse"))
    assert not credentials.persistent
    assert credentials.secret(mine).reveal() == "correct horse"
    with pytest.raises(CredentialsError):
        credentials.check()


def test_nothing_is_promised_while_the_keyring_does_not_answer() -> None:
    keyrings: list[KeyringBackend] = [FailingKeyring(), ForgetfulKeyring()]
    credentials = KeyringOrSession(KeyringCredentials(find=lambda: keyrings.pop(0)))
    with pytest.raises(CredentialsError, match="locked"):
        credentials.secret(uuid4())
    assert not credentials.persistent
    with pytest.raises(SecretMissing):
        credentials.secret(uuid4())
    assert credentials.persistent


def test_memory_is_not_persistent_and_the_keyring_is() -> None:
    assert not MemoryCredentials().persistent
    assert KeyringCredentials().persistent


def test_the_library_is_loaded_on_the_first_call_only() -> None:
    code = (
        "import sys; import receptionist.credentials as c; c.KeyringCredentials();"
        "c.MemoryCredentials().check(); print('keyring' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
