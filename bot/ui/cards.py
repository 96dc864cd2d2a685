"""The messages that the bot posts for all: the question's card, the rungs in its thread, and the hint.

Each is classic content, embed and buttons: pings of newer layouts reach phones as empty notifications.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import discord

from bot.domain import ladder
from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Post, PostKind
from bot.domain.questions import Question
from bot.domain.reveal import Layer
from bot.services.rapidfire_ports import AttemptId
from bot.ui import custom_ids, texts

OPEN = discord.Colour(0x5865F2)
CLOSED = discord.Colour(0x6D6F78)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, the name of its file, and what is read out in its place."""

    MOST_ALTERNATIVE: ClassVar = 1024

    name: str
    alternative: str
    png: bytes

    def file(self) -> discord.File:
        """The picture as an upload; discord.py uses up each one that it sends."""
        return discord.File(BytesIO(self.png), self.name, description=self.alternative)


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent. `view` is finished, so discord.py keeps nothing of it."""

    content: str
    embed: discord.Embed | None
    view: discord.ui.View | None
    picture: Picture | None = None

    def files(self) -> list[discord.File]:
        """The uploads that go with it, made anew for each attempt to send it."""
        return [self.picture.file()] if self.picture else []


def buttons(*items: discord.ui.Button[discord.ui.View]) -> discord.ui.View:
    """One row of buttons as a payload only: what they do is the router's business."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def button(
    label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, custom_id=custom_id, style=style)


def _answer(key: str, rung: int, label: str = "Answer") -> discord.ui.Button[discord.ui.View]:
    return button(label, custom_ids.answer(key, rung), discord.ButtonStyle.primary)


def marker(post: Post) -> str:
    """The `custom_id` by which a post of ours is known in its channel's history."""
    match post.kind:
        case PostKind.LOBBY:
            return custom_ids.join(post.subject)
        case PostKind.PROMPT:
            return custom_ids.shoot(post.subject, post.rung)
        case PostKind.PODIUM:
            return custom_ids.review(post.subject)
        case PostKind.APPEAL:
            return custom_ids.rule(AttemptId(post.subject, post.rung, post.recipient or 0), upheld=True)
        case _:
            return custom_ids.answer(post.subject, post.rung)


def card(occurrence: Occurrence, question: Question, bank: Bank, *, members: int | None = None) -> Message:
    """The card of an occurrence; closed, with how many answered, where `members` is given."""
    embed = discord.Embed(description=question.asks, colour=OPEN if members is None else CLOSED)
    facts = [bank.cluster_name(question.cluster), texts.difficulty(question.difficulty)]
    embed.add_field(name="About", value=" · ".join(facts), inline=False)
    if company := bank.company(occurrence.company):
        embed.add_field(name="Emphasis", value=texts.emphasis(company), inline=False)
    if members is not None:
        embed.add_field(name="Closed", value=f"{texts.plural(members, 'member')} answered.", inline=False)
    elif occurrence.promised_until:
        until = texts.when(occurrence.promised_until)
        embed.add_field(name="Counts for your streak", value=f"until {until}", inline=False)
    if occurrence.is_late:
        due = texts.timestamp(occurrence.scheduled, "t")
        embed.add_field(name="Posted late", value=f"It was due at {due}.", inline=False)
    embed.set_footer(text="Press Answer: only you see the form and the reply.")
    answer = _answer(occurrence.key, 0, "Answer" if members is None else "Answer late")
    view = buttons(
        answer,
        button("My feedback", custom_ids.mine(occurrence.key, 0)),
        button("Show the answer, step by step", custom_ids.reveal(question.id, Layer.PROBES)),
    )
    state = "Question of the day" if members is None else "Closed"
    return Message(f"{state}: **{texts.headline(question)}**", embed, view)


def rung(occurrence: Occurrence, question: Question, bank: Bank, number: int) -> Message:
    """The follow-up of that number in the occurrence's thread, headed by its place in the thread's order.

    ValueError if the thread does not ask it.
    """
    order = ladder.public(question, bank.company(occurrence.company))
    place = order.index(number) + 1
    follow_up = question.follow_ups[number - 1]
    embed = discord.Embed(description=follow_up.asks, colour=OPEN)
    embed.set_footer(text="Press Answer, or reply to this message and leave the ping on.")
    view = buttons(_answer(occurrence.key, number), button("My feedback", custom_ids.mine(occurrence.key, number)))
    return Message(f"**Follow-up {place} of {len(order)}**", embed, view)


def hint(occurrence: Occurrence) -> Message:
    """How to answer in a thread whose plain messages the bot may not read."""
    content = (
        "I can't read plain messages here, so the last one was not taken as an answer. Any of these works: "
        "press **Answer**, reply to me with the ping left on, mention me in your message, use `/answer`, or "
        "open your message's menu: *Apps → Submit as my answer*."
    )
    return Message(content, None, buttons(_answer(occurrence.key, 0)))


def build(post: Post, occurrence: Occurrence, question: Question, bank: Bank) -> Message:
    """The message that a post stands for."""
    match post.kind:
        case PostKind.CARD:
            return card(occurrence, question, bank)
        case PostKind.RUNG:
            return rung(occurrence, question, bank, post.rung)
        case PostKind.HINT:
            return hint(occurrence)
        case _:
            raise ValueError(f"a {post.kind} is not about a question")


def opens_thread(post: Post, occurrence: Occurrence, question: Question, bank: Bank) -> bool:
    """Whether a post may be the first in its thread; later rungs find the thread there."""
    match post.kind:
        case PostKind.HINT:
            return True
        case PostKind.RUNG:
            return post.rung == ladder.public(question, bank.company(occurrence.company))[0]
        case _:
            return False


def thread_name(occurrence: Occurrence, question: Question) -> str:
    """At most 100 characters, as Discord wants."""
    return f"{texts.headline(question)} · {occurrence.day.isoformat()}"[:100]
