"""A small project with the real set-up, whose one library and own code need no network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT_S = 120

# The project's own build: an editable installation of the package ``almoxarife`` in src/.
BACKEND = """
import os, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "almoxarife-1-py3-none-any.whl"
    info = "almoxarife-1.dist-info"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("almoxarife.pth", os.path.abspath("src"))
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: almoxarife\\nVersion: 1\\n")
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "")
    return name
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "almoxarife"
version = "1"
"""
# Stands for the program: says what it was asked.
PROGRAM = "import sys; print('almoxarife', *sys.argv[1:]); sys.exit(7)\n"


def environment_without_pythonpath() -> dict[str, str]:
    """Return this process's environment without a path to the real almoxarife."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


class Project:
    """A fresh clone, so to speak, in a folder with spaces and accents."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("preparo", "preparar.py", "api.py", "start_sistema_completo.sh", "testar.sh"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                root.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, root / name)
        (root / "backend.py").write_text(BACKEND)
        (root / "pyproject.toml").write_text(PYPROJECT)
        (root / "src" / "almoxarife").mkdir(parents=True)
        (root / "src" / "almoxarife" / "__main__.py").write_text(PROGRAM)
        self.require("1")

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    def require(self, version: str, digest: str | None = None) -> None:
        """Pin the one library, ``biblioteca``, to a version."""
        wheel = self.root / f"biblioteca-{version}-py3-none-any.whl"
        info = f"biblioteca-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("biblioteca.py", f"VERSION = {version!r}\n")
            file.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: biblioteca\nVersion: {version}\n"
            )
            file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{info}/RECORD", "")
        digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.require_text(f"biblioteca @ {wheel.as_uri()} --hash=sha256:{digest}\n")

    def require_text(self, text: str) -> None:
        """Write the pinned requirements of the system and of the tests."""
        (self.root / "requirements").mkdir(exist_ok=True)
        for purpose in ("sistema", "testes"):
            (self.root / "requirements" / f"{purpose}.txt").write_text(text)

    def start(self, *options: str, **environment: str) -> subprocess.Popen[str]:
        """Start the set-up as the start command does, without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-ESs", str(self.root / "preparar.py"), "iniciar", *options],
            env={**environment_without_pythonpath(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *options: str, **environment: str) -> tuple[int, str]:
        """Run the set-up to its end and return status and output."""
        process = self.start(*options, **environment)
        output, _ = process.communicate(timeout=LIMIT_S)
        return process.returncode, output

    def library_version(self) -> str:
        """Return the version of the library as a program of the environment sees it."""
        command = [str(self.python), "-c", "import biblioteca; print(biblioteca.VERSION)"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that nothing has been set up in."""
    return Project(tmp_path / "loja do João")


@pytest.fixture(scope="session")
def _prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("preparado") / "loja do João")
    status, output = project.run("--preparar")
    assert status == 0, output
    return project


@pytest.fixture
def prepared(_prepared_once: Project) -> Project:
    """A project whose set-up is complete; the tests share it and leave it complete."""
    return _prepared_once
