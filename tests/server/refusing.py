"""Whether an answer refuses a bad request as it must."""

from __future__ import annotations

import re

from .corpus import Case
from .running import PROBLEM, Answer

# Words that only a programmer's or a database's text would have.
_NOT_FOR_PEOPLE = re.compile(
    r"Traceback|Error|Exception|sqlite|psycopg|pydantic|SELECT|INSERT|\b(the|must|invalid|not|is|be)\b"
)


def check_refusal(case: Case, answer: Answer) -> None:
    """Fail unless an answer has status, code and field of a case, and a sentence that a person can act on."""
    problem = answer.json()
    assert (answer.status, answer.headers["Content-Type"]) == (case.status, PROBLEM), problem
    assert (problem["status"], problem["codigo"], problem.get("campo")) == (
        case.status,
        case.code,
        case.field,
    ), problem
    assert re.fullmatch(r"[A-ZÁÉÍÓÚ“].{8,300}[.!?]", problem["mensagem"]), problem
    row = re.match(r"\w+\[(\d+)\]", case.field or "")
    assert problem.get("linha") == (int(row[1]) + 1 if row else None)
    assert not row or problem["mensagem"].startswith(f"Linha {int(row[1]) + 1}: ")
    assert not _NOT_FOR_PEOPLE.search(answer.body.decode()), problem
    assert len(answer.body) < 1_000
