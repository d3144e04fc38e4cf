"""Digest authentication, the client's side (RFC 7616, RFC 8760, RFC 3261 22.4). Pure."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from receptionist.model.secret import Secret
from receptionist.phone.sip.message import Message

_ASKED = {401: ("WWW-Authenticate", "Authorization")}
_ASKED[407] = ("Proxy-Authenticate", "Proxy-Authorization")
_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
_PARAM = re.compile(r'([A-Za-z0-9\-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))')


@dataclass(slots=True)
class Challenge:
    """What a server wants to have computed. `uses` counts how often its nonce served."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    qop: str = ""
    opaque: str | None = None
    stale: bool = False
    uses: int = field(default=0)


class Digest:
    """Answers challenges for one account. The password is read when an answer is computed."""

    def __init__(self, user: str, secret: Secret | None) -> None:
        self._user = user
        self._secret = secret
        self._known: dict[tuple[str, str], Challenge] = {}

    def take(self, refusal: Message) -> list[Challenge]:
        """Remember what a 401 or 407 asks for; empty if nothing of it can be answered."""
        if self._secret is None or refusal.status not in _ASKED:
            return []
        asks, answers = _ASKED[refusal.status]
        taken = {}
        for value in refusal.all(asks):
            challenge = challenge_in(value)
            if challenge is not None and challenge.realm not in taken:
                taken[challenge.realm] = challenge
                self._known[answers, challenge.realm] = challenge
        return list(taken.values())

    def sign(self, message: Message) -> None:
        """Put an answer to every known challenge into a request."""
        for name in ("Authorization", "Proxy-Authorization"):
            message.remove(name)
        for (name, _), challenge in self._known.items():
            message.headers.append((name, self._answer(challenge, message)))

    def _answer(self, asked: Challenge, message: Message) -> str:
        assert self._secret is not None
        asked.uses += 1
        cnonce, count = secrets.token_hex(8), f"{asked.uses:08x}"
        name = asked.algorithm.upper()
        session = name.endswith("-SESS")
        kind = _HASHES[name.removesuffix("-SESS")]
        first = _hashed(kind, f"{self._user}:{asked.realm}:{self._secret.reveal()}")
        if session:
            first = _hashed(kind, f"{first}:{asked.nonce}:{cnonce}")
        act = f"{message.method}:{message.uri}"
        if asked.qop == "auth-int":
            act = f"{act}:{hashlib.new(kind, message.body).hexdigest()}"
        middle = f"{count}:{cnonce}:{asked.qop}:" if asked.qop else ""
        response = _hashed(kind, f"{first}:{asked.nonce}:{middle}{_hashed(kind, act)}")
        parts = [f'username="{_quoted(self._user)}"', f'realm="{_quoted(asked.realm)}"']
        parts += [f'nonce="{_quoted(asked.nonce)}"', f'uri="{message.uri}"']
        parts += [f'response="{response}"', f"algorithm={asked.algorithm}"]
        if asked.qop or session:
            parts.append(f'cnonce="{cnonce}"')
        if asked.qop:
            parts += [f"qop={asked.qop}", f"nc={count}"]
        if asked.opaque is not None:
            parts.append(f'opaque="{_quoted(asked.opaque)}"')
        return f"Digest {', '.join(parts)}"


def challenge_in(value: str) -> Challenge | None:
    """Read one challenge; None if it is of a kind that we cannot answer."""
    scheme, _, rest = value.strip().partition(" ")
    if scheme.lower() != "digest":
        return None
    found = {key.lower(): bare or _plain(quoted) for key, quoted, bare in _PARAM.findall(rest)}
    algorithm = found.get("algorithm", "MD5")
    kind = _HASHES.get(algorithm.upper().removesuffix("-SESS"))
    offered = [word.strip().lower() for word in found.get("qop", "").split(",") if word.strip()]
    qop = next((word for word in ("auth", "auth-int") if word in offered), "")
    unusable = kind not in hashlib.algorithms_available or (offered and not qop)
    if unusable or "nonce" not in found or "realm" not in found:
        return None
    return Challenge(
        realm=found["realm"],
        nonce=found["nonce"],
        algorithm=algorithm,
        qop=qop,
        opaque=found.get("opaque"),
        stale=found.get("stale", "").lower() == "true",
    )


def _hashed(kind: str, text: str) -> str:
    return hashlib.new(kind, text.encode("utf-8", "surrogateescape")).hexdigest()


def _plain(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
