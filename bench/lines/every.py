"""Every line of the table, its goals, and what of its figures the table shows first."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bench.ground import Ground
from bench.lines import entries, history, lists, start, watchers, whole, windows
from bench.results import Goal, Measured, at_least, at_most
from bench.sizes import Sizes


class Line(NamedTuple):
    """A line; ``word`` chooses it, titles may name sizes, ``ours`` and ``floor`` are figures."""

    word: str
    id: str
    title: str
    title_in_portuguese: str
    ours: str
    floor: str
    goals: tuple[Goal, ...]
    measure: Callable[[Ground], Measured]


_RATE, _FLASK_RATE = "requests_per_second", "bare_flask_requests_per_second"

LINES = (
    Line(
        "entrada",
        "entry_sqlite",
        "One durable entry per request, {connections} connections, SQLite; beside bare Flask",
        "Uma entrada durável por pedido, {connections} conexões, SQLite; ao lado do Flask puro",
        _RATE,
        _FLASK_RATE,
        (at_least("share_of_bare_flask", 0.45), at_most("p99_times_bare_flask", 4)),
        entries.on_sqlite,
    ),
    Line(
        "entrada-postgresql",
        "entry_postgresql",
        "The same on PostgreSQL; beside bare Flask",
        "O mesmo no PostgreSQL; ao lado do Flask puro",
        _RATE,
        _FLASK_RATE,
        (at_least("share_of_bare_flask", 0.35),),
        entries.on_postgresql,
    ),
    Line(
        "original",
        "entry_original",
        "The same on SQLite; beside the original's design (development server, list in memory, nothing durable)",
        "O mesmo no SQLite; ao lado do desenho original (servidor de desenvolvimento, lista na memória)",
        _RATE,
        "original_requests_per_second",
        (at_least("times_original", 4),),
        entries.beside_original,
    ),
    Line(
        "historia",
        "entry_history",
        "Entries at {movements} movements and {products} products; beside an empty ledger with one product",
        "Entradas com {movements} movimentos e {products} produtos; ao lado de um livro vazio com um produto",
        _RATE,
        "empty_requests_per_second",
        (at_least("share_of_empty", 0.9),),
        entries.with_history,
    ),
    Line(
        "ultimos",
        "newest",
        "Newest 100 entries at {movements} movements; beside {few_movements}, and beside bare Flask",
        "As 100 entradas mais novas de {movements}; ao lado de {few_movements}, e do Flask puro",
        _RATE,
        _FLASK_RATE,
        (at_least("share_of_short_ledger", 0.9), at_least("share_of_bare_flask", 0.5)),
        lists.newest,
    ),
    Line(
        "consulta",
        "poll",
        "A monitor's poll with nothing new; beside bare Flask",
        "Consulta de um monitor sem novidade; ao lado do Flask puro",
        _RATE,
        _FLASK_RATE,
        (at_least("share_of_bare_flask", 0.6),),
        lists.poll,
    ),
    Line(
        "busca",
        "search",
        "Product search while typing, {products} products; beside bare Flask; p99 of one client alone",
        "Busca de produto ao digitar, {products} produtos; ao lado do Flask puro; p99 de um cliente só",
        _RATE,
        _FLASK_RATE,
        (at_least("share_of_bare_flask", 0.4), at_most("alone_p99_ms", 20)),
        lists.search,
    ),
    Line(
        "importar",
        "import",
        "Import of {imported} entries; beside `.import` of SQLite's command line with the same indexes",
        "Importação de {imported} entradas; ao lado do `.import` da linha de comando do SQLite",
        "rows_per_second",
        "floor_rows_per_second",
        (at_least("share_of_floor", 0.4), at_most("peak_mb", 300)),
        whole.importing,
    ),
    Line(
        "verificar",
        "verify",
        "`verificar` over {movements} movements; beside reading and hashing the same rows",
        "`verificar` de {movements} movimentos; ao lado de ler as mesmas linhas e calcular o hash",
        "rows_per_second",
        "floor_rows_per_second",
        (at_least("share_of_floor", 0.5),),
        whole.verification,
    ),
    Line(
        "monitores",
        "watchers",
        "{watchers} watchers, {entries_per_second} entries/s: delivery after the acknowledgement",
        "{watchers} monitores, {entries_per_second} entradas/s: entrega depois da confirmação",
        "delivery_p99_ms",
        "",
        (
            at_most("delivery_p99_ms", 50),
            at_most("lost_or_twice", 0),
            at_most("post_p50_times_alone", 1.5),
            at_most("kb_per_watcher", 20),
        ),
        watchers.watched_by(lambda ground: ground.sizes.watchers),
    ),
    Line(
        "monitores-muitos",
        "many_watchers",
        "{many_watchers} watchers, {entries_per_second} entries/s",
        "{many_watchers} monitores, {entries_per_second} entradas/s",
        "delivery_p99_ms",
        "",
        (
            at_most("delivery_p99_ms", 250),
            at_most("lost_or_twice", 0),
            at_most("post_p50_times_alone", 3),
        ),
        watchers.watched_by(lambda ground: ground.sizes.many_watchers),
    ),
    Line(
        "lista",
        "whole_list",
        "Whole `GET /inventario` at {movements} movements; beside reading its rows and encoding them to JSON",
        "`GET /inventario` inteiro de {movements} movimentos; ao lado de ler as linhas e escrevê-las em JSON",
        "rows_per_second",
        "floor_rows_per_second",
        (at_most("memory_growth_mb", 20), at_least("share_of_floor", 0.4)),
        whole.whole_list,
    ),
    Line(
        "inicio",
        "start",
        "API and feed: from start to first answer, memory after it",
        "API e alimentador: do início à primeira resposta, memória depois",
        "first_answer_s",
        "",
        (at_most("memory_mb", 130), at_most("first_answer_s", 1.5)),
        start.start,
    ),
    Line(
        "janela",
        "window",
        "Register program with {products} products: log-in, keystroke to shown matches",
        "Cadastro com {products} produtos: do login à janela pronta, da tecla aos produtos mostrados",
        "keystroke_to_matches_ms",
        "",
        (at_most("usable_after_log_in_ms", 1_500), at_most("keystroke_to_matches_ms", 100)),
        windows.register_program,
    ),
    Line(
        "curva-historia",
        "history_curve",
        "Cost of one request as the ledger grows",
        "Custo de um pedido enquanto o livro cresce",
        "",
        "",
        (),
        history.curve,
    ),
    Line(
        "curva-monitores",
        "watchers_curve",
        "Delivery as the watchers grow in number",
        "Entrega enquanto os monitores aumentam",
        "",
        "",
        (),
        watchers.curve,
    ),
)


def line_of(word: str) -> Line:
    """Return the line that a word chooses."""
    return next(line for line in LINES if line.word == word)


def title(line: Line, sizes: Sizes) -> str:
    """Return a line's title for the documents, which are English."""
    return line.title.format(**{name: f"{value:,}" for name, value in _numbers(sizes).items()})


def title_in_portuguese(line: Line, sizes: Sizes) -> str:
    """Return a line's title for the person at the terminal."""
    values = {name: f"{value:,}".replace(",", ".") for name, value in _numbers(sizes).items()}
    return line.title_in_portuguese.format(**values)


def _numbers(sizes: Sizes) -> dict[str, int]:
    return {name: value for name, value in vars(sizes).items() if isinstance(value, int)}
