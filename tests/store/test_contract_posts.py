"""What every store promises about occurrences, their cards, and the other messages of a thread."""

from dataclasses import replace

import pytest

from bot.domain.posts import (
    CLAIM,
    Claimed,
    Delivered,
    Dropped,
    Failed,
    IllegalMove,
    PostKind,
    PostState,
    Refused,
    Reopened,
    Requested,
    Unknown,
    Vanished,
    hint_key,
    notice_key,
)
from tests.store.scene import ANN, CHANNEL, DAY, GUILD, HOUR, NINE, claimed, daily, follow_up, on, posted


@pytest.fixture(autouse=True)
async def _schedules(store):
    for schedule in (daily(), daily("evening"), daily("elsewhere", guild_id=99)):
        await store.save_schedule(schedule)


async def test_a_schedule_has_one_occurrence_for_a_local_date(store):
    """The second attempt to plan a date is told so, and changes nothing; another schedule has its own."""
    first = on(0, company="amazon")
    assert await store.add_occurrence(first)
    assert not await store.add_occurrence(on(0))
    assert not await store.add_occurrence(replace(on(0), key="another", post=on(1).post))
    assert await store.add_occurrence(on(0, daily("evening"), hour=18))
    assert await store.occurrence(first.key) == first
    assert await store.occurrence_on("daily", first.day) == first
    assert await store.occurrence_on("daily", first.day + DAY) is None
    assert await store.post(first.key) == first.post


async def test_a_claim_fixes_the_question_and_what_was_promised(store):
    """Before the first try everything that shapes the card is in its row."""
    await store.add_occurrence(on(0))
    found = await store.claim_card(
        on(0).key, NINE, lambda asked, _: f"chosen after {list(asked)}", NINE + DAY, "google"
    )
    assert found is not None
    assert (found.question_id, found.promised_until, found.company) == ("chosen after []", NINE + DAY, "google")
    assert found.post.state is PostState.SENDING
    assert (found.post.attempts, found.post.first_attempt) == (1, NINE)
    assert await store.occurrence(found.key) == found


async def test_a_claim_is_exclusive_while_it_holds(store):
    """Nobody else gets a card that is being sent; once the claim has run out, it may be taken over."""
    first = await claimed(store, on(0), NINE)
    assert await store.claim_card(first.key, NINE + CLAIM - HOUR / 3600, lambda *_: "other", None, None) is None
    again = await store.claim_card(first.key, NINE + CLAIM, lambda *_: "other", NINE + 5 * DAY, "google")
    assert again is not None
    assert again.post.attempts == 2
    assert again.post.first_attempt == NINE
    assert again.question_id == first.question_id
    assert (again.promised_until, again.company) == (None, None)


async def test_a_retry_sends_the_question_that_was_chosen_first(store):
    """A card that failed once asks the same question the next time."""
    first = await claimed(store, on(0), NINE, NINE + DAY)
    assert await store.advance_post(first.post, Failed("Discord was away"), NINE)
    again = await store.claim_card(first.key, NINE + HOUR, lambda *_: "other", None, None)
    assert again is not None
    assert (again.question_id, again.promised_until) == (first.question_id, NINE + DAY)


@pytest.mark.parametrize("event", [Delivered(1), Refused("no right"), Vanished("removed"), Unknown("unreadable")])
async def test_a_card_that_is_settled_is_not_claimed(store, event):
    """A card that is posted, blocked, removed or uncertain is left as it is."""
    sending = await claimed(store, on(0), NINE)
    settled = await store.advance_post(sending.post, event, NINE)
    assert await store.claim_card(sending.key, NINE + DAY, lambda *_: "other", None, None) is None
    assert await store.post(sending.key) == settled


async def test_nobody_claims_what_is_not_there(store):
    """A card that does not exist, or was skipped, can't be claimed."""
    await store.add_occurrence(on(0))
    await store.advance_post(on(0).post, Dropped("an admin skipped it"), NINE)
    assert await store.claim_card(on(0).key, NINE, lambda *_: "q", None, None) is None
    assert await store.claim_card("nothing", NINE, lambda *_: "q", None, None) is None


async def test_a_choice_that_fails_leaves_the_card_unclaimed(store):
    """If no question can be chosen the card stays due, and the error is told."""
    await store.add_occurrence(on(0))
    with pytest.raises(IndexError):
        await store.claim_card(on(0).key, NINE, lambda asked, _: asked[0], None, None)
    assert await store.occurrence(on(0).key) == on(0)


async def test_only_one_of_two_senders_moves_a_post_on(store):
    """Whoever comes second with the same news is told that the post is no longer as they saw it."""
    sending = (await claimed(store, on(0), NINE)).post
    sent = await store.advance_post(sending, Delivered(5), NINE + HOUR)
    assert sent == replace(sending, state=PostState.SENT, message_id=5, sent_at=NINE + HOUR, claim_until=None)
    assert await store.advance_post(sending, Delivered(6), NINE + HOUR) is None
    assert await store.advance_post(replace(sending, attempts=0), Delivered(6), NINE) is None
    assert await store.post(sending.key) == sent


