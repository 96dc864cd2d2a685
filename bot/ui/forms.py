"""The Answer form, as a payload to show and as the fields that come back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord

from bot.domain import ladder
from bot.domain.answers import LONGEST
from bot.domain.prompts import Prompt
from bot.domain.questions import PromptKind
from bot.services.answering import Asked
from bot.services.rapidfire import LONGEST as MOST_FIRED
from bot.ui import custom_ids, texts

FIELD = "text"
_TITLE = 45
_WANTS = {
    PromptKind.NAME: "A few words",
    PromptKind.SHORT: "A term, or a number with its unit",
    PromptKind.CHOICE: "The letter of an option",
}


class AnswerForm(discord.ui.Modal):
    """Asks for one rung's answer, with the question in sight and the member's former text to go on from.

    `wanted` is the emphasis that was chosen with a question in practice; the form hands it on.

    Finished from the start: discord.py would forget it with the next restart, the router does not.
    """

    def __init__(self, asked: Asked, wanted: str | None = None) -> None:
        occurrence = asked.occurrence
        key = occurrence.key if occurrence else asked.question.id
        title = asked.question.title
        if len(title) > _TITLE:
            title = title[: _TITLE - 1] + "…"
        super().__init__(title=title, custom_id=custom_ids.submit(key, asked.rung, wanted), timeout=None)
        self.add_item(discord.ui.TextDisplay(texts.quoted(asked.text)))
        field: discord.ui.TextInput[AnswerForm] = discord.ui.TextInput(
            custom_id=FIELD,
            style=discord.TextStyle.paragraph,
            max_length=LONGEST,
            default=asked.former or None,
            placeholder="As you would say it aloud: define, explain, weigh, apply.",
        )
        name = "Your answer" if asked.rung == ladder.QUESTION else "Your answer to the follow-up"
        self.add_item(discord.ui.Label(text=name, component=field))
        self.stop()


class PromptForm(discord.ui.Modal):
    """Asks for a few words on a rapid-fire prompt. Finished from the start, like `AnswerForm`."""

    def __init__(self, prompt: Prompt, heading: str, custom_id: str, former: str | None) -> None:
        super().__init__(title=heading[:_TITLE], custom_id=custom_id, timeout=None)
        self.add_item(discord.ui.TextDisplay(texts.quoted(prompt.asks)))
        field: discord.ui.TextInput[PromptForm] = discord.ui.TextInput(
            custom_id=FIELD,
            style=discord.TextStyle.short,
            max_length=MOST_FIRED,
            default=former or None,
            placeholder=_WANTS[prompt.kind]
            if prompt.wanted == 1
            else f"Name {prompt.wanted}, with a comma between them",
        )
        self.add_item(discord.ui.Label(text="Your answer", component=field))
        self.stop()


def submitted(data: Mapping[str, Any]) -> str:
    """The text of the form's field in a modal submission's data; empty if it is not there.

    Discord nests fields in rows or labels, by the kind of form, so all levels are searched.
    """
    return next(_values(data.get("components", ())), "")


def _values(components: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for component in components:
        if component.get("custom_id") == FIELD and isinstance(component.get("value"), str):
            yield component["value"]
        inner = component.get("components") or filter(None, [component.get("component")])
        yield from _values(inner)
