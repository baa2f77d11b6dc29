"""The form for what goes out."""

from __future__ import annotations

from almoxarife.desktop.cadastro.movement.form import (
    DATE,
    DOCUMENT,
    KIND,
    LOT_OUT,
    NOTE,
    PARTNER_CUSTOMER,
    PLACE,
    RETURNED_TO_SUPPLIER,
    SERIAL,
    UNIT,
    Detail,
    MovementForm,
)
from almoxarife.desktop.kit.kinds import ISSUE, SUPPLIER_RETURN
from almoxarife.i18n import N_

FORM = MovementForm(
    title=N_("Register issue"),
    action=N_("&Register issue"),
    busy=N_("Registering…"),
    last=N_("Your last issues"),
    empty=N_("No issues yet. Fill in product and quantity above and press Enter."),
    kinds=(ISSUE, SUPPLIER_RETURN),
    details=(
        UNIT,
        LOT_OUT,
        SERIAL,
        KIND,
        RETURNED_TO_SUPPLIER,
        PLACE,
        PARTNER_CUSTOMER,
        Detail("reason", N_("Reason"), "motivo_id", kind="choice", choices="reasons", blank=""),
        DOCUMENT,
        DATE,
        NOTE,
    ),
)
