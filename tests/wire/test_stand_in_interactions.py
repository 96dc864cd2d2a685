"""The stand-in itself: interactions are answered once, in kind, and for fifteen minutes."""

import pytest

from tests.wire.control import NotOffered

PING = {"name": "ping", "type": 1, "description": "Answers"}
ADMINS_ONLY = {"name": "secret", "type": 1, "description": "Answers admins", "default_member_permissions": 32}
ROW = {
    "type": 1,
    "components": [{"type": 2, "style": 1, "label": "Press", "custom_id": "b"}],
}
FORM = {
    "title": "Form",
    "custom_id": "f",
    "components": [
        {"type": 18, "label": "Say", "component": {"type": 4, "custom_id": "t", "style": 1, "max_length": 5}}
    ],
}


@pytest.fixture
async def server(discord, bare):
    """A server with two commands, one of which is for admins."""
    server = await discord.create_server()
    await bare.ask("PUT", f"/applications/{discord.bot_id}/commands", [PING, ADMINS_ONLY])
    return server


@pytest.fixture
def respond(discord, bare):
    """Responds to an interaction as a bot would."""

    async def response(interaction, kind, **data):
        token = (await discord.do("interaction", interaction=interaction))["token"]
        path = f"/interactions/{interaction}/{token}/callback"
        return await bare.ask("POST", path, {"type": kind, "data": data} if data else {"type": kind})

    return response


async def test_an_interaction_is_answered_once(discord, server, respond):
    """The second response is 40060."""
    started = await server.owner.start_slash("ping")
    first = await respond(started, 4, content="pong", flags=64)
    second = await respond(started, 4, content="pong")
    shown = await discord.shown(started)

    assert (first.status, second.status, second.code) == (204, 400, 40060)
    assert (shown.text, shown.is_private, shown.second_responses) == ("pong", True, 1)
    assert await discord.messages(server.daily) == []


async def test_a_deferral_is_no_answer_until_it_is_filled_in(discord, bare, server, respond):
    """The member waits; the edit ends that."""
    started = await server.owner.start_slash("ping")
    await respond(started, 5, flags=64)
    waiting = await discord.do("interaction", interaction=started)
    path = f"/webhooks/{discord.bot_id}/{waiting['token']}/messages/@original"
    filled = await bare.ask("PATCH", path, {"content": "pong"})

    assert not waiting["responded"]
    assert filled.status == 200
    assert (await discord.shown(started)).text == "pong"


async def test_an_interactions_token_ends(discord, bare, server, respond):
    """After fifteen minutes at Discord; here they have been none."""
    started = await server.owner.start_slash("ping")
    await respond(started, 4, content="pong")
    token = (await discord.do("interaction", interaction=started))["token"]
    await discord.configure(token_life=0)
    late = await bare.ask("PATCH", f"/webhooks/{discord.bot_id}/{token}/messages/@original", {"content": "x"})

    assert (late.status, late.code) == (401, 50027)


async def test_a_response_that_comes_too_late_is_refused(discord, server, respond):
    """Three seconds at Discord; here they have been none."""
    await discord.configure(ack_within=0)
    late = await respond(await server.owner.start_slash("ping"), 4, content="pong")

    assert (late.status, late.code) == (404, 10062)


async def test_a_form_is_filled_in_as_a_client_does_it(discord, server, respond):
    """A field has its limits, a form can't be answered with a form."""
    started = await server.owner.start_slash("ping")
    await respond(started, 9, **FORM)
    form = await discord.shown(started)
    with pytest.raises(NotOffered, match="too few or too many"):
        await form.send(t="too long")
    sent = await form.send(t="short")
    again = await respond(sent, 9, **FORM)

    assert again.code == 50035
    assert "a modal in response to a modal" in "".join(await discord.take_violations())


async def test_members_can_only_do_what_is_offered(discord, bare, server):
    """Buttons that are there, commands that exist and are shown to them."""
    await bare.post(server.daily, components=[ROW])
    (message,) = await discord.posted(server.daily)
    mia = server.person("mia")

    with pytest.raises(NotOffered, match="nothing to press"):
        await mia.start_click(message, "Push")
    with pytest.raises(NotOffered, match="no command"):
        await mia.start_slash("pong")
    with pytest.raises(NotOffered, match="MANAGE_GUILD"):
        await mia.start_slash("secret")
    assert await mia.start_slash("secret", unseen=True)
    assert await mia.start_click(message, "Press")
