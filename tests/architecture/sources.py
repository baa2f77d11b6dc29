"""The source files of the product, read and parsed once for all tests of this folder."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "almoxarife"


@dataclass(frozen=True)
class Source:
    """A Python file: its module's name (``almoxarife.ledger.rules``), its path, its text."""

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def where(self) -> str:
        """The path as people write it, from the project's folder on."""
        return self.path.relative_to(ROOT).as_posix()


def planted(text: str, name: str = "almoxarife.planted") -> Source:
    """Return a source that exists only in a test, to see a rule refuse it."""
    return Source(name, ROOT / "planted.py", text)


@lru_cache(maxsize=1)
def package_sources() -> tuple[Source, ...]:
    """Return every module of the package."""
    return tuple(_read(path, ROOT / "src") for path in sorted(PACKAGE.rglob("*.py")))


@lru_cache(maxsize=1)
def set_up_sources() -> tuple[Source, ...]:
    """Return every module of the set-up."""
    return tuple(_read(path, ROOT) for path in sorted((ROOT / "preparo").glob("*.py")))


@lru_cache(maxsize=1)
def bench_sources() -> tuple[Source, ...]:
    """Return every module of the benchmark."""
    return tuple(_read(path, ROOT) for path in sorted((ROOT / "bench").rglob("*.py")))


@lru_cache(maxsize=1)
def tracked_files() -> tuple[Path, ...]:
    """Return every file under version control; in a copy without it, everything that looks like ours."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return tuple(_without_version_control())
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def _without_version_control() -> Iterator[Path]:
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if path.is_file() and not hidden and "__pycache__" not in parts:
            yield path


def _read(path: Path, base: Path) -> Source:
    parts = path.relative_to(base).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(name, path, path.read_text(encoding="utf-8"))
