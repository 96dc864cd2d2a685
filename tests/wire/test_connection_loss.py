"""The connection to Discord's gateway breaks in every way that Discord documents, and members go on."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

RESUMABLE = [
    ("cut_sockets", {}),
    ("ask_to_reconnect", {}),
    ("close_sockets", {"code": 4000}),
    ("invalidate", {"resumable": True}),
]


async def test_what_happens_while_the_connection_is_down_is_answered_later(server):
    """Cut, asked to reconnect, closed, told to resume: the command that comes meanwhile is not lost."""
    discord = server.discord
    before = await discord.truth()
    owner = {"user": str(server.owner.id), "channel": str(server.daily.id)}
    asked = ("slash", {**owner, "line": "streak", "options": {}})
    for trouble in RESUMABLE:
        _, started = await discord.at_once([trouble, asked])
        assert "Your streak" in (await discord.shown(started)).text, trouble
    after = await discord.truth()

    assert [resume["accepted"] for resume in after.resumes[len(before.resumes) :]] == [True] * len(RESUMABLE)
    assert len(after.identifies) == len(before.identifies)


async def test_a_session_that_is_gone_is_begun_anew(server):
    """Discord has forgotten the session: the bot identifies again, and works."""
    before = await server.discord.truth()
    await server.discord.do("invalidate", resumable=False)
    await server.discord.wait("identified", times=len(before.identifies) + 1)

    assert "Your streak" in (await server.owner.slash("streak")).text


async def test_a_frozen_bot_answers_when_it_wakes(server, shared_bot):
    """What a member pressed meanwhile is still answered, if Discord still takes it."""
    shared_bot.freeze()
    started = await server.owner.start_slash("streak")
    shared_bot.thaw()

    assert "Your streak" in (await server.discord.shown(started)).text
