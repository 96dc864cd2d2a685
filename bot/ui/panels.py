"""The private messages that a member sees: the reveal, practice and streaks, in Components V2.

Feedback has a module of its own, `bot.ui.feedback`.
"""

from collections.abc import Iterable, Sequence

import discord

from bot.domain.bank import Bank
from bot.domain.questions import Company, Question
from bot.domain.reveal import Layer
from bot.domain.streaks import Day, DayState
from bot.services.streaks import StreakView
from bot.ui import custom_ids, texts
from bot.ui.cards import OPEN, Picture

MOST_TEXT = 4000
"""Characters of text that Discord takes in one Components V2 message."""

_LAYER_BUTTONS = {
    Layer.PROBES: "What is probed",
    Layer.DIRECT: "Direct answer",
    Layer.DEEP: "Deep answer",
    Layer.PITFALLS: "What goes wrong",
    Layer.CODE: "Code",
    Layer.REFERENCES: "References",
}
_DAY_WORDS = {
    DayState.OPEN: "still open",
    DayState.COUNTED: "missed",
    DayState.NEUTRAL: "does not count",
}

Button = discord.ui.Button[discord.ui.LayoutView]
Select = discord.ui.Select[discord.ui.LayoutView]


class Panel(discord.ui.LayoutView):
    """One framed private message of at most `most` characters: paragraphs, a choice, at most five buttons.

    A picture stands below the first paragraph.

    Finished from the start, so discord.py keeps nothing of it; pressing its buttons reaches the router.
    """

    def __init__(
        self,
        paragraphs: Iterable[str],
        buttons: Sequence[Button] = (),
        choice: Select | None = None,
        *,
        picture: Picture | None = None,
        most: int = MOST_TEXT,
    ) -> None:
        super().__init__(timeout=None)
        self.picture = picture
        frame: discord.ui.Container[Panel] = discord.ui.Container(accent_colour=OPEN)
        for at, text in enumerate(_fit(list(paragraphs), most)):
            frame.add_item(discord.ui.TextDisplay(text))
            if picture and at == 0:
                media = discord.MediaGalleryItem(f"attachment://{picture.name}", description=picture.alternative)
                frame.add_item(discord.ui.MediaGallery(media))
        if choice:
            frame.add_item(discord.ui.ActionRow(choice))
        if buttons:
            frame.add_item(discord.ui.ActionRow(*buttons))
        self.add_item(frame)
        self.stop()

    def files(self) -> list[discord.File]:
        """The uploads that go with it, made anew for each attempt to send it."""
        return [self.picture.file()] if self.picture else []


def _fit(paragraphs: list[str], most: int) -> list[str]:
    """The paragraphs, with the longest cut where they do not all fit into one message."""
    excess = sum(map(len, paragraphs)) - most
    if excess > 0:
        longest = max(range(len(paragraphs)), key=lambda i: len(paragraphs[i]))
        keep = max(0, len(paragraphs[longest]) - excess - 1)
        paragraphs[longest] = paragraphs[longest][:keep] + "…"
    return paragraphs


def button(label: str, custom_id: str, *, primary: bool = False) -> Button:
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(label=label, custom_id=custom_id, style=style)


def note(*paragraphs: str) -> Panel:
    """A panel of words alone."""
    return Panel(paragraphs)


def retry(text: str, key: str, rung: int, wanted: str | None = None) -> Panel:
    """A refusal with a way to try again."""
    return Panel([text], [button("Answer", custom_ids.answer(key, rung, wanted), primary=True)])


def practice(question: Question, bank: Bank, company: Company | None, wanted: str | None) -> Panel:
    """A question of a member's own choice, under the emphasis in force; `wanted` is the one they asked for with it."""
    about = f"{bank.cluster_name(question.cluster)} · {texts.difficulty(question.difficulty)}"
    emphasis = [f"**{texts.emphasis(company)}** {company.listens_for}"] if company else []
    return Panel(
        [
            f"### {texts.headline(question)}\n{question.asks}",
            *emphasis,
            f"-# {about} · Private practice: only you see this, and no streak depends on it.",
        ],
        [
            button("Answer", custom_ids.answer(question.id, 0, wanted), primary=True),
            button("Show the answer, step by step", custom_ids.reveal(question.id, Layer.PROBES)),
        ],
    )


def layer(question: Question, shown: Layer) -> Panel:
    """One step of the reveal, with a button for the next."""
    parts = [f"### {texts.headline(question)}\n**{_LAYER_BUTTONS[shown]}**", *_layer_text(question, shown)]
    row: list[Button] = []
    if following := shown.following:
        if following is Layer.DIRECT:
            parts.append(
                "-# From the next step on you see the answer. An answer you give after that still counts for "
                "your streak, not for points."
            )
        label = f"Next: {_LAYER_BUTTONS[following].lower()}"
        row.append(button(label, custom_ids.reveal(question.id, following), primary=True))
    return Panel(parts, row)


def _layer_text(question: Question, shown: Layer) -> list[str]:
    match shown:
        case Layer.PROBES:
            return [question.probes]
        case Layer.DIRECT:
            return [question.direct_answer]
        case Layer.DEEP:
            return [question.deep_answer, f"**In production**\n{question.production}"]
        case Layer.PITFALLS:
            pattern = question.anti_pattern
            flags = (f"- “{flag.says}” {flag.why}" for flag in question.red_flags)
            return [
                f"**An answer to avoid**\n{texts.quoted(pattern.answer)}\n{pattern.why}",
                "**Red flags**\n" + "\n".join(flags),
                "**Common mistakes**\n" + "\n".join(f"- {mistake}" for mistake in question.mistakes),
            ]
        case Layer.CODE:
            code = question.code
            return [
                code.shows,
                f"```py\n{code.source.strip()}\n```",
                f"It prints:\n```text\n{code.output.strip()}\n```",
            ]
        case Layer.REFERENCES:
            sources = (
                f"- [{ref.title}](<{ref.url}>), {ref.author}, {ref.year}: {ref.supports}" for ref in question.references
            )
            disputes = (
                f"**Disputed:** {one.claim}\n- For: {one.for_it}\n- Against: {one.against}"
                for one in question.contested
            )
            return ["\n".join(sources), *disputes]


def streak(view: StreakView, who: str) -> Panel:
    """A member's streak with the reason for each of the last days."""
    parts = [f"### {who}\n{texts.streak_line(view.streak)}"]
    if view.days:
        lines = [f"- {texts.day(day.date)}: {_day_words(day, view)}" for day in view.days]
        parts.append("**Last question days**\n" + "\n".join(lines))
    else:
        parts.append("No question has been posted here yet. The streak starts with the first one you answer.")
    for occurrence in view.waiting[:3]:
        where = f"https://discord.com/channels/{occurrence.guild_id}/{occurrence.post.channel_id}"
        link = f"{where}/{occurrence.post.message_id}"
        until = occurrence.promised_until
        limit = f" until {texts.when(until)}" if until else ""
        parts.append(f"[The question of {texts.day(occurrence.day)}](<{link}>) waits for your answer{limit}.")
    return Panel(parts)


def _day_words(day: Day, view: StreakView) -> str:
    if day.date in view.answered:
        return "answered"
    words = _DAY_WORDS[day.state]
    return f"{words}: {day.reason}" if day.reason else words
