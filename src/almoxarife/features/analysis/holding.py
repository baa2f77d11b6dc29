"""Analyses of what lies there and of what was lost: dead stock, ageing, losses by reason."""

from __future__ import annotations

from collections import defaultdict

from almoxarife.clock import beginning_of, day_after, day_of
from almoxarife.features.analysis import store
from almoxarife.features.analysis.columns import MOST_BARS, days_fact, product_columns
from almoxarife.features.analysis.found import Found
from almoxarife.features.analysis.ground import Ground
from almoxarife.features.analysis.rules.asked import ONE, AnalysisName, days_between
from almoxarife.features.analysis.rules.stock import AGE_BOUNDS, by_age, values_by_age
from almoxarife.features.costs.rules.money import share
from almoxarife.i18n import _
from almoxarife.sheets.picture import Chart
from almoxarife.sheets.table import Cell, CellKind, Column, Fact, Table

# Before anything that may be in a ledger.
_EVER = -(2**62)


def dead_stock(ground: Ground) -> Found:
    """Return the products that are in stock and of which nothing went out for so many days, the dearest first."""
    last_day, idle = ground.period.last, ground.asked.idle_days
    first, issued = _seen(ground)
    found = []
    for product, held in ground.stock.items():
        since = issued.get(product) or first.get(product)
        if held.quantity <= 0 or since is None:
            continue
        days = days_between(day_of(since), last_day)
        if days >= idle:
            issue = issued.get(product)
            found.append((product, held, day_of(issue) if issue is not None else None, days))
    found.sort(key=lambda one: (-one[1].value, one[0]))
    shown = found[: ground.asked.most_rows]
    named = ground.named(one[0] for one in shown)
    title = _("Dead stock")
    columns = [
        *product_columns(),
        Column("saldo", _("Stock"), CellKind.QUANTITY),
        Column("valor", _("Value"), CellKind.MONEY),
        Column("ultima_saida", _("Last issue"), CellKind.DAY),
        Column("dias_parado", _("Days without issue"), CellKind.COUNT),
    ]
    rows = [(*named[product], held.quantity, held.value, issue, days) for product, held, issue, days in shown]
    facts = [
        Fact("dias", _("Days without issue"), CellKind.COUNT, idle),
        Fact("produtos", _("Products"), CellKind.COUNT, len(found)),
        Fact("valor", _("Value"), CellKind.MONEY, sum(one[1].value for one in found)),
    ]
    bars = shown[:MOST_BARS]
    chart = Chart(
        title, CellKind.MONEY, [named[one[0]][1] for one in bars], [max(0, one[1].value) for one in bars]
    )
    return Found(
        AnalysisName.DEAD_STOCK,
        ground.period,
        Table(title, columns, rows, facts),
        chart,
        len(found) > len(shown),
    )


def ageing(ground: Ground) -> Found:
    """Return how old the stock of each product is: how much came in within each class of age."""
    last_day = ground.period.last
    since = [beginning_of(day_after(last_day, -bound)) for bound in AGE_BOUNDS]
    arrived: dict[int, list[int]] = defaultdict(lambda: [0] * len(since))
    scope = ground.scope._replace(begins=_EVER)
    for number, quantities in store.arrivals(ground.connection, scope, since).items():
        product = ground.became(number)
        arrived[product] = [a + b for a, b in zip(arrived[product], quantities, strict=True)]
    found = []
    for product, held in ground.stock.items():
        if held.quantity > 0:
            parts = by_age(held.quantity, [*arrived[product], 0])
            found.append((product, held, parts, values_by_age(max(0, held.value), parts)))
    found.sort(key=lambda one: (*(-value for value in reversed(one[3])), one[0]))
    shown = found[: ground.asked.most_rows]
    named = ground.named(one[0] for one in shown)
    titles = _age_titles()
    title = _("Age of the stock")
    columns = [
        *product_columns(),
        Column("saldo", _("Stock"), CellKind.QUANTITY),
        Column("valor", _("Value"), CellKind.MONEY),
        *(Column(f"saldo_{key}", _("Stock {age}").format(age=age), CellKind.QUANTITY) for key, age in titles),
        *(Column(f"valor_{key}", _("Value {age}").format(age=age), CellKind.MONEY) for key, age in titles),
    ]
    rows: list[list[Cell]] = [
        [*named[product], held.quantity, held.value, *parts, *values]
        for product, held, parts, values in shown
    ]
    sums = [sum(one[3][place] for one in found) for place in range(len(titles))]
    facts = [
        Fact(f"valor_{key}", _("Value {age}").format(age=age), CellKind.MONEY, value)
        for (key, age), value in zip(titles, sums, strict=True)
    ]
    chart = Chart(title, CellKind.MONEY, [age for _key, age in titles], sums)
    return Found(
        AnalysisName.AGEING, ground.period, Table(title, columns, rows, facts), chart, len(found) > len(shown)
    )


def losses(ground: Ground) -> Found:
    """Sum up what was lost in the period by the reason that was given."""
    found = sorted(
        store.lost(ground.connection, ground.scope), key=lambda one: (-one.value, one.reason or "")
    )
    whole = sum(one.value for one in found)
    shown = found[: ground.asked.most_rows]
    nobody = _("without a reason")
    title = _("Losses by reason")
    columns = [
        Column("motivo", _("Reason")),
        Column("movimentos", _("Movements"), CellKind.COUNT),
        Column("valor", _("Value lost"), CellKind.MONEY),
        Column("participacao", _("Share"), CellKind.PERCENT),
    ]
    rows = [
        (
            nobody if one.reason is None else one.reason,
            one.movements,
            one.value,
            share(one.value, 100 * ONE, whole) if whole > 0 else 0,
        )
        for one in shown
    ]
    bars = shown[:MOST_BARS]
    chart = Chart(
        title,
        CellKind.MONEY,
        [nobody if one.reason is None else one.reason for one in bars],
        [max(0, one.value) for one in bars],
    )
    facts = [days_fact(ground.period), Fact("valor", _("Value lost"), CellKind.MONEY, whole)]
    return Found(
        AnalysisName.LOSSES, ground.period, Table(title, columns, rows, facts), chart, len(found) > len(shown)
    )


def _seen(ground: Ground) -> tuple[dict[int, int], dict[int, int]]:
    """Return when goods of each product first came in, and when some last went out, by the period's end."""
    first: dict[int, int] = {}
    issued: dict[int, int] = {}
    for one in store.seen(ground.connection, ground.scope._replace(begins=_EVER)):
        product = ground.became(one.product)
        if one.first_arrival is not None:
            first[product] = min(one.first_arrival, first.get(product, one.first_arrival))
        if one.last_issue is not None:
            issued[product] = max(one.last_issue, issued.get(product, one.last_issue))
    return first, issued


def _age_titles() -> list[tuple[str, str]]:
    """Return key and words of each class of age: ``0_30``, ``31_60``, …, ``181_mais``."""
    titles = []
    begin = 0
    for bound in AGE_BOUNDS:
        titles.append((f"{begin}_{bound}", _("{begin}–{end} days").format(begin=begin, end=bound)))
        begin = bound + 1
    return [*titles, (f"{begin}_mais", _("more than {end} days").format(end=AGE_BOUNDS[-1]))]
