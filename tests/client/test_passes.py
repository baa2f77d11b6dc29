"""Who is let in without the server: who has logged in not long ago, with the same password."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from almoxarife.client.alone import passes as module
from almoxarife.client.alone.passes import FILE_NAME, MOST_WRONG, VALID_FOR_S, Passes
from almoxarife.client.errors import Refused

SERVER = "http://127.0.0.1:5000"


class Clock:
    def __init__(self) -> None:
        self.now = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def passes(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Passes:
    monkeypatch.setattr(module, "_N", 1 << 4)
    passes = Passes(tmp_path, SERVER, clock)
    passes.keep("Maria", "operador", "segredo")
    return passes


def test_who_was_let_in_by_the_server_is_let_in_with_the_same_password(passes: Passes) -> None:
    known = passes.let_in(" maria ", "segredo")
    assert known is not None
    assert (known.username, known.role) == ("Maria", "operador")
    assert passes.has_any
    assert passes.let_in("joão", "segredo") is None


@pytest.mark.parametrize(("seconds", "valid"), [(VALID_FOR_S - 1, True), (VALID_FOR_S, False), (-1, False)])
def test_it_holds_for_as_long_as_a_session_that_nobody_uses(
    passes: Passes, clock: Clock, seconds: float, *, valid: bool
) -> None:
    clock.now += seconds
    assert (passes.let_in("maria", "segredo") is not None) == valid
    assert passes.has_any == valid


def test_whose_movements_the_server_takes_is_known_for_longer(passes: Passes, clock: Clock) -> None:
    clock.now += VALID_FOR_S - 1
    passes.touch("maria")
    clock.now += VALID_FOR_S - 1
    assert passes.let_in("maria", "segredo") is not None


def test_after_some_wrong_passwords_the_server_alone_decides(passes: Passes) -> None:
    for _each in range(MOST_WRONG - 1):
        with pytest.raises(Refused, match="neste computador") as refused:
            passes.let_in("maria", "errada")
        assert refused.value.code == "credenciais_invalidas"
    # A right one begins anew.
    assert passes.let_in("maria", "segredo") is not None
    for _each in range(MOST_WRONG):
        with pytest.raises(Refused):
            passes.let_in("maria", "errada")
    assert passes.let_in("maria", "segredo") is None
    assert not passes.has_any


def test_the_file_is_private_and_holds_no_password(passes: Passes, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    assert "segredo" not in path.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    salts = {kept["salt"] for kept in json.loads(path.read_bytes())[SERVER].values()}
    passes.keep("maria", "operador", "segredo")
    assert salts.isdisjoint(kept["salt"] for kept in json.loads(path.read_bytes())[SERVER].values())


def test_another_server_knows_nobody_and_keeps_its_own(passes: Passes, tmp_path: Path, clock: Clock) -> None:
    other = Passes(tmp_path, "http://10.0.0.9:5000", clock)
    assert other.let_in("maria", "segredo") is None
    other.keep("maria", "gerente", "outra")
    assert passes.let_in("maria", "segredo") is not None
    passes.forget("maria")
    assert passes.let_in("maria", "segredo") is None
    assert other.let_in("maria", "outra") is not None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"http://127.0.0.1:5000": {"maria": {"salt": 3}}}', b"\xff\xfe" * 99]
)
def test_a_file_that_makes_no_sense_lets_nobody_in(passes: Passes, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert passes.let_in("maria", "segredo") is None
    passes.keep("maria", "operador", "nova")
    assert passes.let_in("maria", "nova") is not None


def test_the_hash_is_slow_to_make() -> None:
    # RFC 7914 §2: 128 · N · r bytes of memory.
    assert 128 * module._N * module._R == 32 << 20
