"""The form for what comes in."""

from __future__ import annotations

from almoxarife.desktop.cadastro.movement.form import (
    DATE,
    DOCUMENT,
    KIND,
    NOTE,
    PARTNER_SUPPLIER,
    PLACE,
    RETURNED,
    SERIAL,
    UNIT,
    Detail,
    MovementForm,
)
from almoxarife.desktop.kit.kinds import CUSTOMER_RETURN, ENTRY
from almoxarife.i18n import N_

FORM = MovementForm(
    title=N_("Register entry"),
    action=N_("&Register entry"),
    busy=N_("Registering…"),
    last=N_("Your last entries"),
    empty=N_("No entries yet. Fill in product and quantity above and press Enter."),
    kinds=(ENTRY, CUSTOMER_RETURN),
    details=(
        UNIT,
        Detail("lot", N_("Lot"), "lote.numero", asked="lot", missing=N_("Type the number of the lot.")),
        Detail("expires", N_("Expires on"), "lote.validade", asked="lot", kind="date"),
        Detail("made", N_("Made on"), "lote.fabricacao", asked="lot", kind="date"),
        SERIAL,
        KIND,
        RETURNED,
        PLACE,
        PARTNER_SUPPLIER,
        Detail("cost", N_("Unit cost (R$)"), "custo_unitario", kind="money"),
        Detail("freight", N_("Freight (R$)"), "frete", kind="money"),
        Detail("tax", N_("Tax (R$)"), "imposto", kind="money"),
        Detail("discount", N_("Discount (R$)"), "desconto", kind="money"),
        DOCUMENT,
        DATE,
        NOTE,
    ),
)
