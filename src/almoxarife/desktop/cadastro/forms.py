"""The forms of the pages that register movements."""

from __future__ import annotations

from collections.abc import Mapping

from almoxarife.desktop.cadastro.adjustment.form import FORM as ADJUSTMENT
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.pages import PageName
from almoxarife.desktop.cadastro.transfer.form import FORM as TRANSFER

FORMS: Mapping[PageName, MovementForm] = {
    "entry": ENTRY,
    "issue": ISSUE,
    "transfer": TRANSFER,
    "adjustment": ADJUSTMENT,
}
