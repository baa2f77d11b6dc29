"""The programs of the first version against this API: nothing has changed for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.contract.types import MAX_PAGE
from tests.server.running import ApiServer

from .desk import wait_until
from .original import OriginalMonitor, OriginalRegister


@pytest.fixture
def register(api: ApiServer) -> OriginalRegister:
    """The first version's register program; ``admin`` has made an account and logged in."""
    register = OriginalRegister(f"http://127.0.0.1:{api.port}")
    assert register.create_account("admin", "1234") == "ok"
    assert register.log_in("admin", "1234")
    return register


def test_what_the_register_program_does_the_monitor_prints(
    register: OriginalRegister, original_monitor: OriginalMonitor
) -> None:
    original_monitor.start()
    wait_until(lambda: original_monitor.log_ins == 1, "the log-in")
    assert register.create_product("Parafuso 10mm") == "ok"
    assert register.create_product("Café torrado") == "ok"
    assert register.products == {"Parafuso 10mm": "p1", "Café torrado": "p2"}
    assert register.create_entry("Parafuso 10mm", "50") == "ok"
    assert register.create_entry("Café torrado", "007") == "ok"

    wait_until(lambda: len(original_monitor.lines) == 2, "both lines")
    assert original_monitor.lines == ["admin: 50 de Parafuso 10mm", "admin: 7 de Café torrado"]
    assert original_monitor.troubles == []


def test_refusals_are_sentences_that_the_register_program_can_show(register: OriginalRegister) -> None:
    assert register.create_product("Parafuso 10mm") == "ok"
    refusals = [register.create_account("admin", "outra"), register.create_product("PARAFUSO 10MM")]
    register.products["Sumiu"] = "p99"
    refusals.append(register.create_entry("Sumiu", "1"))
    assert [said for said in refusals if said == "ok" or not said.endswith(".")] == []
    assert len(set(refusals)) == 3
    assert not register.log_in("admin", "errada")
    assert not register.log_in("ninguém", "1234")


def test_a_session_that_ended_leads_to_the_log_in_and_on_without_loss_or_repeat(
    register: OriginalRegister, original_monitor: OriginalMonitor
) -> None:
    register.create_product("Parafuso 10mm")
    original_monitor.start()
    register.create_entry("Parafuso 10mm", "1")
    wait_until(lambda: len(original_monitor.lines) == 1, "the first line")
    original_monitor.forget_token()
    register.create_entry("Parafuso 10mm", "2")

    wait_until(lambda: len(original_monitor.lines) == 2, "the second line")
    assert original_monitor.lines == ["admin: 1 de Parafuso 10mm", "admin: 2 de Parafuso 10mm"]
    assert original_monitor.log_ins == 2


def test_both_go_on_after_the_api_was_away(
    api: ApiServer, register: OriginalRegister, original_monitor: OriginalMonitor
) -> None:
    register.create_product("Parafuso 10mm")
    original_monitor.start()
    register.create_entry("Parafuso 10mm", "1")
    wait_until(lambda: len(original_monitor.lines) == 1, "the first line")
    assert api.stop() == 0
    wait_until(lambda: original_monitor.troubles, "the trouble")
    api.restart()
    # The token is still good: nobody has to log in again.
    assert register.create_entry("Parafuso 10mm", "2") == "ok"

    wait_until(lambda: len(original_monitor.lines) == 2, "the second line")
    assert original_monitor.lines[-1] == "admin: 2 de Parafuso 10mm"
    assert original_monitor.log_ins == 1


def test_the_whole_list_comes_whatever_its_length(
    register: OriginalRegister, original_monitor: OriginalMonitor
) -> None:
    register.create_product("Parafuso 10mm")
    count = MAX_PAGE + 100
    with ThreadPoolExecutor(8) as clerks:
        numbers = [str(number) for number in range(1, count + 1)]
        answers = list(clerks.map(lambda number: register.create_entry("Parafuso 10mm", number), numbers))
    assert set(answers) == {"ok"}

    original_monitor.start()
    wait_until(lambda: len(original_monitor.lines) == count, "all lines")
    assert sorted(original_monitor.lines) == sorted(f"admin: {n} de Parafuso 10mm" for n in numbers)
