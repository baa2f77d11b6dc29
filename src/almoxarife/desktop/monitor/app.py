"""The monitor: builds its window and joins screens, presenters, log file and server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from almoxarife import logs
from almoxarife.client.session import Session
from almoxarife.config import Settings
from almoxarife.desktop.kit.jobs import Jobs
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.theme import Window
from almoxarife.desktop.kit.timer import TkTimer
from almoxarife.desktop.login.presenter import LoginPresenter
from almoxarife.desktop.login.view import LoginScreen
from almoxarife.desktop.monitor.alerts.presenter import AlertStrip
from almoxarife.desktop.monitor.api import Api
from almoxarife.desktop.monitor.flow import Flow
from almoxarife.desktop.monitor.frame.view import MonitorFrame
from almoxarife.desktop.monitor.live.charts import Charts
from almoxarife.desktop.monitor.live.filters import Filters
from almoxarife.desktop.monitor.live.presenter import LivePresenter
from almoxarife.desktop.monitor.live.side import Side
from almoxarife.desktop.monitor.live.view import Actions, LiveScreen
from almoxarife.desktop.monitor.log_file import LogFile
from almoxarife.desktop.trust.view import meet
from almoxarife.i18n import _


class Program:
    """The window with everything in it."""

    def __init__(self, settings: Settings, authority: Path | None = None) -> None:
        """``authority``: who alone may vouch for the server; None for those of the system."""
        self.preferences = Preferences(settings.data_dir)
        self.window = Window(_("Almoxarife — Monitor"), self.preferences)
        self.jobs = Jobs(self.window)
        self.log = LogFile(settings.data_dir / "logs")
        api = Api(Session(settings.server_url, authority=authority, program="almoxarife-monitor"))
        self.frame = MonitorFrame(self.window, settings.server_url)
        self.login = LoginScreen(self.frame.content)
        self.live = LiveScreen(self.frame.content)
        self.live.alerts.sounds.set(self.preferences.alert_sound)
        self.frame.add("login", self.login)
        self.frame.add("live", self.live)
        self.flow = Flow(self.frame, self.jobs, api.log_out)
        timer = TkTimer(self.window)
        self.filters = Filters(
            api.place_names,
            self.jobs,
            timer,
            self.live.filters,
            lambda wanted: self.watcher.filter(wanted),
        )
        self.alerts = AlertStrip(api.open_alerts, self.jobs, _now, self.live.alerts)
        self.watcher = LivePresenter(
            api,
            self.jobs,
            timer,
            _now,
            self.log,
            self.live,
            self.frame,
            self.flow.session_expired,
            Side(Charts(api, self.jobs, _now, self.live), self.filters, self.alerts),
        )
        login = LoginPresenter(api.log_in, self.jobs, self.login, self.flow.logged_in)
        self.login.connect(login.submit)
        self.flow.lead(login, self.watcher)
        self._connect()

    def start(self) -> None:
        """Show the window with the log-in."""
        self.window.deiconify()
        self.window.focus_force()
        self.flow.start()

    def close(self) -> None:
        """End; calls under way are left to themselves."""
        self.watcher.close()
        self.jobs.close()
        self.window.destroy()

    def _connect(self) -> None:
        watcher = self.watcher
        self.live.connect(
            Actions(
                type_filter=self.filters.type,
                choose_kind=self.filters.choose_kind,
                choose_place=self.filters.choose_place,
                choose_user=self.filters.choose_user,
                choose_alerts=self.alerts.choose_kind,
                next_alert=self.alerts.show_next,
                switch_sound=self._switch_sound,
                select=watcher.select,
                ask_now=watcher.ask_now,
                dismiss_notice=watcher.dismiss_notice,
            )
        )
        self.live.bind_keys(self.window)
        self.frame.connect(self.flow.log_out, self._switch_wall)
        self.window.bind("<F11>", lambda event: self._switch_wall(), add=True)
        self.window.protocol("WM_DELETE_WINDOW", self.close)

    def _switch_sound(self, sounds: bool) -> None:
        self.preferences.alert_sound = sounds

    def _switch_wall(self) -> None:
        self.window.switch_wall()
        self.live.show_log(not self.window.on_wall)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def run(settings: Settings) -> int:
    """Run the monitor until its window is closed; return the exit status."""
    logs.configure()
    met = meet(settings)
    if met is None:
        return 0
    program = Program(settings, met.authority)
    program.start()
    program.window.mainloop()
    return 0
