"""Accounts: register, log in, log out, change the password."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.accounts import LoggedIn
from almoxarife.contract.base import Done

_DONE = TypeAdapter(Done)
_LOGGED_IN = TypeAdapter(LoggedIn)


@dataclass(frozen=True)
class Account:
    """Who is logged in; ``role`` is one of ``identity.Role``; ``offline``: without the server, to register alone."""

    username: str
    role: str
    offline: bool = False


def register(session: Session, username: str, password: str) -> str:
    """Create an account and return the API's sentence about it (it may have to wait for approval)."""
    body = {"username": username, "password": password}
    return read(_DONE, session.request("POST", "/registrar_usuario_app", body=body)).message


def log_in(session: Session, username: str, password: str) -> Account:
    """Log in; the session carries the token from then on."""
    session.token = None
    body = {"username": username, "password": password}
    answer = read(_LOGGED_IN, session.request("POST", "/login", body=body))
    session.token = answer.token
    return Account(answer.username, answer.role)


def log_out(session: Session) -> None:
    """Make the token useless; the session forgets it at once, so that the next log-in has its own."""
    token, session.token = session.token, None
    if token is not None:
        session.request("POST", "/sair", token=token)


def change_password(session: Session, current: str, new: str) -> str:
    """Change the password of who is logged in and return the API's sentence about it."""
    body = {"senha_atual": current, "senha_nova": new}
    return read(_DONE, session.request("POST", "/senha", body=body)).message
