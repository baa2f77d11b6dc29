"""What a shop keeps beside its movements, in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from almoxarife.client.audit import Act
from almoxarife.client.balances import Balance, Wanted
from almoxarife.client.categories import Category
from almoxarife.client.errors import Refused
from almoxarife.client.lots import StockLot
from almoxarife.client.partners import Partner
from almoxarife.client.places import Place
from almoxarife.client.products import ProductFacts
from almoxarife.client.reasons import Reason
from almoxarife.client.reports import Amount, Card, Explanation
from almoxarife.client.sessions import OpenSession
from almoxarife.client.settings import Shop
from almoxarife.client.units import Unit
from almoxarife.client.users import User
from almoxarife.desktop.cadastro.administration_api import PAGE
from almoxarife.desktop.cadastro.lots.steps import Step
from almoxarife.desktop.cadastro.stock_card.wanted import WantedCard
from almoxarife.names import search_form

from .fake_catalogue import MADE, FakeCatalogue

ZERO = Amount(0, 0, 0)


def partner(partner_id: str, name: str, kind: str = "ambos", document: str | None = None) -> Partner:
    """Return a partner of whom nothing else is known."""
    return Partner(partner_id, kind, name, document, "", "", "", True, MADE, 1)


class FakeShop(FakeCatalogue):
    """Answers from lists; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        super().__init__(answer)
        self.shop_places = [Place("l2", "Estoque", "Estoque", default=True)]
        self.shop_reasons: list[Reason] = []
        self.shop_lots: dict[str, list[StockLot]] = {}
        # By the id of a lot, the oldest first.
        self.lot_histories: dict[str, list[Step]] = {}
        self.shop_partners: list[Partner] = []
        self.shop_categories: list[Category] = []
        self.shop_units = [Unit("KG", "Quilograma", 3), Unit("UN", "Unidade", 0)]
        self.shop_users: list[User] = []
        self.shop_sessions: list[OpenSession] = []
        self.settings = Shop("", "medio", False)
        self.last_closed_day: date | None = None
        # The newest first.
        self.shop_acts: list[Act] = []
        self.shop_balances: list[Balance] = []
        self.shop_cards: dict[str, Card] = {}
        self.why = Explanation("", ZERO, ZERO, [], [])
        # What was asked to be kept, in order.
        self.kept: list[tuple[object, ...]] = []
        self.asked: list[object] = []

    # -- products

    def search_facts(self, text: str, limit: int) -> list[ProductFacts]:
        self._answer("search_facts")
        words = search_form(text).split()
        found = [
            one
            for one in self.products
            if text == one.id or all(word in search_form(one.name) for word in words)
        ]
        return [self.facts_of(product.id) for product in found][:limit]

    def change_product(self, product: ProductFacts, values: dict[str, object]) -> None:
        self._keep("change_product", product.id, values)

    def set_product_active(self, product: ProductFacts, active: bool) -> None:
        self._keep("set_product_active", product.id, active)
        self.shop_facts[product.id] = replace(self.facts_of(product.id), active=active)

    # -- what movements name

    def places(self) -> list[Place]:
        self._answer("places")
        return [place for place in self.shop_places if place.active]

    def reasons(self) -> list[Reason]:
        self._answer("reasons")
        return [reason for reason in self.shop_reasons if reason.active]

    def lots(self, product_id: str) -> list[StockLot]:
        self._answer("lots")
        return self.shop_lots.get(product_id, [])

    def every_lot(self, product_id: str) -> list[StockLot]:
        self._answer("every_lot")
        return self.shop_lots.get(product_id, [])[::-1]

    def lot_history(self, lot_id: str, after: int, limit: int) -> list[Step]:
        self._answer("lot_history")
        return [one for one in self.lot_histories.get(lot_id, []) if one.movement.sequence > after][:limit]

    def partners(self, text: str, limit: int) -> list[Partner]:
        self._answer("partners")
        return [one for one in self.shop_partners if search_form(text) in search_form(one.name)][:limit]

    # -- records

    def every_place(self) -> list[Place]:
        self._answer("every_place")
        return self.shop_places

    def create_place(self, name: str, parent_id: str) -> None:
        self._keep("create_place", name, parent_id)
        if any(place.name == name for place in self.shop_places):
            raise Refused(
                f"Já existe um local “{name}” aqui.", status=409, code="local_existente", field="nome"
            )
        path = next((f"{one.path} / {name}" for one in self.shop_places if one.id == parent_id), name)
        self.shop_places.append(Place(f"l{len(self.shop_places) + 5}", name, path, parent_id))

    def change_place(self, place: Place, name: str, parent_id: str) -> None:
        self._keep("change_place", place.id, name, parent_id)

    def set_place_active(self, place: Place, active: bool) -> None:
        self._keep("set_place_active", place.id, active)
        self.shop_places = [replace(one, active=active) if one == place else one for one in self.shop_places]

    def every_partner(self, text: str) -> list[Partner]:
        self._answer("every_partner")
        return [one for one in self.shop_partners if search_form(text) in search_form(one.name)]

    def create_partner(self, values: dict[str, object]) -> None:
        self._keep("create_partner", values)

    def categories(self) -> list[Category]:
        self._answer("categories")
        return self.shop_categories

    def units(self) -> list[Unit]:
        self._answer("units")
        return self.shop_units

    def create_unit(self, code: str, name: str, decimals: int) -> None:
        self._keep("create_unit", code, name, decimals)

    def every_reason(self) -> list[Reason]:
        self._answer("every_reason")
        return self.shop_reasons

    # -- users

    def add_user(self, username: str, role: str, status: str = "ativa") -> None:
        self.shop_users.append(User(username, role, status, MADE))

    def users(self) -> list[User]:
        self._answer("users")
        return self.shop_users

    def own_sessions(self) -> list[OpenSession]:
        self._answer("own_sessions")
        return self.shop_sessions

    def all_sessions(self) -> list[OpenSession]:
        self._answer("all_sessions")
        return self.shop_sessions

    def end_own_session(self, session: OpenSession) -> None:
        self._keep("end_own_session", session.id)

    def end_session_of(self, session: OpenSession) -> None:
        self._keep("end_session_of", session.username, session.id)

    def approve(self, username: str) -> User:
        self._keep("approve", username)
        return self.shop_users[0]

    def set_role(self, username: str, role: str) -> User:
        self._keep("set_role", username, role)
        return self.shop_users[0]

    # -- administration

    def shop(self) -> Shop:
        self._answer("shop")
        return self.settings

    def change_shop(self, values: dict[str, object]) -> Shop:
        self._keep("change_shop", values)
        keys = {
            "loja": "name",
            "metodo_custo": "cost_method",
            "permite_negativo": "allows_negative",
            "mascara_balanca": "scale_masks",
            "dias_aviso_validade": "expiry_warning_days",
        }
        self.settings = replace(self.settings, **{keys[key]: value for key, value in values.items()})  # type: ignore[arg-type]
        return self.settings

    def closed_until(self) -> date | None:
        self._answer("closed_until")
        return self.last_closed_day

    def close_period(self, last_day: date) -> date | None:
        self._keep("close_period", last_day)
        self.last_closed_day = last_day
        return last_day

    def reopen_period(self, since: date | None, reason: str) -> date | None:
        self._keep("reopen_period", since, reason)
        self.last_closed_day = since - timedelta(days=1) if since else None
        return self.last_closed_day

    def acts(self, before: int | None, username: str, action: str) -> list[Act]:
        self._answer("acts")
        self.asked.append((before, username, action))
        return [
            act
            for act in self.shop_acts
            if (before is None or act.sequence < before)
            and username in ("", act.username)
            and action in ("", act.action)
        ][:PAGE]

    # -- stock

    def balances(self, text: str, wanted: Wanted) -> list[Balance]:
        self._answer("balances")
        self.asked.append(wanted)
        return [
            one
            for one in self.shop_balances
            if search_form(text) in search_form(f"{one.product_id} {one.product_name}")
        ]

    def balance(self, product_id: str, wanted: Wanted) -> Balance:
        self._answer("balance")
        nothing = Balance(product_id, self.facts_of(product_id).name, 0)
        return next((one for one in self.shop_balances if one.product_id == product_id), nothing)

    def place_names(self) -> dict[str, str]:
        self._answer("place_names")
        return {place.id: place.path for place in self.shop_places}

    def stock_card(self, wanted: WantedCard) -> Card:
        self._answer("stock_card")
        self.asked.append(wanted)
        return self.shop_cards.get(
            wanted.product_id, Card(wanted.product_id, "", "medio", ZERO, ZERO, [], False)
        )

    def explanation(self, wanted: WantedCard) -> Explanation:
        self._answer("explanation")
        return self.why

    def _keep(self, *what: object) -> None:
        self._answer(str(what[0]))
        self.kept.append(what)
