"""Registration, log-in, approval, passwords: as another machine or this one sees them, and how guesses are slowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from almoxarife.features.accounts.throttle import Throttle

from .in_process import Caller, open_app

Open = Callable[..., Flask]
Clock = Callable[[float], None]
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"
GOOD_PASSWORD = "chave de fenda 8"


@pytest.fixture
def open_with(tmp_path: Path, database_url: str) -> Iterator[Open]:
    """Open the app with some settings, over the test's database; again and again if need be."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(open_app(tmp_path, database_url, **settings))


@pytest.fixture
def time_passes(caller: Caller) -> Clock:
    """Let as many seconds pass, for the counting of attempts, as are said."""
    now = [1_000.0]

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    provided = caller.app.extensions["almoxarife_services"]
    provided[Throttle] = Throttle(lambda: now[0])
    return pass_by


def code(answer: object) -> tuple[int, str]:
    return answer.status, answer.json().get("codigo", "")  # type: ignore[attr-defined]


def test_the_first_account_is_the_administrator_and_the_others_are_operators(app: Flask) -> None:
    roles = []
    for name in ("maria", "joão", "ana"):
        caller = Caller(app)
        caller.register(name)
        roles.append(caller.log_in(name).json()["papel"])
    assert roles == ["administrador", "operador", "operador"]


def test_a_name_in_another_spelling_logs_in(app: Flask) -> None:
    caller = Caller(app)
    assert caller.register("José").status == 201
    for name in ("jose\u0301", "JOSÉ", " josé "):
        answer = caller.log_in(name)
        assert (answer.status, answer.json()["usuario"]) == (200, "José")
    assert caller.log_in("jose").status == 401


def test_a_password_is_taken_to_the_letter(app: Flask) -> None:
    caller = Caller(app)
    caller.register("maria", " Ação 1 ")
    assert caller.log_in("maria", " Ação 1 ").status == 200
    for other in (" ação 1 ", "Ação 1", " Ac\u0327a\u0303o 1 ", " Ação 1  "):
        assert code(caller.log_in("maria", other)) == (401, "credenciais_invalidas")


def test_closed_registration_lets_only_the_first_in(open_with: Open) -> None:
    caller = Caller(open_with(registration="fechado"))
    assert caller.register("admin").status == 201
    assert code(caller.register("maria")) == (403, "registro_fechado")
    assert caller.log_in("admin").status == 200
    assert [row["usuario"] for row in caller.get("/contas").json()] == ["admin"]


def test_an_account_waits_for_its_approval(open_with: Open) -> None:
    app = open_with(registration="aprovacao")
    administrator, maria = Caller(app), Caller(app)
    administrator.register("admin")
    administrator.log_in("admin")
    assert "administrador" in maria.register("Maria").json()["mensagem"]
    assert code(maria.log_in("maria")) == (403, "conta_pendente")
    # Whoever does not know the password does not learn that the account waits.
    assert code(maria.log_in("maria", "errada")) == (401, "credenciais_invalidas")
    assert [row["situacao"] for row in administrator.get("/contas").json()] == ["ativa", "pendente"]

    approved = administrator.post("/contas/aprovar", {"usuario": "MARIA"})

    assert (approved.json()["usuario"], approved.json()["situacao"]) == ("Maria", "ativa")
    assert maria.log_in("maria").status == 200
    assert maria.get("/produtos").status == 200


@pytest.mark.parametrize("registration", ["aberto", "aprovacao", "fechado"])
def test_the_open_network_asks_for_better_passwords(open_with: Open, registration: str) -> None:
    caller = Caller(open_with(host="0.0.0.0", registration=registration), address=ELSEWHERE)
    for password in (
        "1234",
        "1234567",
        "password",
        "12345678",
        "aaaaaaaa",
        "estoque123",
        "PALMEIRAS",
        "Senha1234",
    ):
        refused = caller.register("maria", password)
        assert (*code(refused), refused.json()["campo"]) == (400, "campo_invalido", "password"), password
    refused = caller.register("almoxarife1", "almoxarife1")
    assert code(refused) == (400, "campo_invalido")
    assert caller.register("maria", GOOD_PASSWORD).status == 201
    assert caller.log_in("maria", GOOD_PASSWORD).status == 200


def test_who_listens_on_the_network_approves_by_default(open_with: Open) -> None:
    app = open_with(host="0.0.0.0")
    caller = Caller(app, address=ELSEWHERE)
    caller.register("admin", GOOD_PASSWORD)
    caller.register("maria", GOOD_PASSWORD)
    assert code(caller.log_in("maria", GOOD_PASSWORD)) == (403, "conta_pendente")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_a_weak_password_of_old_opens_on_this_machine_alone(open_with: Open, address: str) -> None:
    Caller(open_with()).register("admin", "1234")
    app = open_with(host="0.0.0.0")
    there, here = Caller(app, address=ELSEWHERE), Caller(app, address=address)
    assert code(there.log_in("admin", "1234")) == (403, "senha_fraca_na_rede")
    assert here.log_in("admin", "1234").status == 200

    changed = here.post("/senha", {"senha_atual": "1234", "senha_nova": GOOD_PASSWORD})

    assert changed.status == 200
    assert there.log_in("admin", GOOD_PASSWORD).status == 200


