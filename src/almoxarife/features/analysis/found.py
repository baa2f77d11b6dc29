"""What an analysis has found."""

from __future__ import annotations

from typing import NamedTuple

from almoxarife.features.analysis.rules.asked import AnalysisName, Period
from almoxarife.sheets.picture import Chart
from almoxarife.sheets.table import Table


class Found(NamedTuple):
    """The table of an analysis, its picture, and whether rows beyond the bound were left out."""

    name: AnalysisName
    period: Period
    table: Table
    chart: Chart
    more: bool
