"""Whom we believe to be a line's provider (RFC 5922): TLS 1.3, certificate and name checked."""

from __future__ import annotations

import logging
import ssl

from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_EXPIRED = frozenset((9, 10))
_UNKNOWN_ISSUER = frozenset((2, 18, 19, 20, 21, 24, 27))
_REVOKED = frozenset((23,))
_WRONG_NAME = frozenset((62, 64))
"""The numbers of OpenSSL's X509_V_ERR_*, which `SSLCertVerificationError.verify_code` carries."""


def client_context(authorities: str = "", revocations: str = "") -> ssl.SSLContext:
    """How we connect: the system's trust store, TLS 1.3, the name checked.

    `authorities` is a PEM file that is trusted too, `revocations` one of CRLs (RFC 5280), after
    which a certificate whose issuer has none, or an old one, is refused.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    if authorities:
        context.load_verify_locations(cafile=authorities)
    if revocations:
        context.load_verify_locations(cafile=revocations)
        context.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
    return context


def reason_of(error: BaseException) -> Reason:
    """Why a connection did not come about, as it is told to people."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = error.verify_code
        log.warning("certificate refused: %s (%d)", error.verify_message, code)
        if code in _WRONG_NAME:
            return Reason.LINE_WRONG_NAME
        if code in _EXPIRED:
            return Reason.LINE_CERTIFICATE_EXPIRED
        if code in _REVOKED:
            return Reason.LINE_CERTIFICATE_REVOKED
        if code in _UNKNOWN_ISSUER:
            return Reason.LINE_CERTIFICATE_UNKNOWN
        return Reason.LINE_NOT_ENCRYPTED
    if isinstance(error, ssl.SSLError):
        log.warning("no TLS: %s", error)
        return Reason.LINE_NOT_ENCRYPTED
    return Reason.LINE_UNREACHABLE
