"""A server that other computers reach, as its clients meet it: encrypted, known again, or refused."""

from __future__ import annotations

import http.client
import os
import stat
import time
from pathlib import Path

import pytest

from almoxarife.client import accounts, movements, products
from almoxarife.client.authorities import Authorities
from almoxarife.client.errors import WrongServer
from almoxarife.client.feed import FeedReader
from almoxarife.client.health import health
from almoxarife.client.introduction import introduce
from almoxarife.client.session import Session
from almoxarife.fingerprint import fingerprint_of

from .fixtures import StartServer
from .running import almoxarife, free_port, is_posix, wait_until

PASSWORD = "chave de fenda 8"


def meet(url: str, folder: Path) -> Session:
    """Return a session with a server that was met, and agreed to, for the first time."""
    stranger = introduce(url)
    assert stranger is not None
    authorities = Authorities(folder)
    authorities.keep(url, stranger.pem)
    return Session(url, authority=authorities.of(url), sleep=lambda seconds: None)


def test_a_shop_on_the_network(start_server: StartServer, tmp_path: Path) -> None:
    server = start_server("--host", "0.0.0.0")
    url = f"https://127.0.0.1:{server.port}"
    session = meet(url, tmp_path)
    shown = fingerprint_of(introduce(url).pem)  # type: ignore[union-attr]
    assert f"Impressão digital deste servidor: {shown}\n" in server.output

    # Work, and the feed, over TLS.
    accounts.register(session, "admin", PASSWORD)
    accounts.log_in(session, "admin", PASSWORD)
    product = products.create(session, "Parafuso")
    wait_until(lambda: health(session).events_url is not None, 20)
    assert str(health(session).events_url).startswith("https://127.0.0.1:")
    reader = FeedReader(session)
    reader.start(0, "")
    movements.register_entry(session, movements.new_id(), product.id, 7)
    seen: list[int] = []
    wait_until(lambda: bool(seen.__iadd__([entry.sequence for entry in reader.take().entries])), 20)
    assert seen == [1]

    # A revoked token ends its stream.
    accounts.log_out(session)
    wait_until(lambda: reader.take().over, 20)
    reader.stop()

    # Nothing goes in clear, and who has not been met is not spoken to.
    plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    plain.request("GET", "/saude")
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.getresponse()
    plain.close()
    for stranger in (Session(url), Session(f"https://localhost:{server.port}")):
        with pytest.raises(WrongServer):
            health(stranger)

    # Another server in its place is refused, and told from one that is off.
    assert server.stop() == 0
    authority = server.data_dir / "tls" / "autoridade.pem"
    authority.unlink()
    server.restart()
    with pytest.raises(WrongServer, match="não é o servidor que este computador conhece"):
        accounts.log_in(session, "admin", PASSWORD)


@is_posix
def test_what_the_server_writes_is_for_its_user_alone(start_server: StartServer, tmp_path: Path) -> None:
    folder = tmp_path / "dados 1"
    # As somebody makes it by hand; and with a generous mask.
    folder.mkdir(mode=0o755)
    mask = os.umask(0)
    try:
        server = start_server()
    finally:
        os.umask(mask)
    server.log_in("admin", "1234", register=True)
    time.sleep(0.1)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 2
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in files} == {
        path.name: "0o600" for path in files
    }


def test_without_encryption_only_when_it_is_said(start_server: StartServer) -> None:
    server = start_server("--host", "0.0.0.0", "--inseguro", "--servidor-http", "waitress")
    assert server.connect().get("/saude").status == 200
    assert "ATENÇÃO: nada é criptografado" in server.output
    refused = server.connect().get("/certificado")
    assert (refused.status, refused.json()["codigo"]) == (404, "sem_certificado")
    assert not (server.data_dir / "tls").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--host", "0.0.0.0", "--servidor-http", "waitress"), "O waitress não criptografa"),
        (("--certificado", "c.pem"), "informe também --chave"),
        (("--certificado", "c.pem", "--chave", "k.pem"), "não podem ser usados"),
    ],
)
def test_what_cannot_be_encrypted_does_not_start(
    tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    ended = almoxarife("api", "--porta", str(free_port()), "--dados", str(tmp_path), *options)
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
