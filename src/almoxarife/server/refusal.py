"""What a refusal is to who reads it: a row of the tables in ``refusals`` and its neighbours."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple


class Refusal(NamedTuple):
    """Status, stable code, sentence (its parameters are the error's), and the field at fault unless that names one."""

    status: HTTPStatus
    code: str
    message: str
    field: str | None = None
