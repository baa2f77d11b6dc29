"""Set up what is missing: system packages, environment, libraries, the project itself."""

from __future__ import annotations

import os
import signal
import sys

from preparo import environment, stamp, system
from preparo.enter import replace_process
from preparo.lock import only_one
from preparo.progress import Progress, SetupFailed


def prepare(purpose: str, arguments: list[str]) -> int:
    """Make the environment complete for a purpose (``stamp.PURPOSES``); return 0, or 1 after saying why not.

    ``arguments`` are those of the command, for the case that another Python has to take over.
    """
    for name in ("SIGTERM", "SIGHUP"):
        # As Ctrl-C: what runs is ended too, not left writing into a folder that the next set-up will clear.
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        with only_one(lambda: print("Outra preparação está em curso nesta pasta; esperando por ela…")):
            if stamp.is_current(purpose) and stamp.has_tkinter():
                return 0
            print(f"Preparando o almoxarife em {stamp.ROOT}")
            progress = Progress(steps=4)
            other_python = _locked(purpose, progress)
    except (SetupFailed, OSError) as failure:
        print(f"\nA preparação parou: {failure}", file=sys.stderr)
        if os.path.exists(environment.LOG) and os.path.getsize(environment.LOG):
            print(f"Registro completo: {environment.LOG}", file=sys.stderr)
        return 1
    if other_python:
        return replace_process([other_python, "-ESs", os.path.join(stamp.ROOT, "preparar.py"), *arguments])
    return 0


def _locked(purpose: str, progress: Progress) -> str | None:
    """Do the steps; return the path of another Python when that one should do them instead."""
    with open(environment.LOG, "w", encoding="utf-8") as log:
        progress.step("O que o sistema operacional oferece")
        healthy = environment.is_healthy()
        python = stamp.PYTHON if healthy else sys.executable
        other_python = system.provide(purpose, python, progress, log)
        progress.done(f"quem continua é {other_python}, que tem tudo" if other_python else "")
        with open(stamp.UNFINISHED, "w", encoding="utf-8"):
            pass
        if other_python:
            return other_python
        try:
            progress.step("Ambiente Python próprio (.venv)")
            if not healthy:
                environment.create(progress, log)
            progress.done("já existe" if healthy else "criado")
            progress.step("Bibliotecas de versões fixas")
            environment.install_libraries(purpose, progress, log)
            progress.done("todas instaladas")
            progress.step("O próprio almoxarife")
            environment.install_project(progress, log)
            stamp.write(purpose)
            progress.done()
        except SetupFailed:
            # pip undoes a failed installation itself: what is there is incomplete but not broken.
            progress.interrupt()
            os.remove(stamp.UNFINISHED)
            raise
        os.remove(stamp.UNFINISHED)
    return None
