"""What crosses between the desk and its phone engine: messages, their bytes, and the link.

The version is compared in the handshake. Both ends come from one installation, so there is no
talking between versions: another version is an error with a sentence, not a negotiation.
"""

from receptionist.phone.wire.codec import MAX_FRAME, decode, encode
from receptionist.phone.wire.link import Doorway, Link, connect
from receptionist.phone.wire.messages import (
    COMMANDS,
    REPORTS,
    VERSION,
    Alive,
    Answer,
    AudioMode,
    Command,
    Decline,
    Dial,
    EngineSettings,
    HangUp,
    Hello,
    Hold,
    Mute,
    Play,
    Ready,
    Register,
    Report,
    Resume,
    SendDigits,
    Stop,
    Transfer,
    TransferTo,
    Unregister,
    command_name,
)

__all__ = [
    "COMMANDS",
    "MAX_FRAME",
    "REPORTS",
    "VERSION",
    "Alive",
    "Answer",
    "AudioMode",
    "Command",
    "Decline",
    "Dial",
    "Doorway",
    "EngineSettings",
    "HangUp",
    "Hello",
    "Hold",
    "Link",
    "Mute",
    "Play",
    "Ready",
    "Register",
    "Report",
    "Resume",
    "SendDigits",
    "Stop",
    "Transfer",
    "TransferTo",
    "Unregister",
    "command_name",
    "connect",
    "decode",
    "encode",
]
