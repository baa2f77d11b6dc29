"""Codes of products, in memory."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from almoxarife.client.codes import Code, Line, NewCode, Reading, ReadLine
from almoxarife.client.errors import Refused
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.api import Api

from .fake_dates import MADE


def reading(*products: Product) -> Reading:
    """Return what a code of a product stands for, or one of several as a kit."""
    lines = tuple(ReadLine(product, 1, "UN", 1, "nenhum") for product in products)
    return Reading("proprio", "7891", "code-1", lines)


def label_of_place(id: str, name: str) -> Reading:
    """Return what the label of a place stands for."""
    return Reading("local", id, None, (), place_id=id, place_name=name)


class FakeCodes(Api):
    """What each scan stands for; what is not here nobody knows."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer = answer
        self.products: list[Product] = []
        self.readings: dict[str, Reading] = {}
        # By what is scanned and whose goods it is among.
        self.readings_of: dict[tuple[str, str], Reading] = {}
        # The code of a refusal and its sentence, by what is scanned.
        self.bad_scans: dict[str, tuple[str, str]] = {}
        self.shop_codes: dict[str, list[Code]] = {}
        self.attached: list[tuple[str, NewCode]] = []

    def read_scan(self, text: str, supplier_id: str = "") -> Reading:
        self._answer("read_scan")
        if (text, supplier_id) in self.readings_of:
            return self.readings_of[text, supplier_id]
        if text in self.bad_scans:
            code, sentence = self.bad_scans[text]
            raise Refused(sentence, status=400, code=code, field="texto")
        if text not in self.readings and any(product.id == text for product in self.products):
            product = next(product for product in self.products if product.id == text)
            return Reading("produto", text, None, (ReadLine(product, 1, "UN", 1, "nenhum"),))
        if text not in self.readings:
            raise Refused(
                f"Ninguém tem o código {text}.",
                status=404,
                code="codigo_desconhecido",
                field="texto",
                understood={"codigo": text, "tipo": "gtin" if len(text) == 13 else "proprio"},
            )
        return self.readings[text]

    def codes_of(self, product_id: str) -> list[Code]:
        self._answer("codes_of")
        return self.shop_codes.get(product_id, [])

    def attach_code(self, product_id: str, new: NewCode) -> Code:
        self._answer("attach_code")
        product = next(product for product in self.products if product.id == product_id)
        if new.text in self.readings:
            other = self.readings[new.text].lines[0].product.name
            raise Refused(
                f"O código {new.text} já é de {other}.", status=409, code="codigo_em_uso", field="codigo"
            )
        self.attached.append((product_id, new))
        self.add_code(new.text, product)
        line = Line(product_id, product.name, new.quantity, new.unit or "UN")
        code = Code(new.id, new.text, new.kind or "proprio", None, None, (line,), MADE, True)
        self.shop_codes.setdefault(product_id, []).append(code)
        return code

    def retire_code(self, code_id: str) -> None:
        self._answer("retire_code")
        for codes in self.shop_codes.values():
            codes[:] = [code for code in codes if code.id != code_id]

    def add_code(
        self,
        text: str,
        product: Product,
        quantity: Decimal | int | None = 1,
        unit: str = "UN",
        factor: Decimal | int = 1,
        tracking: str = "nenhum",
    ) -> None:
        """Let a scan stand for so much of a product."""
        line = ReadLine(product, quantity, unit, factor, tracking)
        self.readings[text] = Reading("gtin", text, None, (line,))

    def add_place_label(self, place: Place) -> None:
        """Let a scan stand for a place."""
        label = Reading("local", place.id, None, (), place_id=place.id, place_name=place.name)
        self.readings[place.id] = label