async def test_an_old_attempt_can_not_report_for_a_newer_one(store):
    """A sender whose claim was taken over has nothing to say any more."""
    old = await claimed(store, on(0), NINE)
    new = await store.claim_card(old.key, NINE + CLAIM, lambda *_: "q", None, None)
    assert new is not None
    assert await store.advance_post(old.post, Failed("timed out"), NINE + CLAIM) is None
    assert await store.advance_post(new.post, Delivered(5), NINE + CLAIM) is not None


async def test_an_illegal_move_is_an_error_and_changes_nothing(store):
    """A card that nobody claimed can't be delivered."""
    await store.add_occurrence(on(0))
    with pytest.raises(IllegalMove):
        await store.advance_post(on(0).post, Delivered(5), NINE)
    assert await store.post(on(0).key) == on(0).post
    assert await store.advance_post(on(9).post, Claimed(), NINE) is None


async def test_due_posts_are_those_that_wait_and_those_whose_sender_went_silent(store):
    """The poster finds what is due and what was left half done, the oldest first, as many as it wants."""
    for day in range(3):
        await store.add_occurrence(on(day))
    assert await store.due_posts(NINE - HOUR, 10) == []
    assert [p.key for p in await store.due_posts(NINE + DAY, 10)] == [on(0).key, on(1).key]
    assert [p.key for p in await store.due_posts(NINE + 9 * DAY, 2)] == [on(0).key, on(1).key]
    await claimed(store, on(0), NINE)
    assert await store.due_posts(NINE + CLAIM / 2, 10) == []
    assert [p.key for p in await store.due_posts(NINE + CLAIM, 10)] == [on(0).key]


async def test_a_failed_post_waits_for_its_pause(store):
    """After a passing failure the post is due again, a little later."""
    sending = await claimed(store, on(0), NINE)
    failed = await store.advance_post(sending.post, Failed("Discord was away"), NINE)
    assert failed is not None
    assert await store.due_posts(NINE, 10) == []
    assert await store.due_posts(failed.due, 10) == [failed]


async def test_blocked_posts_wait_for_an_admin_and_can_be_reopened(store):
    """A card or follow-up that Discord refuses is listed until its cause is gone; a notice that is refused is not."""
    sending = await claimed(store, on(0), NINE)
    blocked = await store.advance_post(sending.post, Refused("the bot lacks Send Messages"), NINE)
    rung = await store.advance_post(follow_up(sending), Claimed(), NINE)
    assert rung is None
    await store.add_post(follow_up(sending))
    rung = await store.advance_post(follow_up(sending), Claimed(), NINE)
    refused = await store.advance_post(rung, Refused("the bot lacks Send Messages"), NINE)
    notice = replace(follow_up(sending), key="notice", kind=PostKind.NOTICE, text="Look here.")
    await store.add_post(notice)
    claimed_notice = await store.advance_post(notice, Claimed(), NINE)
    assert await store.advance_post(claimed_notice, Refused("nobody could be told"), NINE)
    assert {p.key for p in await store.blocked_posts()} == {blocked.key, refused.key}
    assert await store.due_posts(NINE + DAY, 10) == []
    reopened = await store.advance_post(blocked, Reopened(), NINE + HOUR)
    assert await store.blocked_posts() == [refused]
    assert list(await store.due_posts(NINE + DAY, 10)) == [reopened]


async def test_a_post_is_added_once(store):
    """Two members who unlock the same follow-up bring about one message."""
    occurrence = await posted(store, on(0), NINE)
    rung = follow_up(occurrence, channel_id=occurrence.post.message_id)
    assert await store.add_post(rung)
    assert not await store.add_post(replace(rung, due=NINE + DAY))
    assert await store.post(rung.key) == rung
    assert await store.post("nothing") is None


async def test_a_notice_comes_back_with_its_words_and_its_reader(store):
    """What an admin is to read, and who reads it if no channel takes it, is kept from adding it to sending it."""
    await store.add_occurrence(on(0))
    notice = replace(
        follow_up(on(0), 0),
        key=notice_key(GUILD, "no right"),
        kind=PostKind.NOTICE,
        channel_id=0,
        text="I could not post in <#20>: naïve 分散",
        recipient=ANN,
    )
    await store.add_post(notice)
    assert await store.post(notice.key) == notice
    assert notice in await store.due_posts(NINE, 5)
    sending = await store.advance_post(notice, Claimed(), NINE)
    sent = await store.advance_post(sending, Delivered(9), NINE)
    assert sent is not None
    assert (sent.state, sent.text, sent.recipient) == (PostState.SENT, notice.text, ANN)
    assert await store.open_occurrences(GUILD) == []


async def test_a_card_that_an_admin_requests_is_not_late_for_its_passed_instant(store):
    """A question wanted in the afternoon, after nine had been given up, counts as scheduled in the afternoon."""
    await store.add_occurrence(on(0))
    skipped = await store.advance_post(on(0).post, Dropped("too late"), NINE)
    requested = await store.advance_post(skipped, Requested(), NINE + 5 * HOUR)
    assert requested is not None
    assert (requested.state, requested.due) == (PostState.DUE, NINE + 5 * HOUR)
    found = await store.occurrence(on(0).key)
    assert found == replace(on(0), scheduled=NINE + 5 * HOUR, post=requested)


