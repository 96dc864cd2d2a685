"""APScheduler as an alarm clock: a few ticks for the whole process; and a pacemaker for what asks for an instant.

The database knows what is due, not this.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

Tick = Callable[[], Awaitable[None]]

SECONDS = "*/15"
"""At these seconds of each minute: a full minute, at which questions are due, is one of them."""

WATCH = 30.0
"""Seconds (steady clock) between looks at whether the ticks are where the wall clock says they should be."""

# It warns whenever a tick is still at work when the next one is due, which is what `max_instances` is for.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
# What a tick fails of is told by whoever it is reported to.
logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)


class Pacemaker:
    """Calls `work` at the instant that it last asked for, or as soon as it is rung; never twice at once.

    `work` gets the present instant and tells when it wants to be called again: None for not before a ring.
    """

    def __init__(self, work: Callable[[datetime], Awaitable[datetime | None]]) -> None:
        self._work = work
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def keep(self) -> None:
        """Goes on for ever; raises what `work` raises."""
        while True:
            self._rung.clear()
            wanted = await self._work(datetime.now(UTC))
            wait = None if wanted is None else max(0.0, (wanted - datetime.now(UTC)).total_seconds())
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._rung.wait()


class AlarmClock:
    """Calls each tick every 15 seconds and at each full minute, never twice at once, whatever the others do.

    A tick that fails is reported to `failed`, not swallowed.
    """

    def __init__(self, ticks: Mapping[str, Tick], failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # A late tick is still wanted, once, and never beside another.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name, tick in ticks.items():
            self._scheduler.add_job(tick, CronTrigger(second=SECONDS, timezone="UTC"), id=name)
        self._scheduler.add_listener(self._report, EVENT_JOB_ERROR)

    def start(self, *, at_once: str) -> None:
        """Starts ringing; the tick called `at_once` right away."""
        self._scheduler.start()
        self.ring(at_once)

    def ring(self, name: str) -> None:
        """Calls one tick as soon as can be."""
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    async def keep(self) -> None:
        """Watches over the ticks for ever: after the wall clock was set back they would wait for the old time."""
        while True:
            await asyncio.sleep(WATCH)
            latest = datetime.now(UTC) + timedelta(seconds=WATCH)
            for job in self._scheduler.get_jobs():
                if job.next_run_time is not None and job.next_run_time > latest:
                    job.modify(next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """Rings no more. A tick under way is the caller's to wait for."""
        if self._scheduler.running:
            self._scheduler.pause()

    def close(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _report(self, event: JobExecutionEvent) -> None:
        self._failed(event.exception)
