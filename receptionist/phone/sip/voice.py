"""What an offer or an answer (SDP, RFC 8866) says about the voice. Pure."""

from __future__ import annotations

import re

_VOICE = re.compile(rb"^m=audio[ \t]+(\d{1,5})(?:/\d+)?[ \t]+(\S+)", re.MULTILINE)
_SECURE = b"SAVP"


def is_plain(description: bytes) -> bool:
    """Whether there is a voice, and none that could be encrypted (RTP/SAVP, RFC 3711)."""
    kinds = [kind for port, kind in _VOICE.findall(description) if int(port)]
    return bool(kinds) and not any(_SECURE in kind for kind in kinds)
