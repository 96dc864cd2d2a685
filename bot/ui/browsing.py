"""The pages of `/bank`: a topic's questions, how far a member has come with each, and a choice to practise one."""

import discord

from bot.domain.questions import Stage
from bot.services.browsing import Entry, Page
from bot.ui import custom_ids, texts
from bot.ui.panels import Panel, Select, button

_LABEL = 100


def panel(page: Page) -> Panel:
    """One page, with the ways to its neighbours."""
    head = f"### {page.cluster.name}\nYou have answered {page.answered} of {page.total}. {_stages(page)}".rstrip()
    lines = [_line(entry) for entry in page.entries]
    foot = f"-# Page {page.number + 1} of {page.pages} · Only you see this. Choose a question below to practise it."
    row = []
    if page.number > 0:
        row.append(button("Previous page", custom_ids.bank(page.number - 1)))
    if page.number + 1 < page.pages:
        row.append(button("Next page", custom_ids.bank(page.number + 1), primary=True))
    return Panel([head, "\n".join(lines), foot], row, _choice(page))


def _stages(page: Page) -> str:
    """How many of the page's answers take each step."""
    judged = [entry for entry in page.entries if entry.stages]
    if not judged:
        return ""
    counts = (f"{texts.STAGE_NAMES[stage]} {sum(entry.stages[stage] for entry in judged)}" for stage in Stage)
    return f"On this page they take these steps: {', '.join(counts)}."


def _line(entry: Entry) -> str:
    question = entry.question
    if not entry.is_answered:
        state = "not answered yet"
    elif not entry.stages:
        state = "answered"
    else:
        taken = [texts.STAGE_NAMES[stage].lower() for stage in Stage if entry.stages[stage]]
        lacking = [texts.STAGE_NAMES[stage].lower() for stage in Stage if not entry.stages[stage]]
        state = "answered, all four steps" if not lacking else f"answered; to add: {texts.listed(lacking)}"
        if not taken:
            state = "answered; no step taken yet"
    return f"- **{texts.headline(question)}** ({texts.difficulty(question.difficulty)}): {state}"


def _choice(page: Page) -> Select:
    options = [
        discord.SelectOption(label=texts.headline(entry.question)[:_LABEL], value=entry.question.id)
        for entry in page.entries
    ]
    return discord.ui.Select(
        custom_id=custom_ids.practise(page.number), placeholder="Practise one of these", options=options
    )
