"""What a desk and an exchange of another version still say to each other.

A desk that was updated while calls went on meets the exchange of before: they greet each other, the
desk learns which calls there are, and may hold them and hang up. It also reads what the exchange of
before wrote down for it. Messages named here may only get new fields with defaults.
"""

from __future__ import annotations

from receptionist.events import JOURNALLED, PhoneCommandFailed, PhoneHeld, PhoneLive
from receptionist.model.dialled import Called
from receptionist.phone.wire.commands import HangUp, Hello, Hold, Leave, Resume, Stop
from receptionist.phone.wire.reports import Alive, Ready
from receptionist.phone.wire.settings import EngineSettings

BETWEEN_VERSIONS: frozenset[type] = frozenset(
    {
        *JOURNALLED,
        Alive,
        Called,
        EngineSettings,
        HangUp,
        Hello,
        Hold,
        Leave,
        PhoneCommandFailed,
        PhoneHeld,
        PhoneLive,
        Ready,
        Resume,
        Stop,
    }
)
