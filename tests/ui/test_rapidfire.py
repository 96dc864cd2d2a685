"""Rapid-fire rounds as their players live them."""

from tests.support.rapidfire import CHOICE, RIGHT, WRONG, fruit_bank
from tests.ui.conftest import labels, said, serving
from tests.ui.playing import begin, fields, fire, letter_of, lobby, play, shown, to_next, to_reveal


async def test_a_round_goes_from_its_lobby_to_a_podium(arena):
    """Two players, three prompts: each is told only that the answer was taken, and the podium has the order right."""
    first = await begin(arena, arena.noah)
    assert RIGHT in said(await fire(arena, arena.mia, first, RIGHT))
    reply = await fire(arena, arena.noah, first, WRONG)
    assert reply.response.ephemeral
    assert "Taken" in said(reply)
    assert "not count" not in said(reply)
    await to_reveal(arena)

    revealed = fields(shown(arena, "**Prompt 1 of 3**"))
    assert "An apple a day." in revealed["What counts"]
    assert "1 answer: That is a pear" in revealed["Near misses"]
    assert "mia" in revealed["Got it: 1 of 2"]
    for number in (2, 3):
        await to_next(arena)
        await fire(arena, arena.mia, shown(arena, f"**Prompt {number} of 3**"), RIGHT)
        await to_reveal(arena)
    await to_next(arena)

    podium = shown(arena, "**Rapid-fire:** It is over.")
    assert "**1.** mia · 3 points · 3 right" in podium.embeds[0].description
    assert podium.attachments
    assert "season" in said(await arena.noah.slash(arena.daily, "rapidfire standings")).casefold()
    assert "3 points" in said(await arena.noah.slash(arena.daily, "rapidfire standings"))


async def test_an_answer_may_be_changed_until_the_time_is_up(arena):
    """The form comes back with the former words, the last ones count, and after the window nothing is taken."""
    first = await begin(arena)
    await fire(arena, arena.mia, first, WRONG)
    form = await arena.mia.click(first, label="Answer")
    assert WRONG in str(form.modal)
    assert "Changed" in said(await arena.mia.submit_modal(form, {"text": RIGHT}))
    late = await arena.mia.click(first, label="Answer")
    await to_reveal(arena)
    assert "time for this prompt is up" in said(await arena.mia.submit_modal(late, {"text": WRONG}))
    assert "Got it: 1 of 1" in fields(shown(arena, "**Prompt 1 of 3**"))


async def test_a_channel_has_one_round_at_a_time_and_its_host_can_stop_it(arena):
    """A second start says where the first is; only the host or a moderator may stop it, and the board is shown."""
    await begin(arena, arena.noah)
    assert "under way" in said(await arena.noah.slash(arena.daily, "rapidfire start"))
    assert "Only the host" in said(await arena.noah.slash(arena.daily, "rapidfire stop"))
    stopped = said(await arena.mia.slash(arena.daily, "rapidfire stop"))
    assert "was stopped" in stopped
    assert "noah" in stopped
    await play(arena, 3)
    assert shown(arena, "**Rapid-fire:** It was stopped")
    assert "does not count" in shown(arena, "**Prompt 1 of 3**").content
    assert "lobby is open" in said(await arena.noah.slash(arena.daily, "rapidfire start"))


async def test_nobody_joins_and_the_channel_is_free_again(arena):
    """An empty lobby ends by itself."""
    await lobby(arena, wait=10)
    await arena.mia.click(shown(arena, "**Rapid-fire!**"), label="Leave")
    await play(arena, 14)
    assert "nobody joined" in shown(arena, "**Rapid-fire:**").content
    assert "lobby is open" in said(await arena.mia.slash(arena.daily, "rapidfire start"))


async def test_an_appeal_corrects_the_board_and_the_standings(arena):
    """A rejected player appeals after the reveal, the admin lets it count, and the scores follow."""
    first = await begin(arena, arena.noah)
    await fire(arena, arena.mia, first, RIGHT)
    await fire(arena, arena.noah, first, WRONG)
    await to_reveal(arena)
    reveal = shown(arena, "**Prompt 1 of 3**")
    assert "Noted" in said(await arena.noah.click(reveal, label="Mine counts"))
    assert "before" in said(await arena.noah.click(reveal, label="Mine counts"))
    assert "counts already" in said(await arena.mia.click(reveal, label="Mine counts"))
    for _ in range(2):
        await to_next(arena)
        await to_reveal(arena)
    await to_next(arena)

    assert "Only members" in said(await arena.noah.slash(arena.daily, "rapidfire appeals"))
    case = await arena.admin.slash(arena.daily, "rapidfire appeals")
    assert WRONG in said(case)
    assert "Done" in said(await arena.admin.click(case.response, label="Let it count"))
    await play(arena, 3)
    standings = said(await arena.mia.slash(arena.daily, "rapidfire standings"))
    assert standings.count("1 point ") == 2
    assert "Got it: 2 of 2" in fields(shown(arena, "**Prompt 1 of 3**"))


async def test_a_player_learns_how_an_appeal_was_decided(arena):
    """Agreed or politely declined: the player's own review says so, and nobody is pinged."""
    for number in (1, 2):
        prompt_shown = await begin(arena) if number == 1 else shown(arena, "**Prompt 2 of 3**")
        await fire(arena, arena.mia, prompt_shown, WRONG)
        await to_reveal(arena)
        noted = said(await arena.mia.click(shown(arena, f"**Prompt {number} of 3**"), label="Mine counts"))
        assert "tells you either way" in noted
        await to_next(arena)
    for choice in ("Let it count", "Leave the verdict"):
        case = await arena.admin.slash(arena.daily, "rapidfire appeals")
        await arena.admin.click(case.response, label=choice)
    await arena.mia.slash(arena.daily, "rapidfire stop")
    await play(arena, 3)
    review = said(await arena.mia.click(shown(arena, "**Rapid-fire:**"), label="My review"))
    assert "You got 1 of 2 prompts. The moderators agreed with you on prompt 1." in review
    assert "The moderators have looked at your appeal, and the verdict stands." in review


