"""The stand-in itself: who may connect to its gateway, what they hear, and how they come back."""

import pytest

MEMBERS_INTENT, CONTENT_INTENT = 1 << 1, 1 << 15


async def test_a_session_begins_with_its_servers(discord, bare):
    """READY names them and the shard, GUILD_CREATE brings channels, roles and the bot's own member."""
    server = await discord.create_server()
    async with bare.gateway() as socket:
        await socket.identify()
        ready = await socket.event("READY")
        guild = await socket.event("GUILD_CREATE")

    assert ready["d"]["shard"] == [0, 1]
    assert [g["id"] for g in ready["d"]["guilds"]] == [str(server.id)]
    assert [c["name"] for c in guild["d"]["channels"]] == ["daily-question"]
    assert [m["user"]["id"] for m in guild["d"]["members"]] == [str(discord.bot_id)]


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"token": "other"}, 4004),
        ({"intents": 1 << 40}, 4013),
        ({"intents": MEMBERS_INTENT}, 4014),
        ({"intents": CONTENT_INTENT}, 4014),
    ],
)
async def test_who_may_not_connect_is_told_why(bare, how, code):
    """A wrong token, intents that do not exist, intents that the portal does not grant."""
    async with bare.gateway() as socket:
        await socket.identify(**how)

        assert await socket.receive() == {"closed": code}


async def test_a_session_that_is_resumed_hears_what_it_missed(discord, bare):
    """In order, and nothing twice."""
    server = await discord.create_server()
    async with bare.gateway() as socket:
        await socket.identify()
        session = (await socket.event("READY"))["d"]["session_id"]
        heard = (await socket.event("GUILD_CREATE"))["s"]
        await discord.do("cut_sockets")
        await discord.wait("disconnected")
    said = await server.owner.say("while you were away")
    async with bare.gateway() as socket:
        await socket.resume(session, heard)
        missed, resumed = await socket.receive(), await socket.receive()

    assert (missed["t"], missed["d"]["id"], missed["s"]) == ("MESSAGE_CREATE", str(said.id), heard + 1)
    assert resumed["t"] == "RESUMED"


async def test_a_session_that_said_goodbye_can_not_be_resumed(discord, bare):
    """Op 9, and the client has to begin anew."""
    async with bare.gateway() as socket:
        await socket.identify()
        session = (await socket.event("READY"))["d"]["session_id"]
    await discord.wait("disconnected")
    async with bare.gateway() as socket:
        await socket.resume(session, 1)
        answer = await socket.receive()

    assert (answer["op"], answer["d"]) == (9, False)


async def test_messages_are_told_as_the_intents_allow(discord, bare):
    """Own messages with their nonce, those of others without their words."""
    server = await discord.create_server()
    async with bare.gateway() as socket:
        await socket.identify()
        await socket.event("GUILD_CREATE")
        await bare.post(server.daily, "mine", nonce="n")
        own = (await socket.event("MESSAGE_CREATE"))["d"]
        await server.person("mia").say("secret")
        other = (await socket.event("MESSAGE_CREATE"))["d"]

    assert (own["content"], own["nonce"]) == ("mine", "n")
    assert other["content"] == ""
    assert "nonce" not in other


async def test_a_session_hears_only_of_its_own_shard(discord, bare):
    """By the server's id, as Discord divides them."""
    await discord.reset(shards=2)
    servers = await discord.create_servers(2)
    async with bare.gateway() as socket:
        await socket.send(2, {"token": discord.token, "intents": 1, "properties": {}, "shard": [1, 2]})
        ready = (await socket.event("READY"))["d"]

    assert ready["shard"] == [1, 2]
    assert [g["id"] for g in ready["guilds"]] == [str(s.id) for s in servers if (s.id >> 22) % 2 == 1]


async def test_frames_are_compressed_where_that_is_asked_for(bare):
    """With the older of the two ways; the bot's library asks for the newer one in every other test."""
    async with bare.gateway("zlib-stream") as socket:
        await socket.identify()

        assert (await socket.event("READY"))["d"]["v"] == 10


async def test_an_unknown_op_is_refused_loudly(discord, bare):
    """Whatever a bot wants that nobody wrote here."""
    async with bare.gateway() as socket:
        await socket.identify()
        await socket.event("READY")
        await socket.send(8, {"guild_id": "1", "query": "", "limit": 0})

        assert await socket.receive() == {"closed": 4001}
    assert "op 8" in "".join(await discord.take_violations())


async def test_identifying_too_soon_invalidates_the_session(discord, bare):
    """Where a test asks for the limit: one every five seconds at Discord."""
    await discord.reset(identify_every=60)
    for op in (0, 9):
        async with bare.gateway() as socket:
            await socket.identify()

            assert (await socket.receive())["op"] == op
