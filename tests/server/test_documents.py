"""The documents: valid OpenAPI 3.1, whole, true of every answer, readable without internet."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from .in_process import Caller, documents_of, open_app

# Each of the operations is asked so often with what the documents allow, and as often with what they do not.
EXAMPLES = 26
SEED = 20_261_124
OPERATIONS = [
    "POST /registrar_usuario_app",
    "POST /login",
    "POST /sair",
    "POST /senha",
    "GET /sessoes",
    "POST /sessoes/encerrar",
    "POST /sessoes/encerrar_outras",
    "GET /contas",
    "POST /contas/aprovar",
    "GET /usuarios",
    "POST /usuarios/aprovar",
    "POST /usuarios/papel",
    "POST /usuarios/desativar",
    "POST /usuarios/reativar",
    "POST /usuarios/senha",
    "GET /usuarios/sessoes",
    "POST /usuarios/sessoes/encerrar",
    "GET /andamento",
    "POST /andamento/parar",
    "GET /auditoria",
    "GET /configuracoes",
    "PUT /configuracoes",
    "GET /periodos",
    "POST /periodos/fechar",
    "POST /periodos/reabrir",
    "GET /produtos",
    "POST /produtos",
    "GET /inventario",
    "POST /inventario",
    "POST /inventario/lote",
    "POST /inventario/leitura",
    "GET /produtos/{produto_id}/codigos",
    "POST /produtos/{produto_id}/codigos",
    "POST /codigos/retirar",
    "GET /codigos/leitura",
    "GET /inventario/resumo",
    "GET /locais",
    "POST /locais",
    "POST /locais/alterar",
    "GET /lotes",
    "GET /lotes/sugestao",
    "GET /niveis",
    "PUT /niveis",
    "POST /niveis/remover",
    "GET /alertas",
    "GET /alertas/abertos",
    "POST /alertas/{alerta_id}/reconhecer",
    "GET /alertas/regras",
    "POST /alertas/regras",
    "POST /alertas/regras/{regra_id}/desativar",
    "POST /alertas/regras/{regra_id}/reativar",
    "GET /webhooks",
    "POST /webhooks",
    "POST /webhooks/{webhook_id}/desativar",
    "POST /webhooks/{webhook_id}/reativar",
    "GET /webhooks/{webhook_id}/entregas",
    "GET /motivos",
    "POST /motivos",
    "POST /motivos/alterar",
    "GET /reservas",
    "POST /reservas",
    "POST /reservas/cancelar",
    "GET /saldos",
    "GET /kardex",
    "GET /kardex/explicacao",
    "GET /estoque/saldos",
    "GET /estoque/valor",
    "GET /etiquetas/formatos",
    "POST /etiquetas",
    "GET /analises/{nome}",
    "GET /compras/sugestao",
    "GET /compras/produtos",
    "PUT /compras/produtos",
    "POST /compras/produtos/remover",
    "GET /compras/pedidos",
    "POST /compras/pedidos",
    "POST /compras/pedidos/cancelar",
    "POST /compras/pedidos/receber",
    "GET /saude",
    "GET /certificado",
    "GET /produtos/{produto_id}",
    "PATCH /produtos/{produto_id}",
    "GET /produtos/{produto_id}/alteracoes",
    "POST /produtos/{produto_id}/desativar",
    "POST /produtos/{produto_id}/reativar",
    "POST /produtos/{produto_id}/unir",
    "GET /produtos/{produto_id}/unidades",
    "PUT /produtos/{produto_id}/unidades",
    "GET /produtos/{produto_id}/foto",
    "PUT /produtos/{produto_id}/foto",
    "DELETE /produtos/{produto_id}/foto",
    "GET /unidades",
    "POST /unidades",
    "GET /categorias",
    "POST /categorias",
    "GET /categorias/{categoria_id}",
    "PATCH /categorias/{categoria_id}",
    "GET /parceiros",
    "POST /parceiros",
    "GET /parceiros/{parceiro_id}",
    "PATCH /parceiros/{parceiro_id}",
    "POST /parceiros/{parceiro_id}/desativar",
    "POST /parceiros/{parceiro_id}/reativar",
    "GET /contagens",
    "POST /contagens",
    "GET /contagens/acuracidade",
    "GET /contagens/agenda",
    "PUT /contagens/agenda",
    "GET /contagens/{contagem_id}",
    "GET /contagens/{contagem_id}/linhas",
    "POST /contagens/{contagem_id}/linhas",
    "GET /contagens/{contagem_id}/itens",
    "POST /contagens/{contagem_id}/encerrar",
    "POST /contagens/{contagem_id}/revisoes",
    "POST /contagens/{contagem_id}/confirmar",
    "POST /contagens/{contagem_id}/cancelar",
]
# Of these nothing can be asked that the documents forbid: they take no more than an address, which may say anything.
TAKE_NOTHING = {
    "POST /sair",
    "GET /certificado",
    "GET /contas",
    "GET /sessoes",
    "POST /sessoes/encerrar_outras",
    "GET /usuarios",
    "GET /configuracoes",
    "GET /periodos",
    "GET /locais",
    "GET /motivos",
    "GET /alertas/abertos",
    "GET /alertas/regras",
    "GET /webhooks",
    "GET /saude",
    "GET /unidades",
    "GET /categorias",
    "GET /etiquetas/formatos",
    *(label for label in OPERATIONS if re.search(r"\}/(desativar|reativar|foto|encerrar|cancelar)$", label)),
    *(label for label in OPERATIONS if re.search(r"^GET .*(\}|/unidades|/codigos)$", label)),
}
MODES = [
    (label, mode)
    for label in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or label not in TAKE_NOTHING
]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """An app for all tests here, with an administrator."""
    folder = tmp_path_factory.mktemp("documents")
    shutil.copy(sqlite_template, folder / "almoxarife.db")
    with open_app(folder) as app:
        assert Caller(app).register("admin").status == 201
        yield app


def test_the_document_is_valid_openapi(documented: Flask) -> None:
    documents = documents_of(documented)
    assert documents.document["openapi"].startswith("3.1")
    assert documents.faults() == []


# What is answered with something else than JSON alone.
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OTHER_ANSWERS = {
    "GET /produtos/{produto_id}/foto": ["image/png", "image/jpeg", "image/webp"],
    "GET /analises/{nome}": ["application/json", "text/csv", SHEET, "image/svg+xml"],
    "POST /etiquetas": ["application/pdf"],
    "GET /certificado": ["application/x-pem-file"],
    "GET /compras/sugestao": ["application/json", "text/csv", SHEET, "text/plain"],
}


def test_every_operation_is_described_in_portuguese(documented: Flask) -> None:
    documents = documents_of(documented)
    assert sorted(f"{method} {path}" for method, path, _ in documents.operations()) == sorted(OPERATIONS)
    for method, path, operation in documents.operations():
        assert re.match(r"[A-ZÀ-Ú]", operation["summary"])
        who = "Exige ao menos o papel “" if operation.get("security") else "Para todos"
        assert operation["description"].startswith(who), (method, path)
        statuses = set(operation["responses"])
        assert "503" in statuses, (method, path)
        assert ("401" in statuses) == (bool(operation.get("security")) or path == "/login"), (method, path)
        takes = operation.get("requestBody", {}).get("content", {})
        expected = {"400", "413", "415"} if "application/json" in takes else {"413"} if takes else set()
        assert statuses & {"413", "415"} == expected - {"400"}, (method, path)
        assert expected <= statuses, (method, path)
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
            else:
                assert list(response["content"]) == OTHER_ANSWERS.get(
                    f"{method} {path}", ["application/json"]
                )


def test_a_document_with_a_fault_is_found(documented: Flask) -> None:
    """The check of the check."""
    documents = documents_of(documented)
    broken = {**documents.document, "paths": {"/x": {"get": {"responses": {"duzentos": {}}}}}}
    assert type(documents)(broken).faults()


def test_the_page_loads_nothing_from_elsewhere(documented: Flask) -> None:
    caller = Caller(documented)
    page = caller.get("/docs")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    text = page.body.decode()
    assert not re.search(r"https?://|(src|href)=\"//|<script>|\son\w+=", text)
    assets = re.findall(r"(?:src|href)=\"([^\"]+)\"", text)
    own = [urljoin("/docs", asset) for asset in assets if not asset.startswith("data:")]
    assert own
    for asset in own:
        answer = caller.get(asset)
        assert answer.status == 200
        # A style or script that fetches something names it in one of these forms.
        loads = re.findall(rb"(?:@import|url\(|importScripts\(|import\()\s*[\"']?(https?:)?//", answer.body)
        assert loads == [], asset


def test_what_the_page_fetches_is_there(documented: Flask) -> None:
    caller = Caller(documented)
    start = caller.get("/docs/inicio.js").body.decode()
    fetched = set(re.findall(r"\"(/[^\"\s]+)\"", start))
    assert "/openapi.json" in fetched
    for address in fetched:
        assert caller.get(address).status == 200, address


@pytest.mark.parametrize(("label", "mode"), MODES)
def test_generated_requests_are_answered_as_documented(
    documented: Flask, label: str, mode: GenerationMode
) -> None:
    """No 5xx; status, content type and body as documented; nothing taken that the documents forbid."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", documented)
    # Unknown parameters are harmless by contract, and who may call is another test's matter.
    schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)
    # What is larger than may come, or made for a version that nobody has seen, is refused before it is looked at.
    schema.config.checks.negative_data_rejection.expected_statuses += ["412", "413"]
    method, path = label.split()
    operation = schema[path][method]
    # An address of its own, so that the wrong passwords of others do not slow it down.
    administrator = Caller(documented, address=f"127.0.1.{MODES.index((label, mode))}")
    administrator.log_in("admin")

    @seed(SEED)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        if label == "POST /sair":
            administrator.log_in("admin")
        answer = case.call(headers={"Authorization": f"Bearer {administrator.token}"})
        # What a schema cannot say is refused all the same: invisible characters, a wrong present password.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance, ignored_auth])

    ask()
