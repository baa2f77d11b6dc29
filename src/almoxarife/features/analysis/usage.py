"""Analyses of what was consumed: the ABC curve, turnover, coverage, consumption by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from almoxarife.features.analysis import store
from almoxarife.features.analysis.columns import (
    MOST_BARS,
    consumed_quantity,
    consumed_value,
    days_fact,
    product_columns,
)
from almoxarife.features.analysis.found import Found
from almoxarife.features.analysis.ground import Ground
from almoxarife.features.analysis.rules import days as day_rules
from almoxarife.features.analysis.rules.asked import AnalysisName, Step
from almoxarife.features.analysis.rules.curve import Ranked, curve
from almoxarife.features.analysis.rules.stock import covered_days, sum_of_closings, turned
from almoxarife.features.costs.rules.money import share
from almoxarife.i18n import _
from almoxarife.sheets.picture import Chart
from almoxarife.sheets.table import Cell, CellKind, Column, Fact, Table


def abc(ground: Ground) -> Found:
    """Rank products by the value of what was consumed of them."""
    asked = ground.asked
    ranked = curve(ground.consumed().values(), asked.limit_a, asked.limit_b)
    shown = ranked[: asked.most_rows]
    named = ground.named(one.consumed.product for one in shown)
    rows = [
        (
            place,
            *named[one.consumed.product],
            one.consumed.quantity,
            one.consumed.value,
            one.share,
            one.cumulated,
            one.letter,
        )
        for place, one in enumerate(shown, start=1)
    ]
    title = _("ABC curve")
    columns = [
        Column("posicao", _("Rank"), CellKind.COUNT),
        *product_columns(),
        consumed_quantity(),
        consumed_value(),
        Column("participacao", _("Share"), CellKind.PERCENT),
        Column("acumulado", _("Cumulated"), CellKind.PERCENT),
        Column("classe", _("Class")),
    ]
    facts = [days_fact(ground.period), *_class_facts(ranked)]
    bars = shown[:MOST_BARS]
    chart = Chart(
        title,
        CellKind.MONEY,
        [named[one.consumed.product][1] for one in bars],
        [max(0, one.consumed.value) for one in bars],
        [one.cumulated for one in bars],
    )
    return Found(
        AnalysisName.CURVE, ground.period, Table(title, columns, rows, facts), chart, len(ranked) > len(shown)
    )


def _class_facts(ranked: Sequence[Ranked]) -> list[Fact]:
    """Return how many products each class has, and what was consumed of them."""
    numbers, values = Counter(one.letter for one in ranked), Counter[str]()
    for one in ranked:
        values[one.letter] += max(0, one.consumed.value)
    facts = []
    for letter in "ABC":
        key = f"classe_{letter.lower()}"
        products = _("Class {letter}: products").format(letter=letter)
        value = _("Class {letter}: value").format(letter=letter)
        facts += [
            Fact(f"{key}_produtos", products, CellKind.COUNT, numbers[letter]),
            Fact(f"{key}_valor", value, CellKind.MONEY, values[letter]),
        ]
    return facts


def turnover(ground: Ground) -> Found:
    """Tell how often the stock of each product was renewed."""
    period = ground.period
    consumed, weighted = Counter[int](), Counter[int]()
    for one in store.renewed(ground.connection, ground.scope, day_rules.stretches(period)):
        product = ground.became(one.product)
        consumed[product] += one.consumed
        weighted[product] += one.weighted
    found = []
    for product in consumed.keys() | ground.stock.keys():
        closings = sum_of_closings(ground.stock_of(product).quantity, weighted[product], period.days)
        used = consumed[product]
        if closings or used:
            found.append((product, used, turned(used, closings, period.days)))
    found.sort(key=lambda one: (-(one[2].turnover or 0), one[0]))
    shown = found[: ground.asked.most_rows]
    named = ground.named(product for product, _used, _turned in shown)
    title = _("Turnover")
    columns = [
        *product_columns(),
        consumed_quantity(),
        Column("estoque_medio", _("Mean stock"), CellKind.QUANTITY),
        Column("giro", _("Turnover"), CellKind.NUMBER),
        Column("giro_anual", _("Turnover a year"), CellKind.NUMBER),
        Column("dias_por_giro", _("Days for one turn"), CellKind.NUMBER),
    ]
    rows = [
        (*named[product], used, one.mean_stock, one.turnover, one.yearly, one.days)
        for product, used, one in shown
    ]
    bars = [one for one in shown if one[2].turnover][:MOST_BARS]
    chart = Chart(
        title,
        CellKind.NUMBER,
        [named[product][1] for product, _used, _turned in bars],
        [one.turnover or 0 for _product, _used, one in bars],
    )
    table = Table(title, columns, rows, [days_fact(period)])
    return Found(AnalysisName.TURNOVER, period, table, chart, len(found) > len(shown))


def coverage(ground: Ground) -> Found:
    """Tell for how many days the stock of each product is enough, the shortest first."""
    period = ground.period
    consumed = ground.consumed()
    found = []
    for product in consumed.keys() | ground.stock.keys():
        held = ground.stock_of(product).quantity
        used = max(0, consumed[product].quantity) if product in consumed else 0
        if held or used:
            found.append((product, held, used, covered_days(held, used, period.days)))
    found.sort(key=lambda one: (one[3] is None, one[3] or 0, one[0]))
    shown = found[: ground.asked.most_rows]
    named = ground.named(one[0] for one in shown)
    title = _("Coverage in days")
    columns = [
        *product_columns(),
        Column("saldo", _("Stock"), CellKind.QUANTITY),
        consumed_quantity(),
        Column("consumo_diario", _("Consumed a day"), CellKind.QUANTITY),
        Column("cobertura_dias", _("Coverage (days)"), CellKind.NUMBER),
    ]
    rows = [
        (*named[product], held, used, share(used, 1, period.days), covered)
        for product, held, used, covered in shown
    ]
    bars = [one for one in shown if one[3] is not None][:MOST_BARS]
    chart = Chart(title, CellKind.NUMBER, [named[one[0]][1] for one in bars], [one[3] or 0 for one in bars])
    table = Table(title, columns, rows, [days_fact(period)])
    return Found(AnalysisName.COVERAGE, period, table, chart, len(found) > len(shown))


def consumption(ground: Ground) -> Found:
    """Sum up what was consumed by day, week or month; the quantity only of one product, whose units are alike."""
    period, step = ground.period, ground.asked.step
    quantities, values, counts = Counter[int](), Counter[int](), Counter[int]()
    for used in store.consumed_by_day(ground.connection, ground.scope, day_rules.stretches(period)):
        quantities[used.key] += used.quantity
        values[used.key] += used.value
        counts[used.key] += used.movements
    of_one = ground.asked.product_id is not None
    parts = list(day_rules.parts(period, step))
    shown = parts[: ground.asked.most_rows]
    title = _("Consumption by period")
    columns = [
        Column("periodo", _("Beginning"), CellKind.DAY),
        Column("dias", _("Days"), CellKind.COUNT),
        Column("movimentos", _("Movements"), CellKind.COUNT),
        *([consumed_quantity()] if of_one else []),
        consumed_value(),
    ]
    rows: list[list[Cell]] = [
        [
            day,
            len(numbers),
            day_rules.summed(counts, numbers),
            *([day_rules.summed(quantities, numbers)] if of_one else []),
            day_rules.summed(values, numbers),
        ]
        for day, numbers in shown
    ]
    kind = CellKind.QUANTITY if of_one else CellKind.MONEY
    sums = quantities if of_one else values
    chart = Chart(
        title,
        kind,
        [_bar_name(day, step) for day, _numbers in shown],
        [day_rules.summed(sums, numbers) for _day, numbers in shown],
    )
    facts = [
        days_fact(period),
        Fact("valor", _("Consumed in all"), CellKind.MONEY, sum(values.values())),
    ]
    return Found(
        AnalysisName.CONSUMPTION, period, Table(title, columns, rows, facts), chart, len(parts) > len(shown)
    )


def _bar_name(day: str, step: Step) -> str:
    """Return a name that is short enough for a bar: 11/2026, or 24/11/26."""
    year, month, number = day.split("-")
    return f"{month}/{year}" if step is Step.MONTH else f"{number}/{month}/{year[2:]}"
