"""Names of products as Brazilian shops have them, and what people type to find one."""

from __future__ import annotations

import csv
import random
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from almoxarife.names import fold, search_form

# Names of real products, where the machine has them; they stay outside the project.
REAL_NAMES = Path(__file__).parents[2] / "shared" / "data" / "produtos_gtin.csv"
# How many of what is typed is found nowhere: slips of the finger, products that the shop does not have.
_SHARE_OF_SLIPS = 0.05
_LONGEST_FRAGMENT = 8
_ASKED = 20

_THINGS = (
    "Parafuso sextavado|Porca|Arruela lisa|Bucha de nylon|Prego com cabeça|Dobradiça|Fechadura|Cadeado|Broca|"
    "Disco de corte|Lixa para madeira|Fita isolante|Fita crepe|Tinta acrílica|Esmalte sintético|Pincel|Rolo de lã|"
    "Cimento|Argamassa|Rejunte|Tubo soldável|Joelho 90°|Luva de união|Registro de esfera|Torneira|Sifão|Chuveiro|"
    "Lâmpada|Tomada|Interruptor|Disjuntor|Cabo flexível|Extensão elétrica|Café torrado|Açúcar cristal|Arroz agulhinha|"
    "Feijão carioca|Óleo de soja|Farinha de trigo|Fubá mimoso|Macarrão espaguete|Molho de tomate|Leite em pó|"
    "Biscoito recheado|Sabão em pó|Detergente|Água sanitária|Esponja|Vassoura|Pá de lixo|Papel higiênico|Álcool gel"
).split("|")
_KINDS = (
    "zincado|inox|galvanizado|latão|aço|alumínio|PVC|plástico|reforçado|extra forte|premium|econômico|tradicional|"
    "profissional|branco|preto|azul|vermelho|amarelo|verde|marrom|cinza|transparente|fosco|brilhante|importado|"
    "nacional|infantil|integral|light|orgânico|sem glúten|baunilha|limão|maracujá|coco|chocolate|morango|São João|"
    "Pão de Açúcar"
).split("|")
_WEIGHTS = (
    "50g|100g|200g|250g|400g|500g|1kg|2kg|5kg|10kg|20kg|100ml|200ml|300ml|500ml|900ml|1L|2L|3,6L|5L|18L|c/ 2|c/ 10|"
    "c/ 50|c/ 100|cx 12|pct 24|fardo 30"
).split("|")
_LENGTHS = (
    "6mm|8mm|10mm|12mm|1/4|1/2|3/4|25mm|32mm|40mm|50mm|100mm|1m|2m|5m|10m|50m|127V|220V|9W|15W|60W".split("|")
)


def origin() -> str:
    """Return where the names come from."""
    return REAL_NAMES.name if REAL_NAMES.exists() else "generated"


def product_names(how_many: int) -> list[str]:
    """Return different names, the same ones at every call."""
    choose = random.Random(1)
    things, kinds, sizes = _real_words() if REAL_NAMES.exists() else (_THINGS, _KINDS, _LENGTHS + _WEIGHTS)
    names: dict[str, str] = {}
    while len(names) < how_many:
        name = f"{choose.choice(things)} {choose.choice(kinds)} {choose.choice(sizes)}"
        names.setdefault(fold(name), name)
    return list(names.values())


def search_paths(names: list[str], how_many: int) -> list[str]:
    """Return addresses of searches as people cause them while they type, the same ones at every call."""
    choose = random.Random(2)
    return [
        f"/produtos?{urlencode({'busca': _typed(choose, choose.choice(names)), 'limite': _ASKED})}"
        for _ in range(how_many)
    ]


def _typed(choose: random.Random, name: str) -> str:
    """Return what somebody has typed so far who means a product; mostly without accents."""
    text = search_form(name) if choose.random() < 0.8 else name.lower()
    if choose.random() < _SHARE_OF_SLIPS:
        return "".join(choose.choices("abcdefghijlmnopqrstuvxz", k=choose.randint(3, _LONGEST_FRAGMENT)))
    words = text.split()
    length = choose.randint(1, _LONGEST_FRAGMENT)
    way = choose.random()
    if way < 0.5:
        return text[:length]
    if way < 0.75:
        start = choose.randrange(max(1, len(text) - length))
        return text[start : start + length].strip() or text[:length]
    return " ".join(word[: choose.randint(1, 5)] for word in choose.sample(words, min(len(words), 2)))


def _real_words() -> tuple[list[str], list[str], list[str]]:
    """Take real names apart: how they begin (what it is), the words that come later (which one it is), sizes."""
    with REAL_NAMES.open(encoding="utf-8", newline="") as file:
        names = [row["nome"].split() for row in csv.DictReader(file)]
    things = {" ".join(islice(words, 2)) for words in names if len(words) >= 2}
    kinds = {" ".join(words[2:4]) for words in names if len(words) >= 4}
    return sorted(things), sorted(kinds), _WEIGHTS
