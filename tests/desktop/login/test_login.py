"""Logging in, in both programs."""

from __future__ import annotations

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unavailable
from almoxarife.desktop.login.presenter import LoginPresenter
from tests.desktop.cadastro.fake_api import FakeApi
from tests.desktop.cadastro.fakes import FakeForm, FakeJobs


class LoginStage:
    def __init__(self) -> None:
        self.api, self.jobs, self.form = FakeApi(), FakeJobs(), FakeForm()
        self.logged_in: list[Account] = []
        self.presenter = LoginPresenter(self.api.log_in, self.jobs, self.form, self.logged_in.append)


@pytest.fixture
def stage() -> LoginStage:
    return LoginStage()


def test_a_person_logs_in(stage: LoginStage) -> None:
    stage.presenter.start()
    assert stage.form.focused == "username"
    stage.presenter.submit(" maria ", "segredo")
    assert stage.logged_in == [Account("maria", "administrador")]


def test_who_is_known_types_only_the_password(stage: LoginStage) -> None:
    stage.presenter.start("maria", "Sua sessão terminou.", is_error=True)
    assert (stage.form.username, stage.form.focused) == ("maria", "password")
    assert (stage.form.message, stage.form.message_is_error) == ("Sua sessão terminou.", True)


def test_advice_stands_where_nothing_else_is_said_until_the_server_is_back(stage: LoginStage) -> None:
    form = stage.form
    presenter = LoginPresenter(stage.api.log_in, stage.jobs, form, stage.logged_in.append, lambda: "Fora.")
    presenter.start("maria", "Conta criada.")
    assert (form.message, form.advised) == ("Conta criada.", False)
    presenter.start("maria")
    assert (form.message, form.advised) == ("Fora.", True)
    presenter.server_back()
    assert form.message == ""


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("  ", "segredo"), "username", "Digite o seu nome de usuário."),
        (("maria", ""), "password", "Digite a sua senha."),
        (("maria", "x"), "password", "Usuário ou senha incorretos. Confira e tente de novo."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    stage: LoginStage, typed: tuple[str, str], field: str, sentence: str
) -> None:
    stage.presenter.submit(*typed)
    assert stage.form.wrong == {field: sentence}
    assert stage.form.focused == field
    stage.presenter.submit("maria", "segredo")
    assert stage.form.wrong == {}


@pytest.mark.parametrize("code", ["conta_pendente", "senha_fraca_na_rede"])
def test_an_account_that_may_not_log_in_is_told_why(stage: LoginStage, code: str) -> None:
    stage.api.trouble = Refused("Ainda não pode entrar.", status=403, code=code)
    stage.presenter.submit("maria", "segredo")
    assert (stage.form.message, stage.form.message_is_error) == ("Ainda não pode entrar.", True)
    assert stage.form.cleared == 1


def test_a_field_that_the_api_names_is_where_it_is_said(stage: LoginStage) -> None:
    for field in ("username", "password"):
        stage.api.trouble = Refused("Comprido demais.", status=400, field=field)
        stage.presenter.submit("maria", "segredo")
        assert stage.form.wrong == {field: "Comprido demais."}


def test_too_many_attempts_are_told_with_the_words_of_the_api(stage: LoginStage) -> None:
    stage.api.trouble = Unavailable("Muitas tentativas. Espere 30 s.", status=429, code="muitas_tentativas")
    stage.presenter.submit("maria", "segredo")
    assert stage.form.message == "Muitas tentativas. Espere 30 s."
    assert stage.form.cleared == 0


def test_what_was_typed_stays_when_the_network_is_at_fault(stage: LoginStage) -> None:
    stage.api.go_away()
    stage.presenter.submit("maria", "segredo")
    assert "não responde" in stage.form.message
    assert stage.form.cleared == 0
    stage.presenter.server_back()
    assert stage.form.message == ""


def test_a_server_that_is_back_takes_nothing_else_back(stage: LoginStage) -> None:
    stage.presenter.start("maria", "Sua sessão terminou.", is_error=True)
    stage.presenter.server_back()
    assert stage.form.message == "Sua sessão terminou."


def test_a_second_press_while_busy_does_nothing(stage: LoginStage) -> None:
    stage.jobs.held = True
    stage.presenter.submit("maria", "segredo")
    assert stage.form.busy
    stage.presenter.submit("maria", "segredo")
    stage.jobs.release()
    assert stage.logged_in == [Account("maria", "administrador")]
    assert not stage.form.busy


def test_a_log_in_that_was_given_up_is_forgotten(stage: LoginStage) -> None:
    stage.jobs.held = True
    stage.presenter.submit("maria", "segredo")
    stage.presenter.stop()
    stage.jobs.release()
    assert stage.logged_in == []
    assert not stage.form.busy
