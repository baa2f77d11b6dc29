"""Making an account, and changing a password."""

from __future__ import annotations

import pytest

from almoxarife.client.errors import BadAnswer, Refused, Unavailable
from almoxarife.desktop.cadastro.password.presenter import PasswordPresenter
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter

from .fake_api import FakeApi
from .fakes import FakeForm, FakeJobs


class RegisterStage:
    def __init__(self) -> None:
        self.api, self.jobs, self.form = FakeApi(), FakeJobs(), FakeForm()
        self.registered: list[tuple[str, str]] = []
        self.presenter = RegisterPresenter(
            self.api.register_account,
            self.jobs,
            self.form,
            lambda username, answer: self.registered.append((username, answer)),
        )


class PasswordStage:
    def __init__(self) -> None:
        self.api, self.jobs, self.form = FakeApi(), FakeJobs(), FakeForm()
        self.api.username = "maria"
        self.changed: list[str] = []
        self.presenter = PasswordPresenter(
            self.api.change_password, self.jobs, self.form, self.changed.append
        )


@pytest.fixture
def register() -> RegisterStage:
    return RegisterStage()


@pytest.fixture
def password() -> PasswordStage:
    return PasswordStage()


def test_an_account_is_made(register: RegisterStage) -> None:
    register.presenter.start()
    assert register.form.focused == "username"
    register.presenter.submit(" admin ", "1234", "1234")
    assert register.api.passwords["admin"] == "1234"
    assert register.registered == [("admin", "Usuário criado. Agora entre com ele.")]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ((" ", "1234", "1234"), "username", "Escolha um nome de usuário."),
        (("admin", "", ""), "password", "Escolha uma senha."),
        (("admin", "1234", "1235"), "repeated", "As senhas não são iguais. Digite de novo."),
        (("maria", "1234", "1234"), "username", "Já existe um usuário com esse nome. Escolha outro."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    register: RegisterStage, typed: tuple[str, str, str], field: str, sentence: str
) -> None:
    register.presenter.submit(*typed)
    assert register.form.wrong == {field: sentence}
    assert register.form.focused == field
    assert register.registered == []


def test_a_refused_password_is_said_at_its_field(register: RegisterStage) -> None:
    register.api.trouble = Refused("“Senha” precisa de ao menos 8.", status=400, field="password")
    register.presenter.submit("admin", "1234", "1234")
    assert register.form.wrong == {"password": "“Senha” precisa de ao menos 8."}


def test_a_closed_registration_is_said_above_the_form(register: RegisterStage) -> None:
    register.api.trouble = Refused("O cadastro está fechado.", status=403, code="registro_fechado")
    register.presenter.submit("admin", "1234", "1234")
    assert (register.form.message, register.form.message_is_error) == ("O cadastro está fechado.", True)
    register.presenter.server_back()
    assert register.form.message == "O cadastro está fechado."


def test_after_a_lost_answer_the_person_is_told_to_try_the_log_in(register: RegisterStage) -> None:
    register.api.go_away()
    register.presenter.submit("admin", "1234", "1234")
    assert register.form.message.endswith("O usuário pode ter sido criado: tente entrar.")
    register.presenter.server_back()
    assert register.form.message == ""


def test_a_second_press_while_busy_does_nothing(register: RegisterStage) -> None:
    register.jobs.held = True
    register.presenter.submit("admin", "1234", "1234")
    assert register.form.busy
    register.presenter.submit("admin", "1234", "1234")
    register.jobs.release()
    assert register.api.calls == ["register_account"]
    assert not register.form.busy


def test_an_account_made_after_the_person_went_back_is_no_news(register: RegisterStage) -> None:
    register.jobs.held = True
    register.presenter.submit("admin", "1234", "1234")
    register.presenter.stop()
    register.jobs.release()
    assert register.registered == []
    assert not register.form.busy


def test_a_password_is_changed(password: PasswordStage) -> None:
    password.presenter.start()
    assert password.form.focused == "current"
    password.presenter.submit("segredo", "novo1234", "novo1234")
    assert password.api.passwords["maria"] == "novo1234"
    assert password.changed == ["Senha alterada."]
    assert password.form.cleared == 2


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("", "novo", "novo"), "current", "Digite a sua senha atual."),
        (("segredo", "", ""), "new", "Escolha uma senha."),
        (("segredo", "novo", "nova"), "repeated", "As senhas não são iguais. Digite de novo."),
        (("errada", "novo", "novo"), "current", "A senha atual não é essa."),
    ],
)
def test_what_is_wrong_with_a_change_is_said_at_its_field(
    password: PasswordStage, typed: tuple[str, str, str], field: str, sentence: str
) -> None:
    password.presenter.submit(*typed)
    assert password.form.wrong == {field: sentence}
    assert password.form.focused == field
    assert password.changed == []


def test_a_refused_new_password_is_said_at_its_field(password: PasswordStage) -> None:
    password.api.trouble = Refused("“Senha nova” é curta demais.", status=400, field="senha_nova")
    password.presenter.submit("segredo", "1", "1")
    assert password.form.wrong == {"new": "“Senha nova” é curta demais."}


def test_what_the_network_does_is_said_above_the_form_until_the_server_is_back(
    password: PasswordStage,
) -> None:
    password.api.go_away()
    password.presenter.submit("segredo", "novo", "novo")
    assert password.form.message.endswith("A senha pode já ter sido alterada.")
    password.presenter.resume()
    assert password.form.message == ""
    password.api.trouble = BadAnswer("O que respondeu não é a API deste sistema.")
    password.presenter.submit("segredo", "novo", "novo")
    assert password.form.message == "O que respondeu não é a API deste sistema."
    password.api.trouble = Unavailable("Muitas tentativas. Espere 30 s.", status=429)
    password.presenter.submit("segredo", "novo", "novo")
    assert password.form.message == "Muitas tentativas. Espere 30 s."


def test_the_end_of_the_session_says_nothing_here(password: PasswordStage) -> None:
    password.api.end_session()
    password.presenter.submit("segredo", "novo", "novo")
    assert (password.form.message, password.form.wrong) == ("", {})


def test_leaving_the_form_forgets_what_was_typed(password: PasswordStage) -> None:
    password.jobs.held = True
    password.presenter.submit("segredo", "novo", "novo")
    password.presenter.submit("segredo", "novo", "novo")
    assert len(password.jobs.waiting) == 1
    password.presenter.leave()
    password.jobs.release()
    assert (password.changed, password.form.busy, password.form.cleared) == ([], False, 1)
