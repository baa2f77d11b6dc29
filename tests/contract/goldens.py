"""Reading, sending and comparing the golden files; each is one request of a story that they tell in order.

In a request and in an expected answer ``{name}`` stands for what an earlier answer had and ``keep`` kept.
``<frase>``, ``<token>``, ``<uuid>`` and ``<instante>`` stand for any such value. An object may have more keys
than the file names: the contract grows, it never shrinks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.server.running import Answer, Http

FOLDER = Path(__file__).parent / "goldens"
_KINDS = {
    # A sentence that a person can act on: it begins with a capital and ends as sentences do.
    "<frase>": re.compile(r"[A-ZÁÀÂÃÉÊÍÓÔÕÚÇ“].{8,}[.!?]"),
    "<token>": re.compile(r"[A-Za-z0-9._~+/-]{20,}=*"),
    "<uuid>": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "<instante>": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"),
    "<Bearer>": re.compile(r"Bearer( .*)?"),
}


@dataclass
class Story:
    """The golden files as they are told to one server, and what is kept along the way."""

    http: Http
    kept: dict[str, str] = field(default_factory=dict)

    def tell(self, golden: dict[str, Any]) -> Answer:
        """Send a golden file's request, compare the answer, and return it."""
        request = golden["request"]
        body = json.dumps(request["body"], ensure_ascii=False).encode() if "body" in request else None
        headers = {name: self._filled(value) for name, value in request["headers"].items()}
        answer = self.http.send(request["method"], request["path"], body, headers)
        expected = golden["answer"]
        assert answer.status == expected["status"], answer.body.decode()
        for name, value in expected["headers"].items():
            self._compare(value, answer.headers[name], name)
        self._compare(expected["body"], answer.json(), "body")
        for key, name in golden.get("keep", {}).items():
            self.kept[name] = answer.json()[key]
        return answer

    def _filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda match: self.kept[match[1]], text)

    def _compare(self, expected: object, found: object, where: str) -> None:
        if isinstance(expected, dict):
            assert isinstance(found, dict), where
            for key, value in expected.items():
                assert key in found, f"{where}: no {key} in {found}"
                self._compare(value, found[key], f"{where}.{key}")
        elif isinstance(expected, list):
            assert isinstance(found, list), where
            assert len(found) == len(expected), f"{where}: {found}"
            for place, (value, other) in enumerate(zip(expected, found, strict=True)):
                self._compare(value, other, f"{where}[{place}]")
        elif isinstance(expected, str) and expected in _KINDS:
            assert isinstance(found, str), where
            assert _KINDS[expected].fullmatch(found), f"{where}: {found!r} is no {expected}"
        else:
            wanted = self._filled(expected) if isinstance(expected, str) else expected
            # 50 is not 50.0 and not True: programs of others read the text.
            assert (type(found), found) == (type(wanted), wanted), where


def files() -> list[Path]:
    """Return the golden files in the order of the story."""
    return sorted(FOLDER.glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    """Return a golden file's content."""
    golden: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return golden
