"""A launcher of quick stand-ins: ``stand_in.py launcher DATA PORT``, ``stand_in.py api|monitor|cadastro``.

What an environment variable ``STAND_IN_<NAME>`` says is what that program does:
``dies`` at once, ``closes`` like a window at once, ``stubborn``
ignores requests to end, ``parent`` leaves a worker behind when it is killed.
"""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers ``GET /saude`` as the API does."""

    def do_GET(self) -> None:
        body = json.dumps({"estado": "ok", "versao": "0", "eventos": None}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def run_launcher(data_dir: str, port: str) -> int:
    """Launch stand-ins in place of the programs of almoxarife."""
    from almoxarife.config import Settings
    from almoxarife.launcher.app import launch

    settings = Settings.from_environment(data_dir=data_dir, port=port)
    return launch(settings, lambda name: [sys.executable, __file__, name])


def tie_to_launcher() -> None:
    """Do what the tether does for the real commands."""
    from almoxarife.launcher.tether import _end_with_launcher

    threading.Thread(target=_end_with_launcher, daemon=True).start()


def run_program(name: str) -> int:
    """Behave as a program of almoxarife, or as badly as the environment asks for."""
    behaviour = os.environ.get(f"STAND_IN_{name.upper()}", "")
    print(f"{name} says {behaviour or 'nothing special'}", flush=True)
    if behaviour == "dies":
        return 3
    if behaviour == "closes":
        return 0
    if behaviour == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    tie_to_launcher()
    if behaviour == "parent":
        worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        print(f"worker {worker.pid}", flush=True)
    if name == "api":
        address = ("127.0.0.1", int(os.environ["ALMOXARIFE_PORTA"]))
        http.server.ThreadingHTTPServer(address, Answers).serve_forever()
    time.sleep(600)
    return 0


if __name__ == "__main__":
    sys.exit(run_launcher(*sys.argv[2:]) if sys.argv[1] == "launcher" else run_program(sys.argv[1]))
