"""Every route there is, and which role it takes at least; what the tests of access compare the app with."""

from __future__ import annotations

from almoxarife.identity import Role

# A new route finds its place here, or the tests fail: nothing becomes public by being forgotten.
PUBLIC = {("POST", "/registrar_usuario_app"), ("POST", "/login"), ("GET", "/saude")}
DOCUMENTS = {
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    ("GET", "/docs/palavras.json"),
    ("GET", "/docs/<name>"),
}
# The role that a route takes at least.
ROLES = {
    Role.READER: {
        ("POST", "/sair"),
        ("POST", "/senha"),
        ("GET", "/produtos"),
        ("GET", "/inventario"),
        ("GET", "/inventario/resumo"),
        ("GET", "/configuracoes"),
        ("GET", "/periodos"),
        ("GET", "/locais"),
        ("GET", "/lotes"),
        ("GET", "/niveis"),
        ("GET", "/lotes/sugestao"),
        ("GET", "/motivos"),
        ("GET", "/reservas"),
        ("GET", "/saldos"),
        ("GET", "/produtos/<produto_id>"),
        ("GET", "/produtos/<produto_id>/alteracoes"),
        ("GET", "/produtos/<produto_id>/unidades"),
        ("GET", "/produtos/<produto_id>/foto"),
        ("GET", "/produtos/<produto_id>/codigos"),
        ("GET", "/codigos/leitura"),
        ("GET", "/unidades"),
        ("GET", "/categorias"),
        ("GET", "/categorias/<categoria_id>"),
        ("GET", "/parceiros"),
        ("GET", "/parceiros/<parceiro_id>"),
        ("GET", "/kardex"),
        ("GET", "/kardex/explicacao"),
        ("GET", "/estoque/saldos"),
        ("GET", "/estoque/valor"),
        ("GET", "/etiquetas/formatos"),
        ("POST", "/etiquetas"),
        ("GET", "/analises/<nome>"),
    },
    Role.OPERATOR: {
        ("POST", "/produtos"),
        ("POST", "/inventario"),
        ("POST", "/inventario/leitura"),
        ("POST", "/inventario/lote"),
        ("POST", "/produtos/<produto_id>/codigos"),
        ("POST", "/reservas"),
        ("POST", "/reservas/cancelar"),
        ("PATCH", "/produtos/<produto_id>"),
        ("PUT", "/produtos/<produto_id>/unidades"),
        ("PUT", "/produtos/<produto_id>/foto"),
        ("DELETE", "/produtos/<produto_id>/foto"),
        ("POST", "/unidades"),
        ("POST", "/categorias"),
        ("PATCH", "/categorias/<categoria_id>"),
        ("POST", "/parceiros"),
        ("PATCH", "/parceiros/<parceiro_id>"),
    },
    Role.MANAGER: {
        ("POST", "/codigos/retirar"),
        ("GET", "/auditoria"),
        ("POST", "/periodos/fechar"),
        ("POST", "/locais"),
        ("POST", "/locais/alterar"),
        ("PUT", "/niveis"),
        ("POST", "/niveis/remover"),
        ("POST", "/motivos"),
        ("POST", "/motivos/alterar"),
        ("POST", "/produtos/<produto_id>/desativar"),
        ("POST", "/produtos/<produto_id>/reativar"),
        ("POST", "/produtos/<produto_id>/unir"),
        ("POST", "/parceiros/<parceiro_id>/desativar"),
        ("POST", "/parceiros/<parceiro_id>/reativar"),
    },
    Role.ADMINISTRATOR: {
        ("GET", "/contas"),
        ("POST", "/contas/aprovar"),
        ("GET", "/usuarios"),
        ("POST", "/usuarios/aprovar"),
        ("POST", "/usuarios/papel"),
        ("POST", "/usuarios/desativar"),
        ("POST", "/usuarios/reativar"),
        ("POST", "/usuarios/senha"),
        ("PUT", "/configuracoes"),
        ("POST", "/periodos/reabrir"),
    },
}
LEAST = {route: role for role, routes in ROLES.items() for route in routes}
WITH_TOKEN = set(LEAST)
