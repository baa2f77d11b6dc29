"""The two programs of the system's first version, as others still run them, without their windows.

They speak the six routes of the contract and no more. What was on their screens is a list of lines here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import requests

TIMEOUT_S = 10.0


class OriginalRegister:
    """The register program: forms for an account, the log-in, a product and an entry; a message for each."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._headers: dict[str, str] = {}
        self.products: dict[str, str] = {}

    def create_account(self, username: str, password: str) -> str:
        """Return what the API says."""
        body = {"username": username, "password": password}
        return self._post("/registrar_usuario_app", body, expected=201)

    def log_in(self, username: str, password: str) -> bool:
        """Return whether the API let the person in."""
        body = {"username": username, "password": password}
        answer = requests.post(f"{self._address}/login", json=body, timeout=TIMEOUT_S)
        if answer.status_code != 200:
            return False
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self.load_products()
        return True

    def load_products(self) -> None:
        """Fill the list from which a product is chosen by its name."""
        answer = requests.get(f"{self._address}/produtos", headers=self._headers, timeout=TIMEOUT_S)
        if answer.status_code == 200:
            self.products = {product["nome"]: product["id"] for product in answer.json()}

    def create_product(self, name: str) -> str:
        """Return what the screen says."""
        if not name:
            return "O nome do produto não pode estar vazio."
        said = self._post("/produtos", {"nome": name}, expected=201)
        self.load_products()
        return said

    def create_entry(self, product: str, quantity: str) -> str:
        """Return what the screen says; the quantity goes out as it was typed."""
        if not quantity.isdigit() or int(quantity) <= 0:
            return "A quantidade deve ser um número inteiro positivo."
        body = {"produto_id": self.products[product], "quantidade": quantity}
        return self._post("/inventario", body, expected=201)

    def _post(self, path: str, body: dict[str, str], *, expected: int) -> str:
        answer = requests.post(f"{self._address}{path}", json=body, headers=self._headers, timeout=TIMEOUT_S)
        if answer.status_code == expected:
            return "ok"
        said: str = answer.json()["mensagem"]
        return said


class OriginalMonitor:
    """The monitor: asks for the whole list every ``period_s`` seconds and prints the entries that are new.

    The first answer counts as seen. ``ask_password`` is its log-in screen.
    """

    def __init__(self, address: str, ask_password: Callable[[], tuple[str, str]], period_s: float) -> None:
        self._address = address
        self._ask_password = ask_password
        self._period_s = period_s
        self._token = ""
        self._last_length = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.lines: list[str] = []
        self.log_ins = 0
        self.troubles: list[str] = []

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join(TIMEOUT_S)

    def forget_token(self) -> None:
        """Go on with a token that the API does not know."""
        self._token = "0" * 32

    def _run(self) -> None:
        while not self._stop.wait(self._period_s):
            try:
                if self._token:
                    self._ask()
                else:
                    self._log_in()
            except requests.RequestException as error:
                self.troubles.append(type(error).__name__)

    def _log_in(self) -> None:
        username, password = self._ask_password()
        body = {"username": username, "password": password}
        answer = requests.post(f"{self._address}/login", json=body, timeout=TIMEOUT_S)
        if answer.status_code == 200:
            self._token = answer.json()["token"]
            self.log_ins += 1

    def _ask(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = requests.get(f"{self._address}/inventario", headers=headers, timeout=TIMEOUT_S)
        if answer.status_code == 401:
            self._token = ""
        elif answer.status_code != 200:
            self.troubles.append(str(answer.status_code))
        else:
            self._print_new(answer.json())

    def _print_new(self, entries: list[dict[str, Any]]) -> None:
        for entry in entries[self._last_length :]:
            product = entry.get("nome_produto", entry["produto_id"])
            self.lines.append(f"{entry['registrado_por']}: {entry['quantidade']} de {product}")
        self._last_length = len(entries)
