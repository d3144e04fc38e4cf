"""Versions of scripts: a new one, an older one again, drafts, and what the client agreed to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from receptionist.desk.ground import Ground
from receptionist.desk.scripts import Scripts
from receptionist.errors import BadInput, NotFound, WrongFile
from receptionist.events import ScriptChanged
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.script import ClientScript, ScriptVersion
from receptionist.ports import Store
from receptionist.threads import assert_main

Failed = Callable[[Exception], object]
"""Gets a `WrongFile` (`faults` say where), `StaleRow` or another `StoreError`."""
Then = Callable[[ScriptVersion], object]


class ScriptVersions:
    """What editors of scripts ask. Main thread; answers come later, to `then` or to `failed`.

    A version that is wrong is refused before anything is written, and what counted goes on
    counting. Every change is told by `ScriptChanged`.
    """

    def __init__(self, ground: Ground, scripts: Scripts) -> None:
        self._ground, self._scripts = ground, scripts

    def save(
        self,
        client: Client,
        text: str,
        why: str,
        then: Then,
        failed: Failed,
        *,
        newest: int | None = None,
        draft: bool = False,
        based_on: UUID | None = None,
    ) -> None:
        """Keep a new version, which counts at once unless it is a draft.

        `newest` is the highest number its author has seen, so that nobody writes over another's;
        without it any is. `why` is for whoever reads the versions later.
        """
        assert_main()
        text = text.replace("\r\n", "\n")
        try:
            self._scripts.check(client, text)
        except WrongFile as error:
            failed(error)
            return
        version = replace(self._drafted(client, text, why), based_on=based_on)
        if not draft:
            version = replace(version, counts_from=version.at)

        def write(store: Store) -> ScriptVersion:
            known = newest
            if known is None:
                found = store.scripts.versions(client.id)
                known = found[0].number if found else 0
            return store.scripts.save(version, known)

        self._change(write, then, failed)

    def _drafted(self, client: Client, text: str, why: str) -> ScriptVersion:
        return ScriptVersion(
            id=uuid4(),
            client_id=client.id,
            number=0,
            text=text,
            who=self._who,
            at=self._ground.clock.now(),
            why=why,
        )

    def restore(
        self,
        version: ScriptVersion,
        why: str,
        then: Then,
        failed: Failed,
    ) -> None:
        """Let an older version count again: as a new one that is based on it."""
        client = self._ground.directory.client(version.client_id)
        if client is None:
            failed(NotFound(_("This client is no longer there.")))
            return
        why = why or _("Version {number} once more.").format(number=version.number)
        self.save(client, version.text, why, then, failed, based_on=version.id)

    def count(self, version_id: UUID, then: Then, failed: Failed) -> None:
        """Bring a draft into force, if nothing it refers to has gone meanwhile."""
        who, at = self._who, self._ground.clock.now()

        def checked(version: ScriptVersion) -> None:
            client = self._ground.directory.client(version.client_id)
            try:
                if client is not None:
                    self._scripts.check(client, version.text)
            except WrongFile as error:
                failed(error)
                return
            self._change(lambda store: store.scripts.count(version_id, who, at), then, failed)

        self._ground.memory.submit(
            lambda store: store.scripts.get(version_id), then=checked, failed=failed
        )

    def sent(self, version_id: UUID, then: Then, failed: Failed) -> None:
        """A version went to the client for approval."""
        who, at = self._who, self._ground.clock.now()
        self._change(lambda store: store.scripts.sent(version_id, who, at), then, failed)

    def approve(
        self,
        version_id: UUID,
        by: str,
        how: str,
        then: Then,
        failed: Failed,
    ) -> None:
        """The client agrees with a version: `by` whom of his, and `how` he said so."""
        if not by.strip():
            failed(BadInput(_("Write who has agreed."), key="approved_by"))
            return
        who, at, said = self._who, self._ground.clock.now(), (by.strip(), how.strip())
        self._change(lambda store: store.scripts.approve(version_id, *said, who, at), then, failed)

    def all_of(
        self, client_id: UUID, then: Callable[[tuple[ScriptVersion, ...]], object], failed: Failed
    ) -> None:
        """All versions of a client, the newest first."""
        self._ground.memory.submit(
            lambda store: store.scripts.versions(client_id), then=then, failed=failed
        )

    @property
    def _who(self) -> UUID:
        assert_main()
        return self._ground.directory.receptionist.id

    def _change(
        self,
        write: Callable[[Store], ScriptVersion],
        then: Then,
        failed: Failed,
    ) -> None:
        """Write, work with what counts then, and tell it."""

        def both(store: Store) -> tuple[ScriptVersion, tuple[ClientScript, ...]]:
            return write(store), store.directory().scripts

        def changed(found: tuple[ScriptVersion, tuple[ClientScript, ...]]) -> None:
            version, scripts = found
            directory = replace(self._ground.directory.current, scripts=scripts)
            self._ground.directory.replace(directory)
            self._scripts.use(directory)
            self._ground.listeners.tell(ScriptChanged(client_id=version.client_id, version=version))
            then(version)

        self._ground.memory.submit(both, then=changed, failed=failed)
