"""Bad requests about units, categories and partners, each with how it must be answered."""

from __future__ import annotations

import json
from collections.abc import Iterator

from . import bad_values as bad
from .corpus import GOOD, Case, body_of
from .corpus_products import NO_COUNT, case, values


def partner_cases() -> list[Case]:
    """Return every bad request about units, categories and partners."""
    return [*_units_and_categories(), *_partners()]


def _units_and_categories() -> Iterator[Case]:
    good = GOOD["/unidades"]
    codes = {
        **bad.NO_TEXT,
        **bad.EMPTY,
        "long": '"CAIXAS1"',
        "space": '"K G"',
        "accent": '"PÇ"',
        "NUL": '"\\u0000"',
    }
    yield from values("POST", "/unidades", good, "codigo", codes)
    names = bad.NO_TEXT | bad.EMPTY | bad.INVISIBLE
    yield from values("POST", "/unidades", good, "nome", {**names, "long": json.dumps("x" * 61)})
    counts = {**NO_COUNT, "negative": "-1", "five": "5"}
    yield from values("POST", "/unidades", good, "decimais", counts)
    there = {"there": '"kg"'}
    yield from values("POST", "/unidades", good, "codigo", there, code="unidade_existente", status=409)
    for method, path in (("POST", "/categorias"), ("PATCH", "/categorias/c2")):
        yield from values(method, path, {}, "nome", {**names, "long": json.dumps("x" * 81)})
        parents = {"unknown": '"c9"', "a product": '"p1"', "empty": '""', "NUL": '"c\\u0000"'}
        for name, text in parents.items():
            code, status = ("campo_invalido", 400) if name == "NUL" else ("categoria_inexistente", 404)
            yield case(
                f"parent {name}",
                method,
                path,
                body_of({"nome": "X"}, "pai_id", text),
                code,
                "pai_id",
                status=status,
            )
    inside = {"itself": '"c1"', "its child": '"c2"'}
    yield from values(
        "PATCH", "/categorias/c1", {}, "pai_id", inside, code="categoria_dentro_de_si", status=409
    )
    yield case(
        "there", "POST", "/categorias", b'{"nome": "FERRAGENS"}', "categoria_existente", "nome", status=409
    )
    for unknown in ("c9", "c0", "p1", "c" + "9" * 30):
        for method, body in (("GET", None), ("PATCH", b"{}")):
            path = f"/categorias/{unknown}"
            yield case("unknown", method, path, body, "categoria_inexistente", status=404)


def _partners() -> Iterator[Case]:
    good = GOOD["/parceiros"]
    for method, path, rest in (("POST", "/parceiros", good), ("PATCH", "/parceiros/t2", {})):
        yield from values(method, path, rest, "tipo", {**bad.NO_TEXT, "other": '"amigo"', "empty": '""'})
        names = bad.NO_TEXT | bad.EMPTY | bad.INVISIBLE
        yield from values(method, path, rest, "nome", {**names, "long": json.dumps("x" * 121)})
        for key, longest in (("email", 120), ("telefone", 40), ("observacoes", 2_000)):
            texts = {**bad.NO_TEXT, "bidi": '"a\\u202eb"', "long": json.dumps("x" * (longest + 1))}
            yield from values(method, path, rest, key, texts)
        documents = {
            name: json.dumps(text)
            for name, text in (
                ("wrong digit", "529.982.247-26"),
                ("CNPJ wrong digit", "12.ABC.345/01DE-36"),
                ("short", "529"),
                ("all the same", "111.111.111-11"),
                ("words", "não tem"),
                ("long", "5" * 1_000),
            )
        }
        yield from values(method, path, rest, "documento", documents, code="documento_invalido")
        yield from values(method, path, rest, "documento", {"number": "52998224725", "list": "[]"})
        taken = {"taken": '"52998224725"'}
        yield from values(method, path, rest, "documento", taken, code="documento_em_uso", status=409)
    for unknown in ("t9", "t0", "p1", "t" + "9" * 30):
        for method, end, body in (
            ("GET", "", None),
            ("PATCH", "", b"{}"),
            ("POST", "/desativar", None),
            ("POST", "/reativar", None),
        ):
            path = f"/parceiros/{unknown}{end}"
            yield case("unknown", method, path, body, "parceiro_inexistente", "parceiro_id", status=404)
