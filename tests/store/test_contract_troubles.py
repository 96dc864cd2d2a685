"""What every store promises about what goes wrong: told once for each cause, until it is mended."""

from dataclasses import replace

import pytest

from bot.domain.occurrences import Occurrence
from bot.domain.posts import (
    Claimed,
    Delivered,
    Dropped,
    Event,
    Failed,
    Post,
    PostKind,
    PostState,
    Refused,
    Reopened,
    Unknown,
    Vanished,
    notice_key,
)
from bot.domain.troubles import Trouble
from tests.store.scene import ANN, DAY, GUILD, HOUR, NINE, claimed, daily, follow_up, on, posted

EVENING = daily("evening")
ELSEWHERE = daily("elsewhere", guild_id=99)
TUESDAY = NINE + DAY


@pytest.fixture(autouse=True)
async def _schedules(store):
    for schedule in (daily(), EVENING, ELSEWHERE):
        await store.save_schedule(schedule)


async def untold(store, limit):
    """The occurrences of the posts of which nobody was told yet."""
    return [await store.occurrence(post.subject) for post in await store.untold_posts(limit)]


async def tell(store, occurrence, about, notice):
    """Deals with the card of an occurrence, as it was found."""
    return await store.tell(occurrence.post, about, notice)


def trouble(occurrence: Occurrence, cause: str = "no right", **changes) -> Trouble:
    """Something that an admin should know of an occurrence's schedule."""
    made = Trouble(occurrence.guild_id, occurrence.schedule_id, cause, f"I could not post: {cause}.", NINE)
    return replace(made, **changes)


def notice(occurrence: Occurrence, name: str = "one") -> Post:
    """The message that tells an admin."""
    return Post(
        key=notice_key(occurrence.guild_id, name),
        kind=PostKind.NOTICE,
        subject=occurrence.key,
        guild_id=occurrence.guild_id,
        channel_id=0,
        rung=0,
        state=PostState.DUE,
        due=NINE,
        text="I could not post.",
        recipient=ANN,
    )


async def after(store, occurrence: Occurrence, event: Event) -> Occurrence:
    """The occurrence after its card was claimed and then came to this."""
    sending = await claimed(store, occurrence, NINE)
    assert await store.advance_post(sending.post, event, NINE)
    found = await store.occurrence(occurrence.key)
    assert found is not None
    return found


async def blocked_anew(store, occurrence: Occurrence) -> Occurrence:
    """The occurrence after its blocked card was tried again, in vain."""
    reopened = await store.advance_post(occurrence.post, Reopened(), NINE)
    sending = await store.advance_post(reopened, Claimed(), NINE)
    await store.advance_post(sending, Refused("no right"), NINE)
    return await store.occurrence(occurrence.key)


@pytest.mark.parametrize("event", [Refused("no right"), Unknown("unreadable"), Vanished("removed"), Dropped("late")])
async def test_a_card_that_is_not_in_its_channel_is_untold_until_it_is_dealt_with(store, event):
    """Whatever kept the card away waits to be told of, with its reason, once."""
    found = await after(store, on(0), event)
    assert await untold(store, 5) == [found]
    assert not await tell(store, found, None, None)
    assert await untold(store, 5) == []
    assert await store.troubles(GUILD) == []


async def test_a_card_that_is_skipped_from_the_start_is_untold(store):
    """A date that was given up before its card was ever due is no exception."""
    late = on(0, post=replace(on(0).post, state=PostState.SKIPPED, reason="the bot was down"))
    await store.add_occurrence(late)
    assert await untold(store, 5) == [late]


async def test_a_card_on_its_way_or_posted_is_nothing_to_tell_of(store):
    """Neither a card that is due, sending or posted nor a notice that is refused is a trouble."""
    await store.add_occurrence(on(0))
    await claimed(store, on(1), NINE)
    await after(store, on(2), Failed("Discord was away"))
    card = await posted(store, on(3), NINE)
    notice = replace(follow_up(card), key="notice", kind=PostKind.NOTICE, text="Look here.")
    await store.add_post(notice)
    sending = await store.advance_post(notice, Claimed(), NINE)
    assert await store.advance_post(sending, Refused("nobody could be told"), NINE)
    assert await untold(store, 5) == []


async def test_a_follow_up_that_is_refused_is_untold(store):
    """A thread that can't be opened is worth an admin's attention, too."""
    card = await posted(store, on(0), NINE)
    await store.add_post(follow_up(card))
    sending = await store.advance_post(follow_up(card), Claimed(), NINE)
    refused = await store.advance_post(sending, Refused("no right"), NINE)
    assert await store.untold_posts(5) == [refused]


async def test_untold_cards_come_in_order_and_in_portions(store):
    """After a long silence admins are told of the oldest first, a portion at a time."""
    for day in (2, 0, 1):
        await store.add_occurrence(on(day))
        await store.advance_post(on(day).post, Dropped("too late"), NINE + 3 * DAY)
    first = await untold(store, 2)
    assert [o.key for o in first] == [on(0).key, on(1).key]
    for occurrence in first:
        await tell(store, occurrence, None, None)
    assert [o.key for o in await untold(store, 2)] == [on(2).key]


