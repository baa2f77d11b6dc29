"""A small authority of this server's own, and certificates that it signs (RFC 5280).

The authority stays the same for years, so that what people have agreed to once goes on holding; the certificate of
the server is made anew whenever the names and addresses of the computer have changed.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = timedelta(days=3_650)
# What all systems take from an authority that a person has added.
SERVER_LIFE = timedelta(days=825)
RENEWED_BEFORE = timedelta(days=180)
# Clocks of shop computers differ.
_EARLIER = timedelta(days=2)
_LONGEST_NAME = 64


def new_authority() -> bytes:
    """Return a new authority in PEM, its key first."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Almoxarife {socket.gethostname()}"[:_LONGEST_NAME])]
    )
    certificate = (
        _certificate(name, name, key.public_key(), AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _key_pem(key) + certificate.public_bytes(serialization.Encoding.PEM)


def new_server(authority: bytes, names: Iterable[str]) -> bytes:
    """Return a server's key, its certificate and the authority behind it, in PEM, in this order.

    ``names``: the host names and IP addresses under which it may be found.
    """
    signer = serialization.load_pem_private_key(authority, None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    issuer = x509.load_pem_x509_certificate(authority)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _certificate(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "almoxarife")]),
            issuer.subject,
            key.public_key(),
            SERVER_LIFE,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    return _key_pem(key) + certificate.public_bytes(encoding) + issuer.public_bytes(encoding)


def serves(server: bytes, authority: bytes, names: Iterable[str]) -> bool:
    """Tell whether a server's certificate is by an authority, has some names and no others, and lasts a while.

    ``server``: as ``new_server`` makes it; a key of another certificate does not serve.
    """
    try:
        certificate, *_ = x509.load_pem_x509_certificates(server)
        key = serialization.load_pem_private_key(server, None)
        known = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, a new one is made
        return False
    found = set(known.get_values_for_type(x509.DNSName))
    found |= {str(address) for address in known.get_values_for_type(x509.IPAddress)}
    lasts = certificate.not_valid_after_utc - datetime.now(UTC) > RENEWED_BEFORE
    return lasts and found == set(names) and key.public_key() == certificate.public_key()


def own_names(host: str) -> set[str]:
    """Return every name and address under which this computer may be found; ``host`` is where the server listens."""
    import psutil

    found = {"localhost", "127.0.0.1", "::1", socket.gethostname().lower(), host.lower()}
    for addresses in psutil.net_if_addrs().values():
        found |= {one.address.partition("%")[0] for one in addresses if _is_address(one.address)}
    return {name for name in found if name and _is_possible(name)}


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + life - _EARLIER)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ip_address(name)) if _is_address(name) else x509.DNSName(name)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_possible(name: str) -> bool:
    """Tell whether a certificate can hold a name, and others can use it: DNS names are ASCII."""
    if _is_address(name):
        return not ip_address(name).is_unspecified
    return name.isascii() and all(name.split("."))


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
