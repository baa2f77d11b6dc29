"""The monitor's log file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from almoxarife.desktop.monitor.log_file import OLD_FILES, LogFile, one_line


def test_lines_are_on_disk_at_once_in_utf_8(log: LogFile) -> None:
    log.append(["João registrou +5 de Café", "日本語"])
    assert log.path.name == "monitor.log"
    assert log.path.read_bytes() == "João registrou +5 de Café\n日本語\n".encode()


@pytest.mark.parametrize("broken", ["a\nb", "a\r\nb", "a\x85b", "a\u2028b", "a\x1eb", "a\u202eb", "a\x00b"])
def test_a_name_cannot_break_a_line(log: LogFile, broken: str) -> None:
    log.append([broken])
    text = log.path.read_bytes().decode()
    assert len(text.splitlines()) == 1
    assert one_line(broken).isprintable()


def test_a_surrogate_is_written_as_an_escape(log: LogFile) -> None:
    log.append(["a\ud800b"])
    assert log.path.read_text("utf-8") == "a\\ud800b\n"


def test_it_is_rotated_at_its_bound(tmp_path: Path) -> None:
    log = LogFile(tmp_path, max_bytes=1_000)
    for number in range(200):
        log.append([f"line {number:03d} {'x' * 40}"])
    log.close()
    files = sorted(tmp_path.glob("monitor.log*"))
    old = [f"monitor.log.{number}" for number in range(1, OLD_FILES + 1)]
    assert [file.name for file in files] == ["monitor.log", *old]
    assert all(file.stat().st_size <= 1_000 for file in files)
    kept = [line.split()[1] for file in reversed(files) for line in file.read_text("utf-8").splitlines()]
    assert kept == [f"{number:03d}" for number in range(200 - len(kept), 200)]


def test_the_tail_is_found_after_a_rotation(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    log.append(["one", "two"])
    assert log.tail() == ["one", "two"]
    log.path.rename(tmp_path / "monitor.log.1")
    assert log.tail() == ["one", "two"]
    log.close()


def test_a_second_monitor_gets_a_file_of_its_own(log: LogFile) -> None:
    second = LogFile(log.path.parent)
    second.append(["second"])
    log.append(["first"])
    assert second.path.name == "monitor-2.log"
    assert second.path.read_text("utf-8") == "second\n"
    assert log.path.read_text("utf-8") == "first\n"
    second.close()


def test_the_file_is_free_again_when_its_process_was_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path;"
            "from almoxarife.desktop.monitor.log_file import LogFile;"
            "log = LogFile(Path(sys.argv[1])); log.append(['held']); print(log.path.name, flush=True);"
            "time.sleep(60)",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "monitor.log\n"
    meanwhile = LogFile(tmp_path)
    assert meanwhile.path.name == "monitor-2.log"
    meanwhile.close()

    holder.kill()
    holder.wait()
    holder.stdout.close()

    after = LogFile(tmp_path)
    assert after.path.name == "monitor.log"
    assert after.tail() == ["held"]
    after.close()


def test_half_a_line_of_a_killed_run_stays_apart(tmp_path: Path) -> None:
    (tmp_path / "monitor.log").write_text("whole\nhal")
    log = LogFile(tmp_path)
    log.append(["next"])
    assert log.path.read_text("utf-8") == "whole\nhal\nnext\n"
    log.close()


def test_a_deleted_file_is_made_again(log: LogFile) -> None:
    log.append(["one"])
    log.path.unlink()
    log.append(["two"])
    assert log.path.read_text("utf-8") == "two\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_keeps_the_lines_until_there_is_room(tmp_path: Path) -> None:
    (tmp_path / "monitor.log").symlink_to("/dev/full")
    log = LogFile(tmp_path, pending_limit=3)
    for number in range(5):
        log.append([f"line {number}"])
    assert log.problem == "o disco está cheio"

    log.path.unlink()
    log.append([])
    assert log.problem == ""
    assert log.path.read_text("utf-8").splitlines() == [
        "— 2 linhas não puderam ser gravadas aqui.",
        "line 2",
        "line 3",
        "line 4",
    ]
    log.close()


def test_a_folder_that_cannot_be_made_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    log = LogFile(tmp_path / "logs")
    log.append(["one"])
    assert log.problem == "a pasta não pode ser alcançada"
    assert log.tail() == []
    (tmp_path / "logs").unlink()
    log.append(["two"])
    assert (log.problem, log.path.read_text("utf-8")) == ("", "one\ntwo\n")
    log.close()
