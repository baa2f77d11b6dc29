"""The form for what was lost, or counted otherwise."""

from __future__ import annotations

from dataclasses import replace

from almoxarife.desktop.cadastro.movement.form import (
    DATE,
    DOCUMENT,
    KIND,
    LOT_OUT,
    NOTE,
    PLACE,
    SERIAL,
    UNIT,
    Detail,
    MovementForm,
)
from almoxarife.desktop.kit.kinds import ADJUSTMENT, LOSS
from almoxarife.i18n import N_

FORM = MovementForm(
    title=N_("Register adjustment or loss"),
    action=N_("&Register adjustment"),
    busy=N_("Registering…"),
    last=N_("Your last adjustments"),
    empty=N_("No adjustments yet. A quantity such as -3 takes out, 3 puts in; a loss always takes out."),
    kinds=(ADJUSTMENT, LOSS),
    details=(
        replace(KIND, asked="always"),
        Detail(
            "reason",
            N_("Reason"),
            "motivo_id",
            asked="always",
            kind="choice",
            choices="reasons",
            blank="",
            missing=N_("Choose the reason. More reasons are made under Records."),
        ),
        replace(NOTE, asked="always"),
        UNIT,
        LOT_OUT,
        SERIAL,
        PLACE,
        DOCUMENT,
        DATE,
    ),
    signed=True,
)
