"""The set-up in a real folder with a real environment and real pip."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Project, environment_without_pythonpath

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fixture knows POSIX paths only")

STEPS = ("[1/4] ", "[2/4] ", "[3/4] ", "[4/4] ")


def test_a_fresh_folder_is_set_up_step_by_step_and_then_left_alone(project: Project) -> None:
    status, output = project.run("--preparar")

    assert status == 0
    assert all(step in output for step in STEPS)
    assert "todas instaladas" in output
    assert output.endswith("Tudo pronto.\n")
    assert project.library_version() == "1"
    assert project.run("--preparar") == (0, "Tudo pronto.\n")


def test_a_start_with_nothing_to_do_costs_little(prepared: Project) -> None:
    # Three small files read, no library imported: about twice a start of Python, which takes long on a busy machine.
    least_s = _shortest([sys.executable, "-I", "-S", "-c", "pass"])
    assert _shortest([str(prepared.root / "start_sistema_completo.sh"), "--preparar"]) < 10 * least_s


def _shortest(command: list[str]) -> float:
    """Return how many seconds the shortest of five runs of a command took."""
    took_s = []
    for _attempt in range(5):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took_s.append(time.perf_counter() - begin)
    return min(took_s)


def test_options_and_exit_status_are_passed_through(prepared: Project) -> None:
    assert prepared.run("--porta", "5001") == (7, "almoxarife iniciar --porta 5001\n")
    done = subprocess.run(
        [sys.executable, prepared.root / "api.py", "--porta", "5001"],
        check=False,
        capture_output=True,
        text=True,
        env=environment_without_pythonpath(),
    )
    assert (done.returncode, done.stdout) == (7, "almoxarife api --porta 5001\n")


def test_a_program_without_the_set_up_names_the_command(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, project.root / "api.py"], check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert (
        done.stderr
        == "O ambiente ainda não foi preparado. Rode antes: ./start_sistema_completo.sh --preparar\n"
    )


def test_new_requirements_are_installed(prepared: Project) -> None:
    prepared.require("2")

    status, output = prepared.run("--preparar")

    assert (status, prepared.library_version()) == (0, "2")
    assert "já existe" in output


def test_a_package_with_another_hash_is_refused_and_the_log_named(prepared: Project) -> None:
    prepared.require("3", digest="0" * 64)

    status, output = prepared.run("--preparar")

    assert status == 1
    assert "não é o esperado (hash diferente)" in output
    assert f"Registro completo: {prepared.venv / 'preparo.log'}" in output
    prepared.require("2")
    assert prepared.run("--preparar")[0] == 0


def test_without_a_network_one_sentence_says_so(prepared: Project) -> None:
    prepared.require_text(f"ausente==1 --hash=sha256:{'0' * 64}\n")

    # Nobody listens on port 9 of this machine.
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    }
    status, output = prepared.run("--preparar", **nowhere)

    assert status == 1
    assert "não há conexão com a internet" in output
    prepared.require("2")
    assert prepared.run("--preparar")[0] == 0


def test_an_environment_whose_python_is_gone_is_made_again(prepared: Project) -> None:
    for link in (prepared.venv / "bin").glob("python*"):
        link.unlink()
        link.symlink_to("/nonexistent/python")

    status, output = prepared.run("--preparar")

    assert (status, prepared.library_version()) == (0, "2")
    assert "(.venv): criado" in output


def test_a_folder_that_was_moved_gets_a_new_environment(prepared: Project, tmp_path: Path) -> None:
    moved = tmp_path / "outro lugar"
    shutil.copytree(prepared.root, moved, symlinks=True)

    done = subprocess.run(
        [moved / "start_sistema_completo.sh", "--preparar"], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert "(.venv): criado" in done.stdout
    assert str(prepared.root) not in (moved / ".venv" / "bin" / "pip").read_text()


def test_a_set_up_that_was_interrupted_is_made_again(project: Project) -> None:
    process = project.start("--preparar")
    assert process.stdout is not None
    while "[2/4]" not in process.stdout.readline():
        pass
    # To every process of the group, as a terminal does. (Not SIGINT: shells let background jobs ignore that.)
    os.killpg(process.pid, signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    assert (process.returncode, "Interrompido." in output) == (130, True)

    status, output = project.run("--preparar")

    assert (status, project.library_version()) == (0, "1")
    assert "(.venv): criado" in output


def test_of_two_set_ups_at_once_one_works_and_the_other_waits(project: Project) -> None:
    first = project.start("--preparar")
    assert first.stdout is not None
    first.stdout.readline()
    second = project.start("--preparar")

    first_output, _ = first.communicate(timeout=60)
    second_output, _ = second.communicate(timeout=60)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "[4/4]" in first_output
    assert second_output == "Outra preparação está em curso nesta pasta; esperando por ela…\nTudo pronto.\n"
