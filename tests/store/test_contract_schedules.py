"""What every store promises about the installation's facts, schedules and plans."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.posts import Dropped, PostState, step
from bot.domain.schedules import Selection
from bot.services.ports import GuildSettings
from tests.store.scene import DAY, GUILD, HOUR, NINE, daily, on


async def test_a_fact_is_remembered_until_it_is_replaced(store):
    """What the bot notes about itself is there again, in its newest form, and nothing is there before."""
    assert await store.recall("intents") is None
    await store.remember("intents", "none")
    await store.remember("intents", "message content")
    assert await store.recall("intents") == "message content"


async def test_a_guild_has_defaults_until_an_admin_chooses(store):
    """Where notices go is each guild's own choice, and can be taken back."""
    chosen = GuildSettings(GUILD, log_channel_id=77)
    assert await store.guild(GUILD) == GuildSettings(GUILD)
    await store.save_guild(chosen)
    assert await store.guild(GUILD) == chosen
    assert await store.guild(99) == GuildSettings(99)
    await store.save_guild(GuildSettings(GUILD))
    assert await store.guild(GUILD) == GuildSettings(GUILD)


async def test_a_schedule_comes_back_as_it_was_saved(store):
    """Every setting of a schedule survives being stored."""
    full = daily(
        zone="Pacific/Chatham",
        at=time(7, 45),
        weekdays=frozenset({0, 4}),
        company="amazon",
        selection=Selection("ml-core", 2, 4),
        catch_up=timedelta(minutes=45),
        paused_until=date.max,
        next_due=NINE,
    )
    plain = daily("plain", weekdays=frozenset())
    await store.save_schedule(full)
    await store.save_schedule(plain)
    assert await store.schedule(full.id) == full
    assert await store.schedule(plain.id) == plain
    assert await store.schedule("none") is None


async def test_changing_what_a_schedule_draws_from_keeps_the_rest(store):
    """An admin who narrows the difficulty finds it narrowed, and can widen it again."""
    narrow = daily(selection=Selection("ml-core", 3, 3), catch_up=timedelta(hours=1))
    for schedule in (daily(), narrow, daily()):
        await store.save_schedule(schedule)
        assert await store.schedule(schedule.id) == schedule


async def test_saving_a_schedule_again_replaces_it_in_its_place(store):
    """An admin who changes the time has one schedule, and it is still the guild's oldest."""
    first, second, elsewhere = daily("b"), daily("a"), daily("c", guild_id=99)
    for schedule in (first, second, elsewhere, replace(first, at=time(18))):
        await store.save_schedule(schedule)
    assert await store.schedules_of(GUILD) == [replace(first, at=time(18)), second]
    assert await store.all_schedules() == [replace(first, at=time(18)), second, elsewhere]


async def test_schedules_are_due_from_their_instant_on(store):
    """A schedule is looked at when its instant has come, the longest waiting first; a paused one never is."""
    late, later = daily("late", next_due=NINE + HOUR), daily("later", next_due=NINE)
    await store.save_schedule(daily("paused"))
    await store.save_schedule(late)
    await store.save_schedule(later)
    assert await store.due_schedules(NINE - HOUR) == []
    assert await store.due_schedules(NINE) == [later]
    assert await store.due_schedules(NINE + HOUR) == [later, late]


async def test_a_plan_adds_its_occurrences_and_moves_on(store):
    """What fell due becomes occurrences, with a reason where one was missed, and the schedule looks ahead."""
    schedule = daily(next_due=NINE)
    await store.save_schedule(schedule)
    missed = on(0, schedule)
    missed = replace(missed, post=step(missed.post, Dropped("the bot was down"), NINE))
    assert await store.apply_plan(schedule, [missed, on(1, schedule)], NINE + 2 * DAY)
    assert await store.occurrence(missed.key) == missed
    assert await store.schedule(schedule.id) == replace(schedule, next_due=NINE + 2 * DAY)
    assert await store.days_taken(schedule.id, missed.day) == {
        missed.day: PostState.SKIPPED,
        missed.day + DAY: PostState.DUE,
    }


async def test_a_plan_made_from_an_old_schedule_is_refused(store):
    """If an admin moved the schedule while the plan was made, nothing of the plan happens."""
    stale = daily(next_due=NINE)
    await store.save_schedule(replace(stale, next_due=NINE + HOUR))
    assert not await store.apply_plan(stale, [on(0, stale)], None)
    assert await store.occurrence_on(stale.id, on(0).day) is None
    assert (await store.due_schedules(NINE + HOUR))[0].next_due == NINE + HOUR


async def test_a_plan_leaves_a_date_that_was_posted_early_alone(store):
    """A question posted ahead of its time is not posted again when its time comes."""
    schedule = daily(next_due=NINE)
    early = on(0, schedule, company="startup")
    await store.save_schedule(schedule)
    await store.add_occurrence(early)
    assert await store.apply_plan(schedule, [on(0, schedule)], NINE + DAY)
    assert await store.occurrence(early.key) == early


async def test_the_last_plan_of_a_schedule_has_nothing_to_look_for(store):
    """A schedule that nobody resumes is not looked at again, until it is."""
    schedule = daily(next_due=NINE)
    await store.save_schedule(schedule)
    assert await store.apply_plan(schedule, [], None)
    assert await store.due_schedules(NINE + 365 * DAY) == []
    resting = replace(schedule, next_due=None)
    assert await store.apply_plan(resting, [], NINE + DAY)
