"""What PostgreSQL and its driver say of a connection that fails (psycopg 3.3, PostgreSQL 18), in Portuguese."""

from __future__ import annotations

import pytest

from almoxarife.cli.postgresql_words import translated

FAILED = 'connection failed: connection to server at "127.0.0.1", port 5433 failed: '


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            f"{FAILED}Connection refused Is the server running on that host and accepting TCP/IP connections?",
            "nenhum servidor PostgreSQL responde em 127.0.0.1, porta 5433; veja se ele está em funcionamento e se os "
            "dois estão certos",
        ),
        (
            "failed to resolve host 'loja.local': [Errno -2] Name or service not known",
            "não há computador com o nome loja.local",
        ),
        (
            f'{FAILED}FATAL: database "loja" does not exist',
            "o servidor PostgreSQL não tem o banco de dados loja; crie-o antes, por exemplo com createdb",
        ),
        (f'{FAILED}FATAL: role "ana" does not exist', "o servidor PostgreSQL não conhece o usuário ana"),
        (
            f'{FAILED}FATAL: password authentication failed for user "ana"',
            "o servidor PostgreSQL não aceita essa senha de ana",
        ),
        (
            f"{FAILED}fe_sendauth: no password supplied",
            "o servidor PostgreSQL quer uma senha; ela vai no endereço, em ALMOXARIFE_BANCO",
        ),
        (
            f'{FAILED}FATAL: no pg_hba.conf entry for host "10.0.0.7", user "ana", database "loja", no encryption',
            "o servidor PostgreSQL não deixa entrar este computador, usuário e banco (pg_hba.conf)",
        ),
        (
            "connection timeout expired",
            "o servidor PostgreSQL não responde a tempo; veja se a rede e o firewall o permitem",
        ),
        (
            f"{FAILED}FATAL: the database system is starting up",
            "o servidor PostgreSQL está sendo iniciado ou encerrado; tente de novo em instantes",
        ),
        ("unable to open database file", "unable to open database file"),
    ],
)
def test_why_postgresql_cannot_be_reached(words: str, said: str) -> None:
    assert translated(words) == said
