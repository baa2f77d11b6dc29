"""What this program asks of the server about analyses."""

from __future__ import annotations

from almoxarife.client import analysis
from almoxarife.client.analysis import Analysis, FileFormat, Wanted
from almoxarife.client.session import Session


class AnalysisCalls:
    """Calls to one server; each may take long and raise errors of ``client.errors``."""

    _session: Session

    def analyse(self, wanted: Wanted, limit: int) -> Analysis:
        """Return an analysis with at most so many rows."""
        return analysis.analyse(self._session, wanted, limit)

    def analysis_file(self, wanted: Wanted, file_format: FileFormat) -> bytes:
        """Return an analysis as a file, with all its rows."""
        return analysis.file(self._session, wanted, file_format)
