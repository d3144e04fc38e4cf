"""What an outgoing call says: whom it is for, and in whose name it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.model.office import Identity, Line
from receptionist.phone.engine.edge import LINE_HEADER
from receptionist.phone.sip.sources import host_of
from receptionist.phone.wire import Dial

_SIP_URI = re.compile(
    r"sips?:(?:[A-Za-z0-9\-_.!~*'()&=+$,;/%#]{1,128}@)?[A-Za-z0-9.\-\[\]:]{1,255}"
    r"(?:;transport=(?:udp|tcp))?",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\+?[0-9]{1,32}")
_IDENTITIES = {
    Identity.ASSERTED: "P-Asserted-Identity",
    Identity.PREFERRED: "P-Preferred-Identity",
}


def target_uri(target: str, registrar: str, suffix: str) -> str:
    """The URI to call: a `sip:` URI without its headers, or a number at the registrar."""
    if target.lower().startswith(("sip:", "sips:")):
        uri = re.split(r"[?>]", target, maxsplit=1)[0]
        if not _SIP_URI.fullmatch(uri):
            raise PhoneError("this is no address that can be called")
        return uri
    user = quote(target.strip(), safe="+*#-_.!~'()")
    if not user:
        raise PhoneError("there is no number to call")
    return f"sip:{user.replace('#', '%23')}@{registrar}{suffix}"


def uri_on(line: Line, target: str) -> str:
    """The URI to call over a line."""
    return target_uri(target, line.registrar, ";transport=tcp" if line.transport == "tcp" else "")


def invitation(line: Line, wanted: Dial, *, behind_edge: bool) -> Any:
    """The parameters of an INVITE: its headers, and From where the line wants the number there."""
    operation = pj.CallOpParam(True)
    operation.opt.audioCount, operation.opt.videoCount = 1, 0
    headers = {"P-Asserted-Identity": wanted.asserted, "Diversion": wanted.diversion}
    if wanted.shown_as:
        shown = _shown(line, wanted.shown_as)
        if line.identity is Identity.FROM:
            operation.txOption.localUri = shown
        elif line.identity in _IDENTITIES:
            headers[_IDENTITIES[line.identity]] = shown
    if behind_edge:
        headers[LINE_HEADER] = str(line.id)
    return with_headers(operation, headers)


def with_headers(operation: Any, headers: Mapping[str, str]) -> Any:
    """`operation` with these headers; empty ones, and those of more than one line, are not sent."""
    for name, value in headers.items():
        if value.isprintable() and value:
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            operation.txOption.headers.append(header)
    return operation


def _shown(line: Line, number: str) -> str:
    if not _SHOWN.fullmatch(number):
        raise PhoneError("this is no number that can be shown")
    return f"<sip:{number}@{host_of(line.registrar)}>"
