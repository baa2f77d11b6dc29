"""What this program asks of the server about analyses, and how far work is that takes long."""

from __future__ import annotations

from almoxarife.client import analysis, progress
from almoxarife.client.analysis import Analysis, FileFormat, Wanted
from almoxarife.client.progress import Progress
from almoxarife.client.session import Session


class AnalysisCalls:
    """Calls to one server; each may take long and raise errors of ``client.errors``."""

    _session: Session

    def analyse(self, wanted: Wanted, limit: int, work_id: str) -> Analysis:
        """Return an analysis with at most so many rows."""
        return analysis.analyse(self._session, wanted, limit, work_id)

    def analysis_file(self, wanted: Wanted, file_format: FileFormat, work_id: str) -> bytes:
        """Return an analysis as a file, with all its rows."""
        return analysis.file(self._session, wanted, file_format, work_id)

    def progress(self, work_id: str) -> Progress | None:
        """Return how far a call is that was sent with an id, None when nobody knows."""
        return progress.look(self._session, work_id)

    def stop_work(self, work_id: str) -> None:
        """Let a call end at the server."""
        progress.stop(self._session, work_id)
