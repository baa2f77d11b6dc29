"""Places, as the register program keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almoxarife.client.places import SEPARATOR, Place
from almoxarife.desktop.cadastro.labels.lines import of_place
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, switches
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

INDENT = "    "


def places(api: ShopApi) -> RecordKind[Place]:
    """Return how places are listed and kept."""

    def fetch(text: str) -> list[Place]:
        return [place for place in api.every_place() if matches(text, place.path, place.id)]

    def parents() -> Sequence[Choice]:
        found = (Choice(place.path, place.id) for place in api.every_place() if place.active)
        return [Choice(_("(in no other)"), ""), *found]

    def create(values: Mapping[str, str]) -> None:
        api.create_place(values["nome"], values["dentro_de"])

    def change(place: Place, values: Mapping[str, str]) -> None:
        api.change_place(place, values["nome"], values["dentro_de"])

    return RecordKind(
        words=RecordWords(
            title=N_("Places"),
            new=N_("New place"),
            empty=N_("No places yet. Create the first one at the right."),
            saved=N_("Place saved: {name}."),
        ),
        columns=[Column(_("Code"), "l99999"), Column(_("Place"), "m" * 11, stretch=True)],
        row=_row,
        name=lambda place: place.name,
        is_active=lambda place: place.active,
        fields=[
            RecordField("nome", N_("Name"), missing=N_("Type the name.")),
            RecordField("dentro_de", N_("Inside"), "choice", choices=parents),
        ],
        fetch=fetch,
        values=lambda place: {"nome": place.name, "dentro_de": place.parent_id},
        create=create,
        change=change,
        actions=switches(lambda place: place.active, api.set_place_active),
        label=of_place,
        finds=lambda reading: reading.place_id,
    )


def _row(place: Place) -> tuple[str, str]:
    depth = place.path.count(SEPARATOR)
    usual = f"  ({_('usual place')})" if place.default else ""
    return (place.id, f"{INDENT * depth}{place.name}{usual}")
