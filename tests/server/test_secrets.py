"""No password and no token is in what the server writes: not in its output, not in its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fixtures import StartServer
from .raw import exchange, request
from .running import JSON, ApiServer, almoxarife

FIRST, SECOND, WRONG = "senha-secreta-um", "senha-secreta-dois", "senha-secreta-errada"
FOREIGN_TOKEN = "ficha-alheia-" + "x" * 30


def live(server: ApiServer) -> set[str]:
    """Do everything that has to do with secrets, well and badly; return every secret that was about."""
    client = server.log_in("admin", FIRST, register=True)
    first_token = client.token or ""
    for path in ("/login", "/registrar_usuario_app"):
        client.post(path, {"username": "admin", "password": WRONG})
        client.post(path, {"username": "admin", "password": [WRONG]})
        client.send(
            "POST", path, f'{{"username": "admin", "password": "{WRONG}"'.encode(), {"Content-Type": JSON}
        )
        client.send("POST", path, f"password={WRONG}".encode(), {"Content-Type": "text/plain"})
        client.send("POST", path, b'{"password": "' + WRONG.encode("utf-16") + b'"}', {"Content-Type": JSON})
    for header in (
        FOREIGN_TOKEN,
        f"Bearer {FOREIGN_TOKEN}",
        f"Basic {FOREIGN_TOKEN}",
        f"Bearer {FOREIGN_TOKEN} x",
    ):
        client.send("GET", "/produtos", None, {"Authorization": header})
    client.get(f"/inventario?token={FOREIGN_TOKEN}&depois_de=x")
    client.get(f"/{FOREIGN_TOKEN}")
    exchange(
        server.port, request("POST", "/login", "Content-Length: -1", f"Authorization: Bearer {FOREIGN_TOKEN}")
    )
    assert client.post("/senha", {"senha_atual": WRONG, "senha_nova": SECOND}).status == 403
    assert client.post("/senha", {"senha_atual": FIRST, "senha_nova": SECOND}).status == 200
    second = server.log_in("admin", SECOND)
    second_token = second.token or ""
    assert second.send("POST", "/sair").status == 200
    return {FIRST, SECOND, WRONG, FOREIGN_TOKEN, first_token, second_token}


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_secrets_are_written_nowhere(start_server: StartServer, tmp_path: Path, http_server: str) -> None:
    server = start_server("--servidor-http", http_server)
    secrets = live(server)
    assert server.stop() == 0

    done = almoxarife("verificar", "--dados", str(server.data_dir))
    written = {"the output": server.output.encode(), "verificar": (done.stdout + done.stderr).encode()}
    written |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert len(written) > 3
    for where, content in written.items():
        found = [
            secret
            for secret in secrets
            if secret.encode() in content or secret.encode("utf-16-le") in content
        ]
        assert found == [], where


@pytest.mark.parametrize(
    ("command", "url"),
    [
        ("api", "postgresql+psycopg://loja:{secret}@127.0.0.1:1/estoque"),
        ("migrar", "postgresql://loja:{secret}@127.0.0.1:abc/estoque"),
        ("verificar", "mysql://loja:{secret}@127.0.0.1/estoque"),
        ("verificar", "loja:{secret}"),
    ],
)
def test_the_password_of_the_database_is_not_told(command: str, url: str) -> None:
    done = almoxarife(command, "--banco", url.format(secret=FIRST))

    assert done.returncode == 1
    assert FIRST not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
