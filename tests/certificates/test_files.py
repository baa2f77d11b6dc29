"""Certificates: made once, made anew when they must be, and refused when they cannot be used."""

from __future__ import annotations

import shutil
import socket
import ssl
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from almoxarife import certificates
from almoxarife.certificates import making
from almoxarife.certificates.making import new_authority, new_server, own_names
from almoxarife.client.vouching import context_of
from almoxarife.config import ConfigError, Settings
from almoxarife.fingerprint import fingerprint_of
from tests.server.running import is_posix


def network(folder: Path, **more: str) -> Settings:
    return Settings.from_environment(data_dir=folder, host="0.0.0.0", **more)


def shake_hands(certificate: certificates.Certificate, name: str, authority: Path | str | None) -> None:
    """Let a client that trusts an authority meet a server under a name. Raises ssl.SSLError."""
    server = certificates.context(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, contextless(), server.wrap_socket(connection, server_side=True) as secure:
                secure.recv(1)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with (
                socket.create_connection(listening.getsockname(), 5) as connection,
                context_of(authority).wrap_socket(connection, server_hostname=name) as secure,
            ):
                secure.send(b"x")
        finally:
            thread.join()


class contextless:  # noqa: N801 - reads as a word where it is used
    """Swallow what the other side's refusal looks like here."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        return isinstance(error, OSError)


def test_on_loopback_nothing_is_made(tmp_path: Path) -> None:
    assert certificates.prepare(Settings.from_environment(data_dir=tmp_path)) is None
    assert certificates.prepare(network(tmp_path, insecure="1")) is None
    assert certificates.authority(Settings.from_environment(data_dir=tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


def test_the_authority_stays_and_vouches_for_every_name(tmp_path: Path) -> None:
    made = certificates.prepare(network(tmp_path))
    assert made is not None
    before = made.chain.read_bytes()
    assert certificates.prepare(network(tmp_path)) == made
    assert made.chain.read_bytes() == before
    assert certificates.authority(network(tmp_path)) == made.authority
    assert made.fingerprint == fingerprint_of(made.authority)
    for name in ("127.0.0.1", "localhost", "::1", socket.gethostname()):
        shake_hands(made, name, made.authority)
    for name, authority in (
        ("outra.loja", made.authority),
        ("127.0.0.1", None),
        ("127.0.0.1", _public(new_authority())),
    ):
        with pytest.raises(ssl.SSLCertVerificationError):
            shake_hands(made, name, authority)


def test_another_address_gives_another_certificate_by_the_same_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = certificates.prepare(network(tmp_path))
    assert first is not None
    before = first.chain.read_bytes()
    monkeypatch.setattr(making, "own_names", lambda host: {"127.0.0.1", "192.0.2.99"})
    second = certificates.prepare(network(tmp_path))
    assert second == first
    assert second.chain.read_bytes() != before
    shake_hands(second, "192.0.2.99", first.authority)


@pytest.mark.parametrize("damage", ["cut", "gone", "foreign", "another key", "old"])
def test_what_is_damaged_or_ends_soon_is_made_anew(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificates.prepare(network(tmp_path))
    assert made is not None
    if damage == "cut":
        made.chain.write_bytes(made.chain.read_bytes()[:200])
    elif damage == "gone":
        made.chain.unlink()
    elif damage == "foreign":
        made.chain.write_bytes(new_server(new_authority(), own_names("0.0.0.0")))
    elif damage == "another key":
        authority = (made.chain.parent / "autoridade.pem").read_bytes()
        other = new_server(authority, own_names("0.0.0.0"))
        made.chain.write_bytes(_key(other) + _public(made.chain.read_bytes()).encode())
    else:
        monkeypatch.setattr(making, "RENEWED_BEFORE", making.SERVER_LIFE)
    before = b"" if damage == "gone" else made.chain.read_bytes()
    again = certificates.prepare(network(tmp_path))
    assert again is not None
    assert again.chain.read_bytes() != before
    shake_hands(again, "127.0.0.1", made.authority)


@is_posix
def test_keys_are_for_their_user_alone(tmp_path: Path) -> None:
    certificates.prepare(network(tmp_path))
    folder = tmp_path / "tls"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = list(folder.glob("*.pem"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert len(list(folder.iterdir())) == len(made) + 1 == 3, "nothing is left over but the lock"


def test_four_that_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _number: certificates.prepare(network(tmp_path)), range(4)))
    first = made[0]
    assert first is not None
    assert made == [first] * 4
    shake_hands(first, "127.0.0.1", first.authority)


def test_the_key_of_an_earlier_version_goes(tmp_path: Path) -> None:
    made = certificates.prepare(network(tmp_path))
    assert made is not None
    server = made.chain.read_bytes()
    old = made.chain.with_name("servidor.chave.pem")
    old.write_bytes(_key(server))
    made.chain.write_text(_public(server))
    again = certificates.prepare(network(tmp_path))
    assert again is not None
    assert not old.exists()
    shake_hands(again, "127.0.0.1", made.authority)


def _key(server: bytes) -> bytes:
    return server[: server.index(b"-----BEGIN CERTIFICATE-----")]


def _public(authority: bytes) -> str:
    text = authority.decode()
    return text[text.index("-----BEGIN CERTIFICATE-----") :]


def own(folder: Path) -> tuple[Path, Path]:
    server = new_server(new_authority(), {"estoque.loja", "127.0.0.1"})
    (folder / "cadeia.pem").write_text(_public(server))
    (folder / "chave.pem").write_bytes(_key(server))
    return folder / "cadeia.pem", folder / "chave.pem"


def test_a_certificate_of_ones_own_is_used_on_loopback_too(tmp_path: Path) -> None:
    chain, key = own(tmp_path)
    settings = Settings.from_environment(data_dir=tmp_path, certificate=chain, key=key)
    assert settings.address == "https://127.0.0.1:5000"
    made = certificates.prepare(settings)
    assert made is not None
    assert (made.chain, made.key) == (chain, key)
    shake_hands(made, "estoque.loja", made.authority)
    assert Settings.from_environment(data_dir=tmp_path).address == "http://127.0.0.1:5000"


@pytest.mark.parametrize("fault", ["absent", "empty", "not PEM", "other key", "a folder"])
def test_files_that_cannot_be_used(tmp_path: Path, fault: str) -> None:
    chain, key = own(tmp_path)
    if fault == "absent":
        key.unlink()
    elif fault == "empty":
        chain.write_bytes(b"")
    elif fault == "not PEM":
        chain.write_bytes(b"\xff\x00 -----BEGIN CERTIFICATE----- nada -----END CERTIFICATE-----")
    elif fault == "other key":
        key.write_bytes(_key(new_server(new_authority(), {"outra"})))
    else:
        shutil.copy(chain, tmp_path / "x")
        chain.unlink()
        chain.mkdir()
    with pytest.raises(ConfigError) as refusal:
        certificates.prepare(Settings.from_environment(data_dir=tmp_path, certificate=chain, key=key))
    assert refusal.value.parameters["reason"] == "tls_files"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"certificate": "c.pem"}, "tls_half"),
        ({"key": "k.pem"}, "tls_half"),
        ({"http_server": "waitress", "host": "0.0.0.0"}, "tls_server"),
        ({"http_server": "waitress", "certificate": "c.pem", "key": "k.pem"}, "tls_server"),
    ],
)
def test_settings_that_do_not_go_together(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.from_environment(data_dir=tmp_path, **given)
    assert refusal.value.parameters["reason"] == reason


def test_another_process_reads_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain, key = own(tmp_path)
    told = Settings.from_environment(
        data_dir=tmp_path, host="0.0.0.0", certificate=chain, key=key, insecure=True
    )
    for name, value in told.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings.from_environment() == told
