"""How an engine is set up: what its greeting carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AudioMode(StrEnum):
    """Where the voice comes from and goes to.

    `FILES` plays the WAV `microphone` over and over and records what is heard into `headset`;
    either may be empty. `NULL` is silence both ways.
    """

    DEVICES = "devices"
    NULL = "null"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How one engine is set up. Empty names mean the system's own choice, port 0 a free one.

    `bind` is an IPv4 address for SIP and media; `rtp_ports` is how many ports from `rtp_port` on
    the media may use, `rtp_port` 0 picks a range at random. `log_directory` is the data directory
    under which a log is kept; empty for standard error alone. `transfer_s` is how long, in seconds,
    the next word about a transfer may take before it counts as failed.

    `edge` is set for a worker: `host:port` of the exchange in front of it, which registers the
    lines and passes every INVITE and every answer; `media` is then the address for RTP, and `bind`
    that for SIP alone. `workers` is how many callers the exchange takes at most. Gains are in
    percent of what the devices give.

    `stun` and `turn` are servers as `host:port`, empty for none; the password of `turn_user` comes
    with `Register`. With `ice` both sides look for a way for the media (RFC 8445). `authorities`
    and `revocations` are PEM files: whom to trust besides the system's choice, and CRLs, if any.
    """

    bind: str = ""
    sip_port: int = 0
    rtp_port: int = 0
    rtp_ports: int = 128
    audio: AudioMode = AudioMode.DEVICES
    microphone: str = ""
    headset: str = ""
    ringing: str = ""
    log_directory: str = ""
    transfer_s: int = 45
    edge: str = ""
    media: str = ""
    workers: int = 16
    microphone_gain: int = 100
    headset_gain: int = 100
    denoise: bool = True
    cancel_echo: bool = True
    stun: str = ""
    turn: str = ""
    turn_user: str = ""
    ice: bool = False
    authorities: str = ""
    revocations: str = ""
    linger_s: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaWay:
    """How the voice of a line goes: from `address` of ours, which outside is `seen` as another.

    Empty for the usual one, and for the same. With `asks` the STUN server, which answers just now,
    is asked for each call, because it tells the port as well.
    """

    address: str = ""
    seen: str = ""
    asks: bool = False


USUAL_WAY = MediaWay()
