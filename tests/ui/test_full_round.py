"""A whole round of five members on the shipped bank: one restart, one appeal, and a board that adds up."""

import pytest

from bot.domain.rapidfire import Phase
from bot.ui.rounds import points
from tests.support.content import shipped_bank
from tests.ui.conftest import said, serving
from tests.ui.playing import fields, letter_of, play, shown, to_next, to_reveal

LENGTH = 4
PLAN = {"mia": "✓✓✓✓", "noah": "✓✓✗✓", "lea": "✗✓✗-", "omar": "--✓✗", "kim": "✗✗✗✗"}
"""Who answers what: right, wrong or not at all, prompt by prompt."""
APPEAL = ("lea", 3)


@pytest.fixture
async def server(tmp_path):
    async with serving(tmp_path, bank=shipped_bank()) as running:
        yield running


def expected(prompts, plan):
    """The board's lines by hand: an answer that counts earns the number asked for, times what its stage is worth."""
    scores = {}
    for name, marks in plan.items():
        right = [drawn for drawn, mark in zip(prompts, marks, strict=True) if mark == "✓"]
        scores[name] = (10 * sum(drawn.wanted * drawn.worth for drawn in right), len(right))
    return [
        f"**{1 + sum(other > score for other, _ in scores.values())}.** {name} · {points(score)} · {right} right"
        for name, (score, right) in scores.items()
    ]


async def answer(server, member, message, prompt, *, right):
    """A member answers with a marked sample of the prompt, or presses a letter; the receipt."""
    if prompt.options:
        says = next(option.says for option in prompt.options if option.right is right)
        return said(await member.click(message, label=letter_of(message, says)))
    form = await member.click(message, label="Answer")
    text = (prompt.samples.right if right else prompt.samples.wrong)[0]
    return said(await member.submit_modal(form, {"text": text}))


async def test_five_members_play_a_round_with_a_restart_and_an_appeal(server):
    """Lobby to standings: everybody's receipts say the same, and each board is what the answers add up to."""
    members = {"mia": server.mia, "noah": server.noah}
    for name in ("lea", "omar", "kim"):
        members[name] = server.guild.add_member(server.env.create_user(name))
    bank = shipped_bank()
    await server.mia.slash(server.daily, "rapidfire start", company="amazon", prompts=LENGTH, seconds=20)
    await play(server, 1)
    lobby = shown(server, "**Rapid-fire!**")
    for name in ("noah", "lea", "omar"):  # Kim comes later, with her first answer
        assert "You are in." in said(await members[name].click(lobby, label="Join"))
    await play(server, 3)
    assert fields(shown(server, "**Rapid-fire!**"))["In: 4"] == "mia, noah, lea and omar"
    await server.mia.click(lobby, label="Start now")
    await play(server, 7)

    for number in range(1, LENGTH + 1):
        message = shown(server, f"**Prompt {number} of {LENGTH}**")
        prompt = next(p for p in bank.prompts.values() if f"**{p.asks}**" in message.embeds[0].description)
        receipts = set()
        for name, marks in PLAN.items():
            if (mark := marks[number - 1]) != "-":
                receipt = await answer(server, members[name], message, prompt, right=mark == "✓")
                receipts.add(receipt.strip().splitlines()[0])
            if number == 2 and name == "noah":
                await server.restart()
        assert len(receipts) == 1, "right and wrong answers get the same receipt"
        assert receipts.pop().startswith("**Taken.**")
        await to_reveal(server)
        reveal = shown(server, f"**Prompt {number} of {LENGTH}**")
        answers = sum(marks[number - 1] != "-" for marks in PLAN.values())
        right = sum(marks[number - 1] == "✓" for marks in PLAN.values())
        assert f"Got it: {right} of {answers}" in fields(reveal)
        if number == APPEAL[1]:
            assert "Noted" in said(await members[APPEAL[0]].click(reveal, label="Mine counts"))
        await to_next(server)

    of = (await server.app.coach.arena.rapidfire.status(server.guild.id, server.daily.id)).round
    assert of.phase is Phase.FINISHED
    podium = shown(server, "**Rapid-fire:** It is over.")
    assert set(podium.embeds[0].description.splitlines()) == set(expected(of.prompts, PLAN))

    case = await server.admin.slash(server.daily, "rapidfire appeals")
    assert "Done" in said(await server.admin.click(case.response, label="Let it count"))
    await play(server, 3)
    upheld = PLAN | {APPEAL[0]: "✗✓✓-"}
    after = expected(of.prompts, upheld)
    assert set(shown(server, "**Rapid-fire:** It is over.").embeds[0].description.splitlines()) == set(after)
    standings = said(await server.noah.slash(server.daily, "rapidfire standings"))
    for line in after:
        place, name, score = line.replace(" · ", " ", 1).split(" · ")[0].split(" ", 2)
        assert f"{place} <@{members[name].id}> · {score} · 1 round" in standings
