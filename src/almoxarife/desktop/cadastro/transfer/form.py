"""The form for what is moved from one place to another."""

from __future__ import annotations

from almoxarife.desktop.cadastro.movement.form import (
    DATE,
    DOCUMENT,
    LOT_OUT,
    NOTE,
    SERIAL,
    UNIT,
    Detail,
    MovementForm,
)
from almoxarife.desktop.kit.kinds import TRANSFER
from almoxarife.i18n import N_

FORM = MovementForm(
    title=N_("Register transfer"),
    action=N_("&Register transfer"),
    busy=N_("Registering…"),
    last=N_("Your last transfers"),
    empty=N_("No transfers yet. Choose product, quantity and where it goes, and press Enter."),
    kinds=(TRANSFER,),
    details=(
        Detail(
            "place",
            N_("From"),
            "local_id",
            asked="always",
            kind="choice",
            choices="places",
            blank=N_("usual place"),
        ),
        Detail(
            "target",
            N_("To"),
            "para_local_id",
            asked="always",
            kind="choice",
            choices="places",
            blank="",
            missing=N_("Choose the place that it goes to. More places are made under Records."),
        ),
        UNIT,
        LOT_OUT,
        SERIAL,
        DOCUMENT,
        DATE,
        NOTE,
    ),
)
