"""What a store promises about rapid-fire rounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.boards import board
from bot.domain.posts import Claimed, Delivered, PostKind, PostState
from bot.domain.rapidfire import COUNTDOWN, GRACE, Halted, Phase, Resumed, TimePassed, Timing
from bot.services.rapidfire_ports import Appealed, AppealState, AttemptId, Decided, Joining
from bot.store.sqlite_rounds import SqliteRounds
from tests.store.arena import CHANNEL, PROMPTS, ROUND, SECOND, begin, finish, given, open_lobby
from tests.store.scene import ANN, BEN, DAY, GUILD, NINE

ASKED = NINE + COUNTDOWN
CAT = 303


@pytest.fixture
def rounds(store):
    return SqliteRounds(store)


async def test_a_channel_has_one_round_under_way(rounds):
    """A second one is refused until the first is over; other channels do not mind."""
    assert await open_lobby(rounds)
    assert not await open_lobby(rounds, round_id="second")
    assert await open_lobby(rounds, round_id="elsewhere", channel=CHANNEL + 1)
    await rounds.advance_round(await rounds.round(ROUND), Halted("enough"), NINE)
    assert await open_lobby(rounds, round_id="second")
    assert (await rounds.latest_round(GUILD, CHANNEL)).id == "second"


async def test_a_round_comes_back_as_it_was_stored(rounds):
    """Rules, prompts and instants."""
    await open_lobby(rounds, teams=2, seconds=15, partial=True, company="amazon")
    asking = await begin(rounds)
    assert await rounds.round(ROUND) == asking
    assert asking.prompts == PROMPTS
    assert (asking.rules.teams, asking.rules.seconds, asking.rules.partial) == (2, 15, True)
    assert asking.phase is Phase.ASKING


async def test_only_one_of_two_moves_from_the_same_state_is_made(rounds):
    """The slower one learns that it came too late."""
    await open_lobby(rounds)
    asking = await begin(rounds)
    assert await rounds.advance_round(asking, Halted("one"), ASKED) is not None
    assert await rounds.advance_round(asking, Halted("two"), ASKED) is None
    assert (await rounds.round(ROUND)).reason == "one"


async def test_every_move_brings_its_messages_along(rounds, store):
    """The lobby's card, then one message for each prompt, then the podium."""
    await open_lobby(rounds)
    assert [post.kind for post in await rounds.due_messages(NINE)] == [PostKind.LOBBY]
    await begin(rounds)
    assert (await rounds.message(ROUND, PostKind.PROMPT, 1)).rung == 1
    over = await finish(rounds)
    assert over.phase is Phase.FINISHED
    kinds = [post.kind for post in await rounds.due_messages(over.until)]
    assert kinds == [PostKind.LOBBY, PostKind.PROMPT, PostKind.PROMPT, PostKind.PODIUM]


async def test_an_answer_in_time_is_kept_and_lets_its_author_in(rounds):
    """Somebody who never pressed Join plays from then on."""
    await open_lobby(rounds)
    await begin(rounds)
    taken = await rounds.record_attempt(ROUND, 1, given(CAT, ASKED + SECOND))
    assert taken.timing is Timing.IN_TIME
    scene = await rounds.scene(ROUND)
    assert CAT in {player.user_id for player in scene.players}
    assert [attempt.left for attempt in scene.attempts] == [950]


async def test_the_last_answer_in_time_counts_whatever_the_order_of_arrival(rounds):
    """A newer one replaces, an older one that was held up does not, and the same event twice changes nothing."""
    await open_lobby(rounds)
    await begin(rounds)
    first, second = given(ANN, ASKED + SECOND, accepted=False), given(ANN, ASKED + 2 * SECOND)
    assert not (await rounds.record_attempt(ROUND, 1, second)).is_change
    assert not (await rounds.record_attempt(ROUND, 1, first)).is_change
    assert not (await rounds.record_attempt(ROUND, 1, second)).is_change
    assert [attempt.accepted for attempt in (await rounds.scene(ROUND)).attempts] == [True]
    third = given(ANN, ASKED + 3 * SECOND, accepted=False)
    assert (await rounds.record_attempt(ROUND, 1, third)).is_change
    assert [attempt.accepted for attempt in (await rounds.scene(ROUND)).attempts] == [False]


@pytest.mark.parametrize(
    ("number", "wait", "timing"),
    [(1, 20, Timing.IN_TIME), (1, 21, Timing.TOO_LATE), (2, 1, Timing.TOO_EARLY)],
)
async def test_an_answer_is_judged_by_its_own_instant(rounds, number, wait, timing):
    """On the deadline it counts; a second later nothing is kept."""
    await open_lobby(rounds)
    await begin(rounds)
    taken = await rounds.record_attempt(ROUND, number, given(ANN, ASKED + wait * SECOND))
    assert taken.timing is timing
    assert len((await rounds.scene(ROUND)).attempts) == (timing is Timing.IN_TIME)


