"""Analyses of a server in memory."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.analysis import Analysis, Bars, Column, Fact, FileFormat, Wanted
from almoxarife.client.progress import Progress


def curve(*names: str, more: bool = False) -> Analysis:
    """Return an ABC curve of products that are consumed ever less."""
    count = len(names)
    values = [100 * (count - place) for place in range(count)]
    cumulated = [100 * sum(values[: place + 1]) // sum(values) for place in range(count)]
    columns = [
        Column("posicao", "Posição", "contagem"),
        Column("produto_id", "Id", "texto"),
        Column("nome_produto", "Produto", "texto"),
        Column("unidade", "Unidade", "texto"),
        Column("consumo", "Consumido", "quantidade"),
        Column("valor", "Valor consumido", "dinheiro"),
        Column("participacao", "Participação", "porcentagem"),
        Column("acumulado", "Acumulado", "porcentagem"),
        Column("classe", "Classe", "texto"),
    ]
    rows: list[list[object]] = [
        [place + 1, f"p{place + 1}", name, "UN", 5, values[place], 1, cumulated[place], "A"]
        for place, name in enumerate(names)
    ]
    return Analysis(
        "Curva ABC",
        "2026-01-01",
        "2026-11-24",
        more,
        [Fact("Dias", "contagem", 328), Fact("Classe A: valor", "dinheiro", sum(values))],
        Bars("dinheiro", list(names), list(values), list(cumulated)),
        columns,
        rows,  # type: ignore[arg-type]
    )


class FakeAnalyses:
    """Answers with one analysis; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer_analysis = answer
        self.analyses_wanted: list[Wanted] = []
        self.analysis = curve("Café torrado", "Parafuso 10mm")
        # With which ids long calls were sent, how far they are, and which of them were stopped.
        self.works: list[str] = []
        self.how_far: Progress | None = None
        self.stopped: list[str] = []

    def analyse(self, wanted: Wanted, limit: int, work_id: str) -> Analysis:
        assert limit > 0
        self.works.append(work_id)
        self._answer_analysis("analyse")
        self.analyses_wanted.append(wanted)
        return self.analysis

    def analysis_file(self, wanted: Wanted, file_format: FileFormat, work_id: str) -> bytes:
        self.works.append(work_id)
        self._answer_analysis("analysis_file")
        self.analyses_wanted.append(wanted)
        return file_format.encode()

    def progress(self, work_id: str) -> Progress | None:
        return self.how_far

    def stop_work(self, work_id: str) -> None:
        self.stopped.append(work_id)
