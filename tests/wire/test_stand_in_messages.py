"""The stand-in itself: what it does with messages, threads and requests is what Discord documents."""

import pytest

LONG = "x" * 2001


async def test_a_nonce_posts_once_within_its_window(discord, bare):
    """The same author and nonce bring back the first message, whatever the second one says."""
    place = (await discord.create_server()).daily
    first = await bare.post(place, "one", nonce="n", enforce_nonce=True)
    again = await bare.post(place, "two", nonce="n", enforce_nonce=True)
    await bare.post(place, "three", nonce="n")  # not enforced
    await discord.configure(nonce_window=0)
    late = await bare.post(place, "four", nonce="n", enforce_nonce=True)

    assert (again.body["id"], again.body["content"]) == (first.body["id"], "one")
    assert late.body["id"] != first.body["id"]
    assert [m.text for m in await discord.messages(place)] == ["one", "three", "four"]


async def test_a_nonce_belongs_to_its_author_not_to_the_channel(discord, bare):
    """In another channel it brings back the message of the first."""
    server = await discord.create_server(channels=["a", "b"])
    first = await bare.post(server.channels["a"], nonce="n", enforce_nonce=True)
    other = await bare.post(server.channels["b"], nonce="n", enforce_nonce=True)

    assert other.body["channel_id"] == first.body["channel_id"]


async def test_the_nonce_of_a_deleted_message_is_unknown_message(discord, bare):
    """It was posted, and is gone."""
    place = (await discord.create_server()).daily
    first = await bare.post(place, nonce="n", enforce_nonce=True)
    await bare.ask("DELETE", f"/channels/{place.id}/messages/{first.body['id']}")
    again = await bare.post(place, nonce="n", enforce_nonce=True)

    assert (again.status, again.code) == (404, 10008)


async def test_history_pages_as_documented(discord, bare):
    """Newest first, and `after` begins right after."""
    await discord.reset(buckets={"POST /channels/{channel}/messages": [100, 1]})
    place = (await discord.create_server()).daily
    ids = [(await bare.post(place)).body["id"] for _ in range(6)]
    path = f"/channels/{place.id}/messages"

    async def page(query):
        return [m["id"] for m in (await bare.ask("GET", path + query)).body]

    assert await page("") == ids[::-1]
    assert await page(f"?after={ids[1]}&limit=2") == [ids[3], ids[2]]
    assert await page(f"?before={ids[3]}&limit=2") == [ids[2], ids[1]]
    assert await page(f"?around={ids[3]}&limit=3") == [ids[4], ids[3], ids[2]]


async def test_history_without_its_permission_is_empty(discord, bare):
    """An empty list and no error: the trap that a recovery must know."""
    place = (await discord.create_server()).daily
    await bare.post(place)
    await place.permit(READ_MESSAGE_HISTORY=False)
    answer = await bare.ask("GET", f"/channels/{place.id}/messages")

    assert (answer.status, answer.body) == (200, [])


async def test_a_message_has_at_most_one_thread(discord, bare):
    """Its id is the message's; the second is 160004, and one too many in the server 160006."""
    await discord.reset(thread_cap=1)
    place = (await discord.create_server()).daily
    first, second = [(await bare.post(place)).body["id"] for _ in range(2)]
    made = await bare.ask("POST", f"/channels/{place.id}/messages/{first}/threads", {"name": "t"})
    again = await bare.ask("POST", f"/channels/{place.id}/messages/{first}/threads", {"name": "t"})
    beyond = await bare.ask("POST", f"/channels/{place.id}/messages/{second}/threads", {"name": "t"})

    assert (made.status, made.body["id"]) == (201, first)
    assert (again.status, again.code) == (400, 160004)
    assert (beyond.status, beyond.code) == (400, 160006)


@pytest.mark.parametrize(("right", "status", "code"), [("VIEW_CHANNEL", 403, 50001), ("SEND_MESSAGES", 403, 50013)])
async def test_missing_rights_have_their_codes(discord, bare, right, status, code):
    """A channel that is hidden is another thing than one that is read-only."""
    place = (await discord.create_server()).daily
    await place.permit(**{right: False})
    answer = await bare.post(place)

    assert (answer.status, answer.code) == (status, code)


async def test_a_deleted_channel_is_unknown_and_a_left_server_closed(discord, bare):
    """10003 for the one, 50001 for the other."""
    server = await discord.create_server(channels=["a", "b"])
    await server.channels["a"].delete()
    await server.remove_bot()

    assert (await bare.post(server.channels["a"])).code == 10003
    assert (await bare.post(server.channels["b"])).code == 50001
    await server.add_bot()
    assert (await bare.post(server.channels["b"])).status == 200


