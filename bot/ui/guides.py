"""Guides as members see them: a picture with its text, and a tree to be walked with buttons."""

from collections.abc import Sequence

import discord

from bot.domain.bank import Bank
from bot.domain.guides import Guide, GuideForm, GuideNode
from bot.ui import custom_ids, texts
from bot.ui.cards import Picture
from bot.ui.panels import Panel, Select, button

_LABEL = 100
_FIRST_PAGE = 0
_NO_PICTURE = "-# There is a picture of this too. Here I lack the permission **Attach Files** to send it."


def panel(guide: Guide, png: bytes | None) -> Panel:
    """The guide as a picture, and the same in words; in words alone where no picture may be sent."""
    heading = f"### {guide.title}\n{guide.summary}"
    foot = [f"-# {guide.note}"] if guide.note else []
    if png is None:
        foot.append(_NO_PICTURE)
    row = [button("Walk through it", custom_ids.triage(guide.slug, guide.root.id), primary=True)] if guide.nodes else []
    picture = Picture(f"{guide.slug}.png", _alternative(guide), png) if png else None
    return Panel([heading, in_words(guide), *foot], row, picture=picture)


def step(guide: Guide, node: GuideNode, bank: Bank) -> Panel:
    """One place of a tree: where one came from, what is asked or to be inspected, and the ways on and back."""
    way = [f"{before.name} **{said}**" for before, said in guide.way_to(node)]
    trail = [f"-# {' · '.join(way)}"] if way else []
    name = f"Inspect: {node.name}" if node.is_leaf else node.name
    row = [button(turn.says, custom_ids.triage(guide.slug, turn.to), primary=True) for turn in node.turns]
    back = guide.before(node)
    if back is not None:
        row.append(button("Back", custom_ids.triage(guide.slug, back.id)))
        if back != guide.root:
            row.append(button("Start again", custom_ids.triage(guide.slug, guide.root.id)))
    foot = "-# Only you see this. Choose a question below to practise it." if node.is_leaf else "-# Only you see this."
    return Panel([f"### {guide.title}", *trail, f"**{name}**\n{node.says}", foot], row, _linked(node, bank))


def in_words(guide: Guide) -> str:
    """The whole guide as text, for whoever does not see the picture."""
    if guide.form is not GuideForm.TREE:
        marks = [f"{at}." if guide.form is GuideForm.STEPS else "-" for at, _ in enumerate(guide.steps, 1)]
        return "\n".join(f"{mark} **{one.name}** {one.says}" for mark, one in zip(marks, guide.steps, strict=True))
    return "\n".join(_outlined(guide))


def _outlined(guide: Guide) -> Sequence[str]:
    lines = []
    for depth, said, node in guide.outline():
        answer = f"*{said}:* " if said else ""
        name = f"inspect **{node.name}**" if node.is_leaf else f"**{node.name}**"
        lines.append(f"{'  ' * depth}- {answer}{name}")
    return lines


def _alternative(guide: Guide) -> str:
    """What a screen reader says in place of the picture; the text below it says more."""
    if guide.form is GuideForm.TREE:
        said = [f"{answer + ', ' if answer else ''}{node.name}" for _, answer, node in guide.outline()]
    else:
        said = [one.name for one in guide.steps]
    return texts.cut(f"{guide.title}. {'; '.join(said)}", Picture.MOST_ALTERNATIVE)


def _linked(node: GuideNode, bank: Bank) -> Select | None:
    questions = [question for name in node.questions if (question := bank.find(name)) is not None]
    if not questions:
        return None
    options = [discord.SelectOption(label=texts.headline(one)[:_LABEL], value=one.id) for one in questions]
    placeholder = "Practise a question about it"
    return discord.ui.Select(custom_id=custom_ids.practise(_FIRST_PAGE), placeholder=placeholder, options=options)
