"""Why PostgreSQL cannot be reached, in the person's language: what its driver and its server say of it is English."""

from __future__ import annotations

import re

from almoxarife.i18n import N_, _

_KNOWN = (
    (
        r'"(?P<host>[^"]*)", port (?P<port>\d+) failed: Connection refused',
        N_("no PostgreSQL server answers at {host}, port {port}; see that it runs and that both are right"),
    ),
    (r"failed to resolve host '(?P<host>[^']*)'", N_("there is no computer named {host}")),
    (
        r'database "(?P<name>[^"]*)" does not exist',
        N_("the PostgreSQL server has no database {name}; make it first, for instance with createdb"),
    ),
    (r'role "(?P<name>[^"]*)" does not exist', N_("the PostgreSQL server knows no user {name}")),
    (
        r'password authentication failed for user "(?P<name>[^"]*)"',
        N_("the PostgreSQL server does not take this password of {name}"),
    ),
    (
        r"no password supplied",
        N_("the PostgreSQL server wants a password; it belongs into the address, in ALMOXARIFE_BANCO"),
    ),
    (
        r"no pg_hba\.conf entry",
        N_("the PostgreSQL server does not let this computer, user and database in (pg_hba.conf)"),
    ),
    (
        r"timeout expired|timed out",
        N_("the PostgreSQL server does not answer in time; see that network and firewall let it"),
    ),
    (
        r"the database system is (starting up|shutting down)",
        N_("the PostgreSQL server is being started or ended; try again in a moment"),
    ),
)


def translated(words: str) -> str:
    """Return what the driver's words mean; themselves when they are about something else."""
    for pattern, sentence in _KNOWN:
        found = re.search(pattern, words)
        if found is not None:
            return _(sentence).format_map(found.groupdict())
    return words
