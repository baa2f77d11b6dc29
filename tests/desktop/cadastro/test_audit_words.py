"""What the audit list says of each act."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import almoxarife
from almoxarife.client.audit import Act
from almoxarife.desktop.cadastro.audit.words import ACTIONS, told

from .fake_api import NOON


@pytest.mark.parametrize(
    ("action", "subject", "details", "sentence"),
    [
        ("usuario.papel", "joão", {"antes": "leitor", "depois": "gerente"}, "Papel de joão: leitor → gerente"),
        ("configuracao.alterar", "metodo_custo", {"antes": "x", "depois": True}, "Como o estoque é valorado: x → sim"),
        ("configuracao.alterar", "loja", {"antes": "", "depois": "Sol"}, "Nome da loja: – → Sol"),
        ("periodo.fechar", "2026-10-31", {"antes": None}, "Fechou até 31/10/2026 (antes: –)"),
        ("periodo.reabrir", "tudo", {"antes": "2026-10-31", "motivo": "Nota"}, "Reabriu tudo: Nota"),
        ("regra.situacao", "5f0c1a3e", {"nome": "De noite", "ativa": False}, "Regra de alerta “De noite”, ativa: não"),
        ("nova.coisa", "x", {"a": "é"}, 'nova.coisa x {"a": "é"}'),
    ],
)  # fmt: skip
def test_an_act_in_words(action: str, subject: str, details: dict[str, object], sentence: str) -> None:
    assert told(Act(1, NOON, "maria", action, subject, details)) == sentence


def test_every_action_of_the_server_has_words() -> None:
    features = Path(almoxarife.__file__).parent / "features"
    said = r'^[A-Z_]+ = "([a-z]+\.[a-z]+)"'
    found = {
        action
        for file in features.glob("*/rules.py")
        for action in re.findall(said, file.read_text(), re.MULTILINE)
    }
    assert found == set(ACTIONS)
