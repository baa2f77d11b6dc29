"""Levels of products, in memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from almoxarife.client.errors import Refused
from almoxarife.client.levels import Level, LevelWish

CONTRADICTION = "“Mínimo” é maior que “Alvo”: nenhum estoque estaria certo."


class FakeLevels:
    """Answers from a list; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer_levels = answer
        self.shop_levels: list[Level] = []

    def levels_of(self, product_id: str) -> list[Level]:
        self._answer_levels("levels_of")
        return [one for one in self.shop_levels if one.product_id == product_id]

    def set_levels(self, wish: LevelWish) -> None:
        self._answer_levels("set_levels")
        said = [(n, key) for n, key in ((wish.target, "alvo"), (wish.maximum, "maximo")) if n is not None]
        for (lower, _key), (higher, key) in pairwise([(wish.minimum or 0, "minimo"), *said]):
            if higher < lower:
                raise Refused(CONTRADICTION, status=400, code="niveis_contraditorios", field=key)
        self._forget(wish.product_id, wish.place_id)
        self.shop_levels.append(
            Level(
                f"n{len(self.shop_levels) + 1}",
                wish.product_id,
                "",
                "UN",
                wish.place_id,
                "",
                wish.minimum or 0,
                wish.target,
                wish.maximum,
            )
        )

    def remove_levels(self, product_id: str, place_id: str) -> None:
        self._answer_levels("remove_levels")
        self._forget(product_id, place_id)

    def _forget(self, product_id: str, place_id: str) -> None:
        self.shop_levels = [
            one for one in self.shop_levels if (one.product_id, one.place_id) != (product_id, place_id)
        ]
