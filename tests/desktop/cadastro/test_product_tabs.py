"""All about one product, without a window."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from almoxarife.client.errors import Refused
from almoxarife.client.products import Change, Product
from almoxarife.client.units import Unit
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.merge.presenter import MergePresenter
from almoxarife.desktop.cadastro.picture.presenter import PicturePresenter
from almoxarife.desktop.cadastro.picture.reading import Picture
from almoxarife.desktop.cadastro.product.changes import changes
from almoxarife.desktop.cadastro.product.own_fields import own_fields
from almoxarife.desktop.cadastro.product.pack_units import pack_units
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeLookupView, FakeTimer
from .record_stage import RecordStage

SCREW = Product("p1", "Parafuso 10mm")


@pytest.fixture
def api() -> FakeApi:
    api = FakeApi()
    api.add_products("Parafuso 10mm", "Parafuso 10 mm")
    api.shop_units.append(Unit("CX", "Caixa", 0))
    return api


def tab(api: FakeApi, kind: Callable[[FakeApi, Chosen], RecordKind[Any]]) -> RecordStage:
    return RecordStage(lambda api: kind(api, Chosen(SCREW)), api)


def test_pack_units_are_made_changed_and_removed(api: FakeApi) -> None:
    stage = tab(api, pack_units)
    form = stage.presenter.form
    stage.fill(unidade="CX · Caixa", fator="12")
    form.save()
    assert stage.view.list.rows == [("CX", "12 UN")]
    assert stage.said[-1] == ("Embalagem salva: CX · Caixa.", "success")
    stage.fill(unidade="CX · Caixa", fator="6")
    form.save()
    assert stage.view.form.wrong == {"unidade": "Esta unidade já está na lista: escolha-a lá para alterar."}
    stage.presenter.select(0)
    assert stage.view.form.locked == ["unidade"]
    stage.fill(fator="2,5")
    form.save()
    assert api.factors["p1"] == {"CX": Decimal("2.5")}
    stage.presenter.select(0)
    form.act("remove")
    assert (api.factors["p1"], stage.view.list.rows) == ({}, [])


def test_a_pack_unit_that_cannot_be_is_refused_at_its_field(api: FakeApi) -> None:
    stage = tab(api, pack_units)
    for typed, why in (
        ("", "Digite quantas."),
        ("doze", "Use um número como 2,5 ou 1.234."),
        ("0", "A quantidade precisa ser maior que zero."),
        ("1,23456", "No máximo 4 casas decimais."),
    ):
        stage.fill(unidade="CX · Caixa", fator=typed)
        stage.presenter.form.save()
        assert stage.view.form.wrong == {"fator": why}
    stage.fill(unidade="UN · Unidade", fator="2")
    stage.presenter.form.save()
    assert stage.view.form.wrong == {"unidade": "UN já tem o seu lugar."}
    assert "p1" not in api.factors


def test_a_change_of_what_somebody_else_has_changed_is_refused(api: FakeApi) -> None:
    api.factors["p1"] = {"CX": 12}
    stage = tab(api, pack_units)
    stage.presenter.select(0)
    api.set_units("p1", 1, {"CX": 24})
    stage.fill(fator="6")
    stage.presenter.form.save()
    assert stage.said[-1] == ("Outra pessoa alterou isto.", "danger")
    assert stage.view.list.rows == [("CX", "24 UN")]


def test_own_fields(api: FakeApi) -> None:
    stage = tab(api, own_fields)
    form = stage.presenter.form
    for name, value in (("Marca", "Ciser"), ("Cor", "zinco")):
        stage.fill(campo=name, valor=value)
        form.save()
    assert stage.view.list.rows == [("Marca", "Ciser"), ("Cor", "zinco")]
    stage.fill(campo="MARCA", valor="outra")
    form.save()
    assert stage.view.form.wrong == {"campo": "Este campo já está na lista: escolha-o lá para alterar."}
    stage.presenter.select(0)
    stage.fill(valor="Gerdau")
    form.save()
    stage.presenter.select(1)
    form.act("remove")
    assert api.shop_facts["p1"].fields == {"Marca": "Gerdau"}
    api.trouble_of = {"set_own_fields": Refused("Longo demais.", status=400, field="campos")}
    stage.fill(campo="Peso", valor="x" * 300)
    form.save()
    assert stage.view.form.wrong == {"valor": "Longo demais."}


def test_the_log_tells_each_thing_changed_newest_first(api: FakeApi) -> None:
    when = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    api.shop_changes["p1"] = [
        Change(
            1, when, "ana", "alterado", {"nome": "Parafuso", "ativo": True}, {"nome": "X", "ativo": False}
        ),
        Change(2, when, "rui", "alterado", {"conversoes": {}}, {"conversoes": {"CX": "12", "SC": "2.5"}}),
        Change(3, when, "rui", "foto", {"foto": None}, {"foto": "0123456789abcdef"}),
        Change(4, when, "rui", "recebeu", {}, {"unido": "p2", "novidade": 1}),
    ]
    stage = tab(api, changes)
    told = []
    for row in range(len(stage.view.list.rows)):
        stage.presenter.select(row)
        told.append(tuple(stage.view.form.texts.values()))
    assert told == [
        ("Tomou o lugar de", "–", "p2"),
        ("novidade", "–", "1"),
        ("Foto", "–", "01234567"),
        ("Embalagens", "–", "CX: 12 · SC: 2.5"),
        ("Nome", "Parafuso", "X"),
        ("Em uso", "sim", "não"),
    ]
    assert stage.view.list.rows[0][1:] == ("Tomou o lugar de", "rui")
    assert not stage.view.form.usable


# -- merging and pictures


class FakePanel:
    """Remembers what the tabs that are no list would show."""

    def __init__(self) -> None:
        self.product = FakeLookupView()
        self.question = ""
        self.focused = ""
        self.busy = False
        self.picture: Picture | None = None
        self.remark = ""
        self.error = ""
        self.may_change = False

    def allow_changes(self, allowed: bool) -> None:
        self.may_change = allowed

    def focus_product(self) -> None:
        self.focused = "product"

    def focus_button(self) -> None:
        self.focused = "button"

    def focus_choice(self) -> None:
        self.focused = "choice"

    def ask(self, text: str) -> None:
        self.question = text

    def stop_asking(self) -> None:
        self.question = ""

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def show_picture(self, picture: Picture | None) -> None:
        self.picture = picture

    def show_remark(self, text: str) -> None:
        self.remark = text

    def show_error(self, text: str) -> None:
        self.error = text


class PanelStage:
    def __init__(self, api: FakeApi) -> None:
        self.jobs = FakeJobs()
        self.view = FakePanel()
        self.said: list[tuple[str, MessageKind]] = []
        self.opened: list[Product] = []
        chosen = Chosen(SCREW)
        self.merge = MergePresenter(
            api, chosen, self.jobs, FakeTimer(), self.view, say=self._say, merged=self.opened.append
        )
        self.view.product.on_change = self.merge.picker.type
        self.picture = PicturePresenter(api, chosen, self.jobs, self.view, say=self._say)

    def _say(self, text: str, kind: MessageKind) -> None:
        self.said.append((text, kind))


def test_merging_asks_first(api: FakeApi) -> None:
    stage = PanelStage(api)
    stage.merge.press()
    assert stage.view.product.error == "Escolha o produto que fica."
    stage.merge.picker.pick(Product("p2", "Parafuso 10 mm"))
    stage.merge.press()
    assert stage.view.question == "Unir p1 a p2? Não há volta."
    stage.merge.cancel()
    stage.merge.confirm()
    assert (stage.view.question, api.merged) == ("", [])
    stage.merge.press()
    stage.view.product.set_text("caf")
    stage.merge.confirm()
    assert api.merged == []
    stage.merge.picker.pick(Product("p2", "Parafuso 10 mm"))
    stage.merge.press()
    stage.merge.confirm()
    assert api.merged == [("p1", "p2")]
    assert stage.opened == [Product("p2", "Parafuso 10 mm")]


def test_a_refused_merge_says_why_at_the_field(api: FakeApi) -> None:
    stage = PanelStage(api)
    api.trouble_of = {"merge": Refused("Ainda há 50 UN.", status=409, code="produto_com_estoque")}
    stage.merge.picker.pick(Product("p2", "Parafuso 10 mm"))
    stage.merge.press()
    stage.merge.confirm()
    assert (stage.view.product.error, stage.view.busy, stage.opened) == ("Ainda há 50 UN.", False, [])
    api.go_away()
    api.trouble_of = {}
    stage.merge.press()
    stage.merge.confirm()
    assert stage.said[-1][0].endswith("veja as alterações antes de tentar de novo.")


def test_a_picture_is_kept_shown_small_and_removed(api: FakeApi, tmp_path: Path) -> None:
    stage = PanelStage(api)
    file = tmp_path / "foto.jpg"
    Image.new("RGB", (640, 320), "red").save(file)
    stage.picture.put("")
    stage.picture.put(str(file))
    assert api.shop_pictures["p1"] == file.read_bytes()
    assert stage.view.picture is not None
    assert stage.view.picture.image.size == (320, 160)
    assert stage.view.remark.startswith("640 × 320 pixels")
    stage.picture.reset()
    assert stage.view.picture is None
    stage.picture.start()
    assert stage.view.picture is not None
    stage.picture.remove()
    assert (stage.view.picture, api.shop_pictures) == (None, {})


def test_a_file_that_is_no_picture_is_refused_before_it_is_sent(api: FakeApi, tmp_path: Path) -> None:
    stage = PanelStage(api)
    text, large, gif = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.gif"
    text.write_text("isto não é uma foto")
    large.write_bytes(b"\x89PNG" + bytes(1024 * 1024))
    Image.new("P", (4, 4)).save(gif)
    no_picture = "Isto não é uma foto em PNG, JPEG ou WebP. Escolha outro arquivo."
    for file, why in (
        (text, no_picture),
        (gif, no_picture),
        (large, "A foto tem mais de 1 MiB. Escolha uma menor."),
        (tmp_path / "não há", f"Não foi possível ler o arquivo: {tmp_path / 'não há'}"),
    ):
        stage.picture.put(str(file))
        assert (stage.view.error, stage.view.busy) == (why, False)
    assert api.shop_pictures == {}


def test_a_damaged_picture_of_the_server_and_a_refusal_are_said(api: FakeApi, tmp_path: Path) -> None:
    stage = PanelStage(api)
    kept = io.BytesIO()
    Image.effect_noise((64, 64), 80).save(kept, "PNG")
    api.shop_pictures["p1"] = kept.getvalue()[:200]
    stage.picture.start()
    assert stage.view.error.startswith("Isto não é uma foto")
    file = tmp_path / "foto.png"
    file.write_bytes(kept.getvalue())
    api.trouble_of = {"put_picture": Refused("A requisição é grande demais.", status=413)}
    stage.picture.put(str(file))
    assert stage.view.error == "A requisição é grande demais."
