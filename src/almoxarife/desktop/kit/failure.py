"""What a screen says when its work did not succeed."""

from __future__ import annotations

import logging

from almoxarife.client.errors import ClientError
from almoxarife.i18n import _

_logger = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """Return what to tell the person; what nobody foresaw goes to the log as well."""
    if isinstance(error, ClientError):
        return error.message
    _logger.error("unforeseen error in a job", exc_info=error)
    return _("Something unforeseen happened. Try again; if it goes on, restart the program.")