async def test_the_first_with_a_cause_is_told_with_its_notice(store):
    """A trouble and the message that tells of it are kept together."""
    found = await after(store, on(0), Refused("no right"))
    assert await tell(store, found, trouble(found), notice(found))
    assert await store.troubles(GUILD) == [trouble(found)]
    assert await store.post(notice(found).key) == notice(found)
    assert await untold(store, 5) == []


async def test_a_cause_that_lasts_is_not_told_again(store):
    """A right that is missing for a week is one message, not seven."""
    found = await after(store, on(0), Refused("no right"))
    await tell(store, found, trouble(found), notice(found))
    again = await after(store, on(1), Refused("no right"))
    assert not await tell(store, again, trouble(again, since=TUESDAY), notice(again, "two"))
    assert await store.troubles(GUILD) == [trouble(found)]
    assert await store.post(notice(again, "two").key) is None
    assert await untold(store, 5) == []


async def test_other_causes_schedules_and_guilds_have_troubles_of_their_own(store):
    """Only the same cause on the same schedule is the same trouble; the oldest is named first."""
    found = await after(store, on(0), Refused("no right"))
    other = await after(store, on(1), Vanished("removed"))
    evening = await after(store, on(0, EVENING, hour=18), Refused("no right"))
    elsewhere = await after(store, on(0, ELSEWHERE), Refused("no right"))
    assert await tell(store, found, trouble(found, since=NINE + HOUR), notice(found))
    assert await tell(store, other, trouble(other, "removed"), notice(found, "two"))
    assert await tell(store, evening, trouble(evening, since=TUESDAY), notice(found, "three"))
    assert await tell(store, elsewhere, trouble(elsewhere), notice(elsewhere))
    assert [(t.schedule_id, t.cause) for t in await store.troubles(GUILD)] == [
        ("daily", "removed"),
        ("daily", "no right"),
        ("evening", "no right"),
    ]
    assert await store.troubles(ELSEWHERE.guild_id) == [trouble(elsewhere)]


async def test_news_of_a_card_that_has_moved_on_is_dropped(store):
    """If the card was tried again while somebody wrote the notice, nothing is told and nothing is marked."""
    stale = await after(store, on(0), Refused("no right"))
    fresh = await blocked_anew(store, stale)
    assert not await tell(store, stale, trouble(stale), notice(stale))
    assert await store.troubles(GUILD) == []
    assert await store.post(notice(stale).key) is None
    assert await untold(store, 5) == [fresh]
    reopened = await store.advance_post(fresh.post, Reopened(), NINE)
    assert reopened is not None
    assert not await tell(store, fresh, trouble(fresh), notice(fresh))
    assert await store.troubles(GUILD) == []


async def test_a_card_that_is_blocked_anew_is_untold_again(store):
    """What was told of belongs to one state; the next one is looked at afresh."""
    found = await after(store, on(0), Refused("no right"))
    await tell(store, found, trouble(found), notice(found))
    again = await blocked_anew(store, found)
    assert await untold(store, 5) == [again]
    dropped = await store.advance_post(again.post, Dropped("too late"), NINE)
    assert [o.post for o in await untold(store, 5)] == [dropped]


async def test_a_card_that_arrives_ends_the_troubles_of_its_schedule(store):
    """Once a question is out all is well there, and the same cause is news if it comes back."""
    found = await after(store, on(0), Refused("no right"))
    evening = await after(store, on(0, EVENING, hour=18), Refused("no right"))
    await tell(store, found, trouble(found), notice(found))
    await tell(store, found, trouble(found, "another"), notice(found, "two"))
    await tell(store, evening, trouble(evening), notice(evening, "three"))
    await posted(store, on(1), TUESDAY)
    assert await store.troubles(GUILD) == [trouble(evening)]
    back = await after(store, on(2), Refused("no right"))
    assert await tell(store, back, trouble(back, since=TUESDAY + DAY), notice(back, "four"))
    assert await store.post(notice(back, "four").key) == notice(back, "four")
    assert await store.troubles(GUILD) == [trouble(evening), trouble(back, since=TUESDAY + DAY)]


async def test_only_a_card_that_arrives_ends_a_trouble(store):
    """Neither the notice itself nor a follow-up nor a card that is only being sent shows that all is well."""
    earlier = await posted(store, on(0), NINE)
    found = await after(store, on(1), Refused("no right"))
    await tell(store, found, trouble(found), notice(found))
    await store.add_post(follow_up(earlier))
    for post in (notice(found), follow_up(earlier)):
        sending = await store.advance_post(post, Claimed(), TUESDAY)
        assert await store.advance_post(sending, Delivered(5), TUESDAY)
    await claimed(store, on(2), TUESDAY)
    assert await store.troubles(GUILD) == [trouble(found)]
