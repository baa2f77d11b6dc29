"""Messages that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pydantic import BaseModel, Field

from almoxarife import contract
from almoxarife.contract.base import Message, Query

_THREADS = 8


class Inner(Message):
    number: int = Field(alias="numero", ge=1)


class Outer(Message):
    inner: list[Inner] = Field(alias="dentro")


def test_every_message_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(contract.__path__, f"{contract.__name__}."):
        importlib.import_module(module.name)
    kinds = [kind for base in (Message, Query) for kind in _kinds(base)]
    messages = [kind for kind in kinds if kind.__module__.startswith(contract.__name__)]
    assert len(messages) > 100
    for message in messages:
        message.model_rebuild()
        assert message.__pydantic_complete__, message


def test_threads_that_use_one_first_do_not_get_in_each_others_way() -> None:
    assert not Outer.__pydantic_complete__
    together = Barrier(_THREADS)

    def use(number: int) -> int:
        together.wait()
        return Outer.model_validate_json(f'{{"dentro": [{{"numero": {number}}}]}}').inner[0].number

    with ThreadPoolExecutor(_THREADS) as threads:
        assert list(threads.map(use, range(1, _THREADS + 1))) == list(range(1, _THREADS + 1))


def _kinds(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
