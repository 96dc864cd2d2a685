"""How the people of a wire test play a rapid-fire round."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.wire.control import Discord
from tests.wire.people import Person, Place, Posted, Server, Shown

Acts = list[tuple[str, dict[str, Any]]]
"""For `Discord.at_once`."""

LOBBY, OPEN, OVER = "ic:1:begin:", "ic:1:shoot:", "ic:1:again:"
"""A button that only a lobby, an open prompt and a podium have."""

WORD = "overfitting"


async def first_prompt(discord: Discord, server: Server, *, at: Place | None = None, **options: Any) -> Posted:
    """Opens a round of three prompts of two minutes each, if not told otherwise, and begins it; its first prompt."""
    place = at or server.daily
    await server.owner.slash("rapidfire start", at=place, **({"prompts": 3, "seconds": 120} | options))
    lobby = (await discord.posted(place, marker=LOBBY))[-1]
    await server.owner.click(lobby, "Start now")
    return await open_prompt(discord, place)


async def open_prompt(discord: Discord, place: Place) -> Posted:
    """The newest prompt that still takes answers."""
    return (await discord.posted(place, marker=OPEN))[-1]


def players(server: Server) -> list[Person]:
    """Everybody but the owner."""
    return [person for person in server.people.values() if person is not server.owner]


def is_choice(prompt: Posted) -> bool:
    """Whether it is answered by a letter and not by a form."""
    return "My answer" in prompt.buttons


def pressing(prompt: Posted, people: Iterable[Person]) -> Acts:
    """Each of them presses the prompt's first button: for a form, or a letter that is an answer by itself."""
    label = next(iter(prompt.buttons))
    return [("click", {"user": str(p.id), "message": str(prompt.id), "label": label}) for p in people]


def writing(forms: Iterable[Shown], text: str = WORD) -> Acts:
    """Each form is filled in and sent."""
    return [("submit", {"interaction": form.id, "fields": {"text": text}}) for form in forms]


async def answer(discord: Discord, prompt: Posted, people: Sequence[Person]) -> list[Shown]:
    """Everybody answers in one moment; what they were shown. Who came too late was told so, and got no form."""
    shown = await discord.all_shown(await discord.at_once(pressing(prompt, people)))
    forms = [each for each in shown if each.kind == "form"]
    others = [each for each in shown if each.kind != "form"]
    return [*others, *await discord.all_shown(await discord.at_once(writing(forms)))]