async def test_the_standings_are_the_fold_of_finished_rounds(rounds):
    """Two who answered make it ranked; what the board says is what the standings add up."""
    await open_lobby(rounds)
    await begin(rounds)
    await rounds.record_attempt(ROUND, 1, given(ANN, ASKED + SECOND))
    await rounds.record_attempt(ROUND, 1, given(BEN, ASKED + SECOND, accepted=False, points=0))
    assert await rounds.standings(GUILD, None) == []
    over = await finish(rounds)
    scene = await rounds.scene(ROUND)
    places = board(scene.players, scene.attempts, over.prompts, over.rules)
    found = await rounds.standings(GUILD, None)
    assert {one.user_id: one.score for one in found} == {place.who: place.score for place in places}
    assert [one.wins for one in found] == [1, 0]
    assert await rounds.standings(GUILD, over.until + DAY) == []


async def test_a_round_of_one_is_practice(rounds):
    """It does not count in the standings."""
    await open_lobby(rounds)
    await begin(rounds)
    await rounds.record_attempt(ROUND, 1, given(ANN, ASKED + SECOND))
    await finish(rounds)
    assert await rounds.standings(GUILD, None) == []


async def test_an_appeal_is_decided_once_and_corrects_everything_with_it(rounds):
    """Upheld by somebody else: the board and the standings have it, and authors can read it."""
    await open_lobby(rounds)
    await begin(rounds)
    await rounds.record_attempt(ROUND, 1, given(ANN, ASKED + SECOND))
    await rounds.record_attempt(ROUND, 1, given(BEN, ASKED + SECOND, accepted=False, points=0, text="quince"))
    await finish(rounds)
    case = AttemptId(ROUND, 1, BEN)
    assert await rounds.put_appeal(case, None, NINE) is Appealed.PUT
    assert await rounds.put_appeal(case, None, NINE) is Appealed.BEFORE
    assert await rounds.put_appeal(AttemptId(ROUND, 1, ANN), None, NINE) is Appealed.COUNTS_ALREADY
    assert await rounds.put_appeal(AttemptId(ROUND, 2, ANN), None, NINE) is Appealed.NO_ANSWER
    assert [appeal.text for appeal in await rounds.open_appeals(GUILD)] == ["quince"]
    assert await rounds.decide_appeal(case, BEN, AppealState.UPHELD, NINE) is Decided.OWN
    assert await rounds.decide_appeal(case, CAT, AppealState.UPHELD, NINE) is Decided.NOW
    assert await rounds.decide_appeal(case, CAT, AppealState.DECLINED, NINE) is Decided.BEFORE
    assert [one.score for one in await rounds.standings(GUILD, None)] == [10, 10]
    assert [appeal.prompt for appeal in await rounds.upheld_appeals()] == ["one"]
    assert await rounds.open_appeals(GUILD) == []


async def test_three_appeals_a_day_are_enough(rounds):
    """The fourth has to wait until tomorrow."""
    outcomes = []
    for at in range(4):
        name = f"round {at}"
        await open_lobby(rounds, round_id=name, channel=CHANNEL + at)
        await begin(rounds, round_id=name)
        await rounds.record_attempt(name, 1, given(ANN, ASKED + SECOND, accepted=False))
        outcomes.append(await rounds.put_appeal(AttemptId(name, 1, ANN), None, NINE))
    assert outcomes == [Appealed.PUT] * 3 + [Appealed.TOO_MANY]
    assert await rounds.put_appeal(AttemptId("round 3", 1, ANN), None, NINE + 2 * DAY) is Appealed.PUT


async def test_prompts_that_were_never_asked_may_come_again(rounds):
    """A round that is stopped gives back what it had drawn and not asked."""
    await open_lobby(rounds)
    await rounds.advance_round(await begin(rounds), Halted("enough"), ASKED)
    had = []
    await open_lobby(rounds, round_id="second")
    await rounds.begin_round(await rounds.round("second"), lambda asked: had.extend(asked) or PROMPTS, NINE)
    assert had == ["one"]


async def test_teams_are_filled_up_when_the_lobby_ends_and_late_comers_go_where_few_are(rounds):
    """Nobody is left without a team."""
    await open_lobby(rounds, teams=2, players=(ANN,))
    await rounds.join(ROUND, Joining(BEN, "Ben"), 1)
    await begin(rounds)
    teams = {player.user_id: player.team for player in (await rounds.scene(ROUND)).players}
    assert teams == {ANN: 2, BEN: 1}
    await rounds.record_attempt(ROUND, 1, given(CAT, ASKED + SECOND))
    assert (await rounds.scene(ROUND)).players[-1].team == 1