async def test_a_card_that_an_admin_requests_early_keeps_its_own_instant(store):
    """A question posted ahead of nine is still the one of nine, and so is one that only became free again."""
    await store.add_occurrence(on(0))
    requested = await store.advance_post(on(0).post, Requested(), NINE - HOUR)
    assert await store.occurrence(on(0).key) == replace(on(0), post=requested)
    sending = await claimed(store, on(1), NINE + DAY)
    blocked = await store.advance_post(sending.post, Refused("no right"), NINE + DAY)
    await store.advance_post(blocked, Reopened(), NINE + DAY + HOUR)
    found = await store.occurrence(on(1).key)
    assert found is not None
    assert found.scheduled == NINE + DAY


async def test_a_follow_up_that_is_requested_leaves_its_card_alone(store):
    """Only the card carries the instant of its occurrence."""
    occurrence = await posted(store, on(0), NINE)
    await store.add_post(follow_up(occurrence))
    assert await store.advance_post(follow_up(occurrence), Requested(), NINE + HOUR)
    assert await store.occurrence(occurrence.key) == occurrence


async def test_a_message_of_ours_tells_the_rung_that_it_asks(store):
    """A reply is matched to the card or the follow-up it replies to; a hint and other threads ask nothing."""
    occurrence = await posted(store, on(0), NINE)
    other = await posted(store, on(1), NINE + DAY)
    hint = replace(follow_up(occurrence, 0), key=hint_key(occurrence.key), kind=PostKind.HINT)
    for message_id, post in ((51, follow_up(occurrence, 2)), (52, follow_up(occurrence, 1)), (53, hint)):
        await store.add_post(post)
        sending = await store.advance_post(post, Claimed(), NINE)
        await store.advance_post(sending, Delivered(message_id), NINE)
    await store.add_post(follow_up(occurrence, 3))
    assert await store.rung_of(occurrence.key, occurrence.post.message_id) == 0
    assert await store.rung_of(occurrence.key, 51) == 2
    assert await store.rung_of(occurrence.key, 53) is None
    assert await store.rung_of(other.key, 51) is None
    assert await store.rung_of(occurrence.key, 404) is None
    assert await store.open_rungs(occurrence.key) == [1, 2]
    assert await store.open_rungs(other.key) == []


async def test_posted_occurrences_are_found_by_thread_and_by_age(store):
    """A thread leads to its question; a guild's newest open question comes first, closed ones drop out."""
    old = await posted(store, on(0), NINE)
    new = await posted(store, on(1), NINE + DAY)
    await store.add_occurrence(on(2))
    await posted(store, on(0, daily("elsewhere", guild_id=99)), NINE + 2 * DAY)
    assert await store.occurrence_of_thread(old.post.message_id) == old
    assert await store.occurrence_of_thread(CHANNEL) is None
    assert await store.open_occurrences(GUILD) == [new, old]
    assert await store.latest_occurrence(GUILD) == new
    await store.close_occurrence(new.key, NINE + 3 * DAY, None)
    assert await store.open_occurrences(GUILD) == [old]
    assert await store.latest_occurrence(GUILD) == replace(new, closed_at=NINE + 3 * DAY)
    assert await store.latest_occurrence(404) is None


async def test_the_history_of_a_schedule_begins_with_its_newest_date(store):
    """An admin sees what became of the last dates, posted or not, as many as asked for."""
    old, new = await posted(store, on(0), NINE), await posted(store, on(2), NINE + 2 * DAY)
    await store.add_occurrence(on(1))
    await store.advance_post(on(1).post, Dropped("too late"), NINE + 3 * DAY)
    left_out = await store.occurrence(on(1).key)
    await posted(store, on(0, daily("evening"), hour=18), NINE)
    assert await store.history("daily", 5) == [new, left_out, old]
    assert await store.history("daily", 2) == [new, left_out]
    assert await store.history("none", 5) == []


async def test_a_thread_is_not_found_by_the_id_of_a_follow_up(store):
    """Only a card's message is a thread's beginning."""
    occurrence = await posted(store, on(0), NINE)
    await store.add_post(follow_up(occurrence))
    sending = await store.advance_post(follow_up(occurrence), Claimed(), NINE)
    await store.advance_post(sending, Delivered(77), NINE)
    assert await store.occurrence_of_thread(77) is None


async def test_the_dates_taken_are_told_with_how_they_stand(store):
    """What is posted, planned or skipped from a date on keeps the schedule from using the date again."""
    await posted(store, on(0), NINE)
    await store.add_occurrence(on(1))
    await store.add_occurrence(on(2))
    await store.advance_post(on(2).post, Dropped("an admin skipped it"), NINE)
    taken = await store.days_taken("daily", on(0).day)
    assert taken == {on(0).day: PostState.SENT, on(1).day: PostState.DUE, on(2).day: PostState.SKIPPED}
    assert list(await store.days_taken("daily", on(2).day)) == [on(2).day]
    assert await store.days_taken("evening", on(0).day) == {}