@pytest.mark.parametrize(
    "address", ["", "unix:", "192.0.2.7", "::ffff:192.0.2.7", "fe80::1%eth0", "10.0.0.1"]
)
def test_any_other_address_is_another_machine(open_with: Open, address: str) -> None:
    Caller(open_with()).register("admin", "1234")
    caller = Caller(open_with(host="0.0.0.0"), address=address)
    assert code(caller.log_in("admin", "1234")) == (403, "senha_fraca_na_rede")


def test_a_common_password_of_eight_letters_is_weak_on_the_network_too(open_with: Open) -> None:
    Caller(open_with()).register("admin", "password")
    caller = Caller(open_with(host="0.0.0.0"), address=ELSEWHERE)
    assert code(caller.log_in("admin", "password")) == (403, "senha_fraca_na_rede")


def test_a_new_password_ends_the_other_sessions(caller: Caller) -> None:
    other = Caller(caller.app)
    other.log_in("admin")

    assert caller.post("/senha", {"senha_atual": "1234", "senha_nova": "nova senha"}).status == 200

    assert (caller.get("/produtos").status, other.get("/produtos").status) == (200, 401)
    assert other.log_in("admin", "1234").status == 401
    assert other.log_in("admin", "nova senha").status == 200


def test_wrong_passwords_are_slowed_down_and_the_right_one_gets_in_from_its_place(
    caller: Caller, time_passes: Clock
) -> None:
    guesser = Caller(caller.app, address="127.0.0.2")
    for _ in range(5):
        assert code(guesser.log_in("admin", "errada")) == (401, "credenciais_invalidas")

    for password in ("errada", "1234"):
        refused = guesser.log_in("admin", password)
        assert (*code(refused), refused.headers["Retry-After"]) == (429, "muitas_tentativas", "1")
        assert refused.json()["mensagem"] == "Tentativas demais. Espere 1 s e tente de novo."
    # The clerk at the usual address is not locked out, nor is another user at this one.
    assert Caller(caller.app).log_in("admin").status == 200
    assert guesser.register("maria").status == 201
    assert guesser.log_in("maria").status == 200
    # After the pause the next one may come, and the pause after it is longer.
    time_passes(1)
    assert guesser.log_in("admin", "errada").status == 401
    assert guesser.log_in("admin").headers["Retry-After"] == "2"
    time_passes(2)
    assert guesser.log_in("admin").status == 200


def test_many_addresses_cannot_guess_one_password_nor_shut_its_owner_out(
    caller: Caller, time_passes: Clock
) -> None:
    bots = [Caller(caller.app, address=f"192.0.2.{number}") for number in range(1, 22)]
    assert [bot.log_in("admin", "errada").status for bot in bots] == [401] * 20 + [429]
    evaluated = 0
    for number in range(720):
        # One of the bots every five seconds, for an hour.
        time_passes(5)
        evaluated += bots[number % 21].log_in("admin", "errada").status == 401
    assert evaluated < 100
    assert code(Caller(caller.app, address="192.0.2.77").log_in("admin")) == (429, "muitas_tentativas")
    assert Caller(caller.app).log_in("admin").status == 200


def test_spellings_of_one_name_share_the_count(caller: Caller) -> None:
    for number in range(5):
        caller.log_in(("admin", "ADMIN", " Admin", "\uff41dmin")[number % 4], "errada")
    assert code(caller.log_in("aDmIn")) == (429, "muitas_tentativas")


def test_a_success_clears_the_count(caller: Caller) -> None:
    for _ in range(3):
        for _ in range(4):
            assert caller.log_in("admin", "errada").status == 401
        assert caller.log_in("admin").status == 200


def test_one_address_cannot_try_one_password_on_every_user(caller: Caller, time_passes: Clock) -> None:
    guesser = Caller(caller.app, address=ELSEWHERE)
    statuses = [guesser.log_in(f"usuario{number}", "1234").status for number in range(52)]
    assert statuses == [401] * 50 + [429] * 2
    assert code(guesser.log_in("admin")) == (429, "muitas_tentativas")


def test_a_stolen_session_cannot_guess_the_password(caller: Caller) -> None:
    for _ in range(5):
        refused = caller.post("/senha", {"senha_atual": "errada", "senha_nova": "12345"})
        assert (*code(refused), refused.json()["campo"]) == (403, "senha_atual_incorreta", "senha_atual")
    refused = caller.post("/senha", {"senha_atual": "1234", "senha_nova": "12345"})
    assert code(refused) == (429, "muitas_tentativas")


def test_accounts_are_not_made_by_the_hundred(app: Flask) -> None:
    caller = Caller(app, address=ELSEWHERE)
    # Too short for an account, but each an attempt.
    statuses = [caller.register(f"usuario{number}", "1").status for number in range(62)]
    assert statuses == [400] * 60 + [429] * 2
    assert Caller(app, address=HERE).register("admin").status == 201


def test_who_is_deactivated_is_told_so(caller: Caller) -> None:
    maria = Caller(caller.app)
    maria.register("maria")
    maria.log_in("maria")
    assert caller.post("/usuarios/desativar", {"usuario": "maria"}).json()["situacao"] == "desativada"
    assert code(maria.get("/produtos")) == (401, "token_invalido")
    assert code(maria.log_in("maria")) == (403, "conta_desativada")
    assert code(maria.log_in("maria", "errada")) == (401, "credenciais_invalidas")
    caller.post("/usuarios/reativar", {"usuario": "maria"})
    assert maria.log_in("maria").status == 200