async def test_who_has_left_a_lobby_is_not_in_the_round(rounds):
    """Once it has begun, nobody leaves any more."""
    await open_lobby(rounds)
    assert await rounds.leave(ROUND, BEN)
    assert not await rounds.leave(ROUND, BEN)
    await begin(rounds)
    assert not await rounds.leave(ROUND, ANN)
    assert [player.user_id for player in (await rounds.scene(ROUND)).players] == [ANN]


async def test_a_message_is_out_of_date_until_what_changed_is_shown(rounds, store):
    """An answer that comes while an edit is under way asks for another one."""
    await open_lobby(rounds)
    await begin(rounds)
    post = await rounds.message(ROUND, PostKind.PROMPT, 1)
    claimed = await store.advance_post(post, Claimed(), ASKED)
    await store.advance_post(claimed, Delivered(5), ASKED)
    assert await rounds.outdated() == []
    await rounds.record_attempt(ROUND, 1, given(ANN, ASKED + SECOND))
    ((outdated, mark),) = await rounds.outdated()
    await rounds.record_attempt(ROUND, 1, given(BEN, ASKED + SECOND))
    await rounds.mark_shown(outdated.key, mark)
    ((_, again),) = await rounds.outdated()
    await rounds.mark_shown(outdated.key, again)
    assert await rounds.outdated() == []
    assert (await rounds.message_with(5)).key == outdated.key


async def test_after_a_crash_what_was_being_sent_is_taken_up_at_once(rounds, store):
    """A claim of a process that is gone does not hold up the round."""
    await open_lobby(rounds)
    asking = await begin(rounds)
    await store.advance_post(await rounds.message(ROUND, PostKind.PROMPT, 1), Claimed(), ASKED)
    later = ASKED + 3 * SECOND
    assert PostKind.PROMPT not in {post.kind for post in await rounds.due_messages(later)}
    await rounds.advance_round(asking, Resumed(), later)
    assert PostKind.PROMPT in {post.kind for post in await rounds.due_messages(later)}


async def test_time_lost_is_counted_from_when_the_bot_last_looked(rounds):
    """The window grows by what lies between."""
    await open_lobby(rounds)
    await begin(rounds)
    await rounds.see_rounds([ROUND], ASKED + 4 * SECOND)
    seen = await rounds.round(ROUND)
    back = await rounds.advance_round(seen, Resumed(), ASKED + 64 * SECOND)
    assert back.until == seen.until + timedelta(minutes=1)
    assert [one.id for one in await rounds.active_rounds()] == [ROUND]


async def test_an_answer_for_all_to_see_is_marked_so(rounds):
    """Only the one whose author has asked for it."""
    await open_lobby(rounds)
    await begin(rounds)
    for who in (ANN, BEN):
        await rounds.record_attempt(ROUND, 1, given(who, ASKED + SECOND, text=f"of {who}"))
    assert await rounds.publish(AttemptId(ROUND, 1, ANN))
    assert not await rounds.publish(AttemptId(ROUND, 1, CAT))
    assert await rounds.texts(ROUND, 1) == {ANN: (f"of {ANN}", True), BEN: (f"of {BEN}", False)}
    assert list(await rounds.own_answers(ROUND, BEN)) == [1]


async def test_practice_remembers_the_last_answer_to_each_prompt(rounds):
    """The same event twice is one answer."""
    await rounds.record_drill(ANN, "one", "i:1", NINE, accepted=False)
    await rounds.record_drill(ANN, "one", "i:2", NINE + SECOND, accepted=True)
    await rounds.record_drill(ANN, "one", "i:2", NINE + DAY, accepted=False)
    assert await rounds.drilled(ANN) == {"one": (True, NINE + SECOND)}
    assert await rounds.drilled(BEN) == {}


async def test_time_that_is_not_up_is_no_new_version(rounds):
    """A look at the clock costs nothing."""
    await open_lobby(rounds)
    asking = await begin(rounds)
    same = await rounds.advance_round(asking, TimePassed(), ASKED + GRACE)
    assert same == asking == await rounds.round(ROUND)
    assert replace(same, version=9) != asking


async def test_a_removed_message_may_be_posted_anew(rounds, store):
    """Its former one is kept as removed, with the reason."""
    await open_lobby(rounds)
    post = await rounds.message(ROUND, PostKind.LOBBY)
    assert post.state is PostState.DUE
