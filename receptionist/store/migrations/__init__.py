"""The history of the tables, oldest step first; a released step is never changed again.

A step is a module with `revision`, `down_revision` and `upgrade()`. Import it here and append it:
nothing is looked for on disk, so a frozen program has every step.
"""

from __future__ import annotations

from types import ModuleType

from receptionist.store.migrations import (
    m0001_foundation,
    m0002_console,
    m0003_booking,
    m0004_softphone,
    m0005_scripts,
    m0006_people,
    m0007_worklist,
    m0008_services,
    m0009_together,
)

STEPS: tuple[ModuleType, ...] = (
    m0001_foundation,
    m0002_console,
    m0003_booking,
    m0004_softphone,
    m0005_scripts,
    m0006_people,
    m0007_worklist,
    m0008_services,
    m0009_together,
)