async def test_a_body_that_discord_would_refuse_is_refused_and_reported(discord, bare):
    """2,001 characters: Discord's own description would let them pass."""
    place = (await discord.create_server()).daily
    answer = await bare.post(place, LONG)

    assert (answer.status, answer.code) == (400, 50035)
    assert "2001 characters" in "".join(await discord.take_violations())


async def test_a_body_of_the_wrong_shape_is_reported_by_discords_description(discord, bare):
    """The limits say nothing of this one, Discord's own file does."""
    if not discord.checks_the_spec:
        pytest.skip("Discord's OpenAPI file is not here; set DISCORD_OPENAPI to its path")
    place = (await discord.create_server()).daily
    answer = await bare.post(place, tts="perhaps")

    assert answer.code == 50035
    assert "perhaps" in "".join(await discord.take_violations())


async def test_what_the_stand_in_does_not_know_it_refuses_loudly(discord, bare):
    """A route that nobody wrote here is a violation, not a guess."""
    answer = await bare.ask("GET", "/sticker-packs")

    assert answer.status == 501
    assert await discord.take_violations() == ["GET /sticker-packs is not known here"]


async def test_another_token_is_unauthorised(discord, bare):
    """And counts as an invalid request."""
    assert (await bare.ask("GET", "/users/@me", token="other")).status == 401
    assert (await discord.truth()).invalid_requests == 1


async def test_limits_are_told_and_held(discord, bare):
    """A bucket says how much is left and then refuses; the global limit refuses everything."""
    await discord.reset(global_limit=3, buckets={"POST /channels/{channel}/messages": [1, 60]})
    place = (await discord.create_server()).daily
    first, second = await bare.post(place), await bare.post(place)
    await bare.ask("GET", "/users/@me")
    third = await bare.ask("GET", "/users/@me")

    assert (first.headers["X-RateLimit-Remaining"], second.status) == ("0", 429)
    assert 0 < second.body["retry_after"] <= 60
    assert (second.body["global"], third.body["global"]) == (False, True)
    assert third.headers["X-RateLimit-Scope"] == "global"
    assert (await discord.truth()).invalid_requests == 2


async def test_too_many_invalid_requests_end_in_a_ban(discord, bare):
    """After that nobody answers with JSON any more."""
    await discord.reset(invalid_limit=2)
    for _ in range(2):
        await bare.ask("GET", "/users/@me", token="other")
    banned = await bare.ask("GET", "/users/@me")

    assert (banned.status, banned.body, "Via" in banned.headers) == (429, None, False)


async def test_faults_strike_before_or_after_the_effect(discord, bare):
    """As often as they were asked to, and only where they match."""
    place = (await discord.create_server()).daily
    await discord.fault("POST /channels/*/messages", "before", status=503)
    await discord.fault("POST /channels/*/messages", "after", abort=True)
    statuses = [(await bare.post(place, str(n))).status for n in range(3)]

    assert statuses == [503, 0, 200]
    assert [m.text for m in await discord.messages(place)] == ["1", "2"]
    assert (await discord.truth()).count("POST /channels/{channel}/messages", 0) == 1


async def test_words_are_kept_from_a_bot_without_the_intent(discord, bare):
    """Over HTTP too, except where the message is addressed to the bot."""
    server = await discord.create_server()
    mia = server.person("mia")
    own = await bare.post(server.daily, "question")
    (card,) = [m for m in await discord.messages(server.daily) if m.id == int(own.body["id"])]
    await mia.say("chat")
    await mia.say(f"hey <@{discord.bot_id}>")
    await mia.say("with ping", reply_to=card)
    await mia.say("without ping", reply_to=card, ping=False)
    answer = await bare.ask("GET", f"/channels/{server.daily.id}/messages")

    said = [m["content"] for m in reversed(answer.body)]
    assert said == ["question", "", f"hey <@{discord.bot_id}>", "with ping", ""]


async def test_private_messages_reach_those_who_take_them(discord, bare):
    """Each person has one private channel; who has closed it is told by 50007 when something is sent."""
    mia = (await discord.create_server()).person("mia")
    opened = [await bare.ask("POST", "/users/@me/channels", {"recipient_id": str(mia.id)}) for _ in range(2)]
    path = f"/channels/{opened[0].body['id']}/messages"
    sent = await bare.ask("POST", path, {"content": "psst"})
    await discord.do("close_direct_messages", user=str(mia.id))
    refused = await bare.ask("POST", path, {"content": "psst again"})

    assert opened[0].body["id"] == opened[1].body["id"]
    assert (sent.status, refused.status, refused.code) == (200, 403, 50007)
    assert [m.text for m in await mia.direct_messages()] == ["psst"]
