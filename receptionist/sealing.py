"""Sound that only the office can open: written for a public key, piece by piece, as it is recorded.

Whoever records needs no secret, and plain sound is never on the disk. The file, numbers big-endian:

    "RECEPTIONIST SEAL 1\\n", samples a second (4 bytes), public key of this file alone (32 bytes)
    pieces: length and 1 for the last else 0 (4 bytes and 1), ciphertext with its tag

The key of the file is HKDF-SHA256 (RFC 5869) of the X25519 agreement (RFC 7748) between its own key
and the office's; a piece is ChaCha20-Poly1305 (RFC 8439) with its number as nonce, and vouches for
the head of the file, its number, and whether it is the last. Inside is PCM, 16 bit, mono.
"""

from __future__ import annotations

import base64
import io
import os
import struct
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from receptionist.errors import SealBroken

_MAGIC = b"RECEPTIONIST SEAL 1\\n"
_RATE = struct.Struct(">I")
_PIECE = struct.Struct(">IB")
_KEY = 32
_TAG = 16
_LARGEST = 1 << 20
PIECE_S = 1
"""Seconds of sound in a piece: so much is lost at most when the computer stops."""


def new_keys() -> tuple[str, str]:
    """A public and a private key (X25519, base64)."""
    private = X25519PrivateKey.generate()
    return _text(private.public_key().public_bytes_raw()), _text(private.private_bytes_raw())


class SealedWriter:
    """A new file for sound of `rate` samples a second, readable with the other key alone.

    OSError when it cannot be written, SealBroken when the key is none. One thread at a time.
    """

    def __init__(self, path: Path, public_key: str, rate: int) -> None:
        theirs = X25519PublicKey.from_public_bytes(_bytes(public_key))
        ours = X25519PrivateKey.generate()
        own = ours.public_key().public_bytes_raw()
        self._head = _MAGIC + _RATE.pack(rate) + own
        self._cipher = _cipher(ours, theirs, own + theirs.public_bytes_raw())
        self._kept = bytearray()
        self._size = PIECE_S * rate * 2
        self._number = 0
        self._file: BinaryIO = open(path, "xb", opener=_private)  # noqa: SIM115 - until close()
        self._file.write(self._head)
        self._file.flush()

    def write(self, pcm: bytes) -> None:
        """Take sound; whole pieces of it are written."""
        self._kept += pcm
        while len(self._kept) > self._size:
            self._put(bytes(self._kept[: self._size]), last=False)
            del self._kept[: self._size]

    def close(self) -> None:
        """Write what is left as the last piece, and have the disk keep it."""
        with self._file:
            self._put(bytes(self._kept), last=True)
            os.fsync(self._file.fileno())

    def _put(self, pcm: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), pcm, self._head + bytes([last]))
        self._file.write(_PIECE.pack(len(sealed), last) + sealed)
        self._file.flush()
        self._number += 1


def open_sealed(path: Path, private_key: str) -> bytes:
    """The sound as a WAV file. What was cut off at the end is missing.

    SealBroken when it was changed, is for another key, or holds nothing; OSError when unreadable.
    """
    with path.open("rb") as file:
        head = file.read(len(_MAGIC) + _RATE.size + _KEY)
        if len(head) < len(_MAGIC) + _RATE.size + _KEY or not head.startswith(_MAGIC):
            raise SealBroken("this is no sealed sound")
        pcm = b"".join(_pieces(file, head, _bytes(private_key)))
    (rate,) = _RATE.unpack_from(head, len(_MAGIC))
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(pcm)
    return out.getvalue()


def _pieces(file: BinaryIO, head: bytes, private_key: bytes) -> Iterator[bytes]:
    ours = X25519PrivateKey.from_private_bytes(private_key)
    theirs = X25519PublicKey.from_public_bytes(head[-_KEY:])
    cipher = _cipher(ours, theirs, head[-_KEY:] + ours.public_key().public_bytes_raw())
    number, last = 0, False
    while not last and len(prefix := file.read(_PIECE.size)) == _PIECE.size:
        length, mark = _PIECE.unpack(prefix)
        if not _TAG <= length <= _LARGEST or mark > 1:
            raise SealBroken("a piece is not what was written")
        sealed = file.read(length)
        if len(sealed) < length:
            break
        last = bool(mark)
        try:
            yield cipher.decrypt(_nonce(number), sealed, head + bytes([last]))
        except InvalidTag:
            raise SealBroken("it was changed, or is for another key") from None
        number += 1
    if last and file.read(1):
        raise SealBroken("something was added to it")
    if number == 0:
        raise SealBroken("there is nothing whole in it")


def _cipher(ours: X25519PrivateKey, theirs: X25519PublicKey, salt: bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=_MAGIC)
    try:
        return ChaCha20Poly1305(derived.derive(ours.exchange(theirs)))
    except ValueError:
        raise SealBroken("this is no key") from None


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _bytes(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != _KEY:
        raise SealBroken("this is no key")
    return raw
