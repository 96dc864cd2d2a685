"""A server's first day with the real bot, over real sockets, with every body checked."""

GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_server_goes_from_setup_to_a_streak(discord, bot):
    """An admin sets up and posts; a member answers in private, sees the thread and a streak of one."""
    server = await discord.create_server()
    await bot.start_and_connect()
    ada, mia = server.owner, server.person("mia")

    assert "The daily question is set" in (await ada.slash("setup")).text
    assert "Posted" in (await ada.slash("daily now")).text
    (card,) = await discord.posted(server.daily)
    form = await mia.click(card, "Answer")
    receipt = await form.submit(text=GOOD)
    (rung,) = await discord.posted(card.id)

    assert form.kind == "form"
    assert "### Saved" in receipt.text
    assert receipt.is_private
    assert [thread.id for thread in await server.daily.threads()] == [card.id]
    assert "Follow-up 1" in rung.text
    assert "**1 day**" in (await mia.slash("streak")).text
    assert len(await discord.posted(server.daily)) == 1
    assert (await discord.truth()).count("PUT /applications/{application}/commands") == 1
