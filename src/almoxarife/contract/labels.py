"""Messages about labels: sheets of the trade, and what is printed on them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.contract.types import MAX_SEQUENCE, Exact
from almoxarife.i18n import _

# So many labels in one request, and so many different things on them.
MOST_LABELS = 5_000
Symbol: TypeAlias = Literal["automatico", "ean13", "code128", "qr"]
SYMBOLS: tuple[Symbol, ...] = ("automatico", "ean13", "code128", "qr")


class SheetRow(Message):
    """A format of sheets or rolls; lengths in mm."""

    id: str
    name: str = Field(alias="nome")
    roll: bool = Field(alias="rolo", description=_("One row of labels a page, on a thermal printer."))
    page_width: float = Field(alias="pagina_largura")
    page_height: float = Field(alias="pagina_altura")
    columns: int = Field(alias="colunas")
    rows: int = Field(alias="linhas")
    width: float = Field(alias="largura")
    height: float = Field(alias="altura")
    left: float = Field(alias="esquerda", description=_("From the page's left edge to the first label's."))
    top: float = Field(alias="topo", description=_("From the page's upper edge to the first label's."))
    pitch_x: float = Field(alias="passo_x", description=_("From one label's left edge to the next one's."))
    pitch_y: float = Field(alias="passo_y", description=_("From one label's upper edge to the next one's."))
    dpi: int = Field(description=_("Dots per inch of the printer; bars are whole dots wide."))


class OwnSheet(Message):
    """A format that is not among those of the trade; lengths in mm."""

    page_width: Exact = Field(alias="pagina_largura")
    page_height: Exact = Field(alias="pagina_altura")
    columns: int = Field(1, alias="colunas")
    rows: int = Field(1, alias="linhas")
    width: Exact = Field(alias="largura")
    height: Exact = Field(alias="altura")
    left: Exact | None = Field(None, alias="esquerda", description=_("0 if absent."))
    top: Exact | None = Field(None, alias="topo", description=_("0 if absent."))
    pitch_x: Exact | None = Field(None, alias="passo_x", description=_("The label's width if absent."))
    pitch_y: Exact | None = Field(None, alias="passo_y", description=_("The label's height if absent."))
    dpi: int = 300


class LabelItem(Message):
    """What is on some labels: exactly one of product, place, lot and movement."""

    product_id: str | None = Field(None, alias="produto_id", examples=["p1"])
    place_id: str | None = Field(None, alias="local_id")
    lot_id: str | None = Field(None, alias="lote_id")
    movement: Annotated[int, Field(ge=1, le=MAX_SEQUENCE)] | None = Field(
        None,
        alias="movimento",
        description=_("“sequencia” of a movement: as many labels as units, of its product or lot."),
    )
    copies: Annotated[int, Field(ge=1, le=MOST_LABELS)] | None = Field(
        None, alias="copias", description=_("1 if absent; of a movement as many as units.")
    )
    code: str | None = Field(
        None, alias="codigo", description=_("What the bars say; if absent what a scan finds it by.")
    )
    price: Exact | None = Field(
        None, alias="preco", description=_("If absent, what the product's own field “Preço” says.")
    )


class LabelsRequest(Message):
    """Body of ``POST /etiquetas``."""

    sheet_id: str | None = Field(
        None, alias="formato", max_length=40, description=_("Id of a format, or “medidas” in its place.")
    )
    own_sheet: OwnSheet | None = Field(None, alias="medidas")
    items: list[LabelItem] = Field(alias="itens", min_length=1, max_length=MOST_LABELS)
    symbol: Symbol = Field(
        "automatico",
        alias="simbolo",
        description=_("“automatico”: EAN where the code is a GTIN, else Code 128."),
    )
    first: int = Field(1, alias="posicao", description=_("Where on the first sheet the first label goes."))
    shift_x: Exact | None = Field(
        None, alias="desloca_x", description=_("Move everything to the right by so many mm.")
    )
    shift_y: Exact | None = Field(
        None, alias="desloca_y", description=_("Move everything down by so many mm.")
    )
    shows_price: bool = Field(True, alias="mostra_preco")
    shows_shop: bool = Field(True, alias="mostra_loja")
