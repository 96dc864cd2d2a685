"""APScheduler as an alarm clock: a few ticks for the whole process. The database knows what is due, not this."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

Tick = Callable[[], Awaitable[None]]

EVERY = timedelta(seconds=15)


class AlarmClock:
    """Calls a tick every 15 seconds and at each full minute; a tick that fails is reported, not swallowed."""

    def __init__(self, tick: Tick, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # A late tick is still wanted, once, and never beside another.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(tick, IntervalTrigger(seconds=int(EVERY.total_seconds())), id="tick")
        self._scheduler.add_job(tick, CronTrigger(second=0, timezone="UTC"), id="minute")
        self._scheduler.add_listener(self._report, EVENT_JOB_ERROR)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Rings no more. A tick under way is the caller's to wait for."""
        if self._scheduler.running:
            self._scheduler.pause()

    def close(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _report(self, event: JobExecutionEvent) -> None:
        self._failed(event.exception)
