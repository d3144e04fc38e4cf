"""Certificates made for a test: an authority, what it signs, and what it takes back."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


class Authority:
    """Signs certificates for servers. `file` is its own, `revocations` its list."""

    def __init__(self, home: Path, name: str) -> None:
        self._home, self._name = home, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        subject = _named(name)
        now = datetime.datetime.now(datetime.UTC)
        self._certificate = (
            _builder(subject, subject, self._key, now - 30 * _DAY, now + 30 * _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file = home / f"{name}.pem"
        self.file.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def server(
        self, name: str, *, days: tuple[int, int] = (-1, 1), self_signed: bool = False
    ) -> tuple[Path, int]:
        """A key with a certificate for a server, in one file, and the serial number."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.datetime.now(datetime.UTC)
        issuer, signing = (_named(name), key) if self_signed else (_named(self._name), self._key)
        certificate = (
            _builder(_named(name), issuer, key, now + days[0] * _DAY, now + days[1] * _DAY)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(_usage(signs=False), critical=True)
            .sign(signing, hashes.SHA256())
        )
        file = self._home / f"{certificate.serial_number}.pem"
        kind = serialization.PrivateFormat.PKCS8
        file.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return file, certificate.serial_number

    def revocations(self, *serials: int) -> Path:
        """The list of what was taken back."""
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(_named(self._name))
        builder = builder.last_update(now - _DAY).next_update(now + _DAY)
        for serial in serials:
            revoked = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(revoked.revocation_date(now - _DAY).build())
        file = self._home / f"{self._name}.crl"
        signed = builder.sign(self._key, hashes.SHA256())
        file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        return file


def server_context(file: Path, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    """How a server shows the certificate in `file`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = most
    context.load_cert_chain(file)
    return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begin: datetime.datetime,
    end: datetime.datetime,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    return builder.not_valid_before(begin).not_valid_after(end)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