async def test_words_are_shown_only_if_their_author_wants(arena):
    """Nobody's answer stands in the reveal until they press the button."""
    first = await begin(arena)
    await fire(arena, arena.mia, first, "apple, of course")
    await to_reveal(arena)
    reveal = shown(arena, "**Prompt 1 of 3**")
    assert "of course" not in str(fields(reveal))
    await arena.mia.click(reveal, label="Show mine")
    await play(arena, 3)
    assert "apple, of course" in fields(shown(arena, "**Prompt 1 of 3**"))["In their words"]


async def test_my_review_names_what_was_missed_and_goes_on_to_practise_it(arena):
    """After the podium: what I missed, and the same prompts alone until I have them right."""
    first = await begin(arena, arena.noah)
    await fire(arena, arena.mia, first, WRONG)
    await to_reveal(arena)
    await arena.mia.slash(arena.daily, "rapidfire stop")
    await play(arena, 3)
    review = await arena.mia.click(shown(arena, "**Rapid-fire:**"), label="My review")
    assert "You got 0 of 1 prompt" in said(review)
    assert "That is a pear" in said(review)
    drill = await arena.mia.click(review.response, label="Practise these")
    form = await arena.mia.click(drill.response, label="Answer")
    answered = await arena.mia.submit_modal(form, {"text": RIGHT})
    assert "That counts" in said(answered)
    assert "all of them right" in said(await arena.mia.click(answered.response, label="Next"))


async def test_a_restart_in_the_middle_changes_nothing(arena):
    """The same prompt goes on after a restart, and older buttons work."""
    first = await begin(arena, arena.noah)
    await fire(arena, arena.mia, first, RIGHT)
    await arena.restart()
    await fire(arena, arena.noah, first, RIGHT)
    await to_reveal(arena)
    assert "Got it: 2 of 2" in fields(shown(arena, "**Prompt 1 of 3**"))


async def test_a_prompt_that_somebody_removes_is_posted_again(arena):
    """The window goes on, and answers to the new message count."""
    first = await begin(arena)
    arena.env.backend.delete_message(arena.daily.id, first.id)
    await play(arena, 2)
    again = shown(arena, "**Prompt 1 of 3**")
    assert again.id != first.id
    assert "Taken" in said(await fire(arena, arena.mia, again, RIGHT))


async def test_teams_are_chosen_by_hand_or_filled_up(arena):
    """Whoever has not chosen is placed, and the podium has the teams' means."""
    await lobby(arena, teams=2)
    card = shown(arena, "**Rapid-fire!**")
    assert "Team Blue" in said(await arena.noah.select(card, values=["2"]))
    await play(arena, 3)
    assert "Team Blue:** noah" in fields(shown(arena, "**Rapid-fire!**"))["In: 2"]
    await arena.mia.click(card, label="Start now")
    await play(arena, 7)
    await fire(arena, arena.mia, shown(arena, "**Prompt 1 of 3**"), RIGHT)
    await to_reveal(arena)
    assert "**1.** Team Red · 1 point a player" in fields(shown(arena, "**Prompt 1 of 3**"))["Teams"]


async def test_lost_rights_end_a_round_and_somebody_is_told(arena):
    """The round can't go on, its channel is free, and the host learns why."""
    await begin(arena)
    arena.deny("send_messages")
    await play(arena, 45)
    assert "was stopped" in said(await arena.mia.slash(arena.daily, "rapidfire status"))
    arena.allow_again()
    assert "lobby is open" in said(await arena.mia.slash(arena.daily, "rapidfire start"))


async def test_practice_alone_is_private_and_has_no_clock(arena):
    """`/rapidfire practice` asks, judges and goes on."""
    drill = await arena.mia.slash(arena.daily, "rapidfire practice")
    assert drill.response.ephemeral
    assert "Another one" in labels(drill.response)
    form = await arena.mia.click(drill.response, label="Answer")
    answered = await arena.mia.submit_modal(form, {"text": WRONG})
    assert "does not count yet" in said(answered)
    assert "That is a pear" in said(answered)


async def test_a_choice_is_answered_by_a_button(tmp_path):
    """Letters instead of a form; the letter chosen can be looked up."""
    async with serving(tmp_path, bank=fruit_bank(CHOICE)) as server:
        with server.env.time_context():
            await server.mia.slash(server.daily, "rapidfire start", prompts=3)
            await play(server, 1)
            await server.mia.click(shown(server, "**Rapid-fire!**"), label="Start now")
            await play(server, 7)
            first = shown(server, "**Prompt 1 of 1**")
            assert "Taken" in said(await server.mia.click(first, label=letter_of(first, "An apple")))
            assert "An apple" in said(await server.mia.click(first, label="My answer"))
            await server.noah.click(first, label=letter_of(first, "A plum"))
            await to_reveal(server)
            revealed = fields(shown(server, "**Prompt 1 of 1**"))
            assert "Got it: 1 of 2" in revealed
            assert "1 answer: “A plum”: Nobody says so." in revealed["Near misses"]
