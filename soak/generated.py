"""Requests generated from our own documents: each alone, and in walks that follow what earlier answers said."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database
from tests.databases import migrated_sqlite
from tests.server.in_process import Caller, open_app
from tests.server.stock import furnish

# Lists grow with what is made, and each answer is checked to the last row: so many requests, then a new shop.
REQUESTS_A_SHOP = 2_000
# Of these, so many are part of a walk.
WALKED_SHARE = 0.4
STEPS_A_WALK = 12
_EXAMPLES_AT_ONCE = 8
_ADMINISTRATOR, _CLERK = "administrador do soak", "operador do soak"
# What a schema cannot say is refused all the same; who may call is answered with 401 and 403, as drawn by lot.
_NOT_ASKED = [positive_data_acceptance, ignored_auth]

_LEDGER = """
    SELECT sequence, hash, (SELECT count(*) FROM movement), (SELECT sum(quantity * quantity) FROM balance)
    FROM ledger_head
"""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Is handed the app and a caller with rights, and gives back what is asked in the app's place.
Spoil = Callable[[Flask, Caller], Wsgi]


class Asking:
    """A shop that is asked; ``problems`` has what was wrong, in words, and ``sent`` how many requests there were."""

    def __init__(self, folder: Path, dice: random.Random, spoil: Spoil | None = None) -> None:
        folder.mkdir(parents=True)
        self.problems: list[str] = []
        self.sent = self.taken = 0
        self._path = folder / "almoxarife.db"
        self._dice = dice
        self._spoil = spoil
        migrated_sqlite(self._path)

    def run(self, requests: int) -> None:
        """Send at least so many requests, and verify the database in the end."""
        with open_app(self._path.parent) as app:
            self._prepare(app)
            schema = schemathesis.openapi.from_wsgi("/openapi.json", self._asked)
            # Unknown parameters are harmless by contract, and tokens are given by us.
            schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)
            # Refused before what the documents forbid is looked at: by size, version, rights, and pace.
            rejection = schema.config.checks.negative_data_rejection
            rejection.expected_statuses += ["412", "413", "429"]
            with closing(sqlite3.connect(self._path)) as self._reader:
                self._before = self._ledger()
                self._walk(schema, round(requests * WALKED_SHARE))
                self._ask_alone(schema, requests)
        with closing(Database(f"sqlite:///{self._path.as_posix()}")) as database:
            self.problems += [f"verificar: {finding}" for finding in verify_everything(database).findings]

    def _prepare(self, app: Flask) -> None:
        self._administrator, self._clerk = (Caller(app, address=f"127.1.0.{n}") for n in (1, 2))
        for caller, name in ((self._administrator, _ADMINISTRATOR), (self._clerk, _CLERK)):
            assert caller.register(name).status == 201
            assert caller.log_in(name).status == 200
        furnish(self._administrator)
        asked: Wsgi = self._spoil(app, self._administrator) if self._spoil else app
        self._addresses = 0

        def from_anywhere(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            # Many wrong passwords from one address would be slowed down, and no more than that be seen.
            self._addresses += 1
            environ["REMOTE_ADDR"] = f"10.{self._addresses >> 16 & 255}.{self._addresses >> 8 & 255}.1"
            return asked(environ, start)

        self._asked = from_anywhere

    def _ask_alone(self, schema: Any, requests: int) -> None:
        """Ask each operation by itself, with what the documents allow and with what they forbid."""
        pairs = [(found.ok(), mode) for found in schema.get_all_operations() for mode in GenerationMode]
        while self.sent < requests and pairs:
            self._dice.shuffle(pairs)
            for operation, mode in list(pairs):
                before = self.sent
                self._ask_operation(operation, mode)
                if self.sent == before:
                    pairs.remove((operation, mode))
                if self.sent >= requests:
                    return

    def _ask_operation(self, operation: Any, mode: GenerationMode) -> None:
        @seed(self._dice.randrange(2**32))
        @_settings(_EXAMPLES_AT_ONCE)
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case[Any]) -> None:
            answer = case.call(headers=self._rights())
            self._judge(case, answer)

        # What takes no more than an address cannot be asked anything that the documents forbid.
        with contextlib.suppress(Unsatisfiable):
            ask()

    def _walk(self, schema: Any, requests: int) -> None:
        """Let ids of answers be asked for in later requests."""
        asking = self

        class Walk(schema.as_state_machine()):  # type: ignore[misc]
            def get_call_kwargs(self, case: schemathesis.Case[Any]) -> dict[str, Any]:  # noqa: ARG002
                return {"headers": asking._rights()}

            def validate_response(
                self, response: Any, case: schemathesis.Case[Any], *_checks: Any, **_more: Any
            ) -> None:
                asking._judge(case, response)

        while self.sent < requests:
            # The first of each series is the simplest one there is.
            walks = 1 + max(1, min(_EXAMPLES_AT_ONCE, (requests - self.sent) // STEPS_A_WALK))
            seed(self._dice.randrange(2**32))(Walk)
            run_state_machine_as_test(Walk, settings=_settings(walks))

    def _rights(self) -> dict[str, str]:
        """Return the headers of a caller: the administrator mostly, a clerk, somebody unknown, nobody."""
        drawn = self._dice.random()
        if drawn < 0.04:
            return {}
        if drawn < 0.08:
            return {"Authorization": "Bearer " + "x" * self._dice.randrange(80)}
        caller, name = (self._clerk, _CLERK) if drawn < 0.16 else (self._administrator, _ADMINISTRATOR)
        # Who was logged out, as POST /sair does, or was told to be, comes in again.
        if caller.get("/sessoes").status == 401:
            answer = caller.log_in(name)
            if answer.status == 403 and answer.json()["codigo"] == "conta_desativada":
                # A request that was taken may have been that very one.
                self._administrator.post("/usuarios/reativar", {"usuario": name})
                answer = caller.log_in(name)
            if answer.status != 200:
                self.problems.append(f"{name} was shut out: {answer.status} {answer.body!r}")
        return {"Authorization": f"Bearer {caller.token}"}

    def _judge(self, case: schemathesis.Case[Any], answer: Any) -> None:
        """Take note of what is wrong with an answer, and with the ledger after it."""
        self.sent += 1
        what = f"{case.operation.label} {answer.status_code}"
        try:
            case.validate_response(answer, excluded_checks=_NOT_ASKED)
        except (Failure, FailureGroup) as failure:
            each = failure.exceptions if isinstance(failure, FailureGroup) else [failure]
            self.problems += [f"{what}: {one.title}: {one.message}\n{case.as_curl_command()}" for one in each]
        after = self._ledger()
        if answer.status_code < HTTPStatus.BAD_REQUEST:
            self.taken += 1
        elif after != self._before:
            self.problems.append(f"{what}: refused, and the ledger is another\n{case.as_curl_command()}")
        self._before = after

    def _ledger(self) -> tuple[object, ...]:
        return tuple(self._reader.execute(_LEDGER).fetchone())


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS_A_WALK,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
