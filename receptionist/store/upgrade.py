"""Bringing a database up to date: the steps it lacks, all of them or none, after a copy."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationStep, RevisionStep
from alembic.script import Script
from alembic.script.revision import RevisionMap
from sqlalchemy import Connection, inspect

from receptionist.errors import StoreError
from receptionist.i18n import _
from receptionist.store.engine import Database
from receptionist.store.migrations import STEPS
from receptionist.store.tables import metadata

log = logging.getLogger(__name__)
# Alembic tells every step at level info; one line of ours is enough.
logging.getLogger("alembic").setLevel(logging.WARNING)


def upgrade(database: Database, steps: tuple[ModuleType, ...] = STEPS) -> None:
    """Run the steps the database lacks. A SQLite file that holds something is copied beside first.

    `steps` are modules with `revision`, `down_revision` and `upgrade()`, oldest first. They are
    modules and no files to be found, so a frozen program has them too.
    """
    with database.reading() as connection:
        done = _steps_done(connection, steps)
    if done == len(steps):
        return
    if done and database.file is not None:
        copy = database.file.with_suffix(f".before-{steps[-1].revision}{database.file.suffix}")
        database.copy_to(copy)
        log.info("database copied to %s before its upgrade", copy.name)
    with database.writing() as connection:
        _run(connection, steps)
    log.info("database upgraded to %s", steps[-1].revision)


def _steps_done(connection: Connection, steps: tuple[ModuleType, ...]) -> int:
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        if inspect(connection).get_table_names():
            raise StoreError(
                _("This database was not made by this program. Choose another file or folder.")
            )
        return 0
    known = [step.revision for step in steps]
    if current not in known:
        raise StoreError(
            _(
                "The database was written by a newer version of this program."
                " Install that version, or use the copy made before the upgrade."
            )
        )
    return known.index(current) + 1


def _run(connection: Connection, steps: tuple[ModuleType, ...]) -> None:
    scripts = [Script(step, step.revision, step.__name__) for step in steps]
    revisions = RevisionMap(lambda: scripts)
    revisions.get_current_head()  # links the scripts to each other; refuses two heads

    def missing(heads: tuple[str, ...], _context: MigrationContext) -> Iterable[RevisionStep]:
        # Counted again inside the transaction: another process may have been faster.
        todo = scripts[_steps_done(connection, steps) :] if heads else scripts
        return [MigrationStep.upgrade_from_script(revisions, script) for script in todo]

    options = {"fn": missing, "target_metadata": metadata}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()
