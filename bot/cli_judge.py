"""`interview-coach judge`: ruling on rapid-fire answers outside Discord."""

import json
import sys
from functools import partial
from typing import Annotated, Any

import typer

from bot.bank.nearest import nearest
from bot.cli_bank import ContentFolder, bank_or_exit, give_up, results
from bot.domain.bank import Bank
from bot.domain.judging import Judge, Ruling


def judge(
    prompt: Annotated[str | None, typer.Argument(help="A prompt's id, such as label-leakage-signs.")] = None,
    text: Annotated[str | None, typer.Argument(help="The answer, in quotes.")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines of {"id", "prompt", "answer"}, write a line for each.')
    ] = False,
    content: ContentFolder = None,
) -> None:
    """Rule on a rapid-fire answer: what counts, what does not, and what it was taken for.

    Example: interview-coach judge cosine-over-dot-product "it ignores how long the vectors are"
    """
    bank = bank_or_exit(content)
    ruler = Judge(bank.prompt_files, bank.evidence, bank.glossary)
    if jsonl:
        if prompt is not None:
            give_up("With --jsonl the prompts stand in the lines: leave the arguments out.")
        good = True
        for line in results(sys.stdin.buffer, "prompt", partial(_line, bank, ruler)):
            good = good and "error" not in line
            sys.stdout.write(json.dumps(line) + "\n")
        if not good:
            raise typer.Exit(1)
        return
    if prompt is None or text is None:
        give_up('Name a prompt and an answer, such as `judge label-leakage-signs "my answer"`, or use --jsonl.')
    if prompt not in bank.prompts:
        meant = nearest(prompt, bank.prompts)
        give_up(f"There is no prompt {prompt!r}: {f'did you mean {meant!r}' if meant else 'see content/packs'}.")
    typer.echo("\n".join(_for_terminal(bank, prompt, ruler.rule(prompt, text))))


def _line(bank: Bank, ruler: Judge, name: str, answer: str) -> dict[str, Any]:
    if name not in bank.prompts:
        return {"error": f"There is no prompt {name[:60]!r}."}
    return as_json(ruler.rule(name, answer))


def as_json(ruling: Ruling) -> dict[str, Any]:
    """A ruling in the form that other programs read."""
    return {
        "accepted": ruling.accepted,
        "points": ruling.points,
        "items": [{"id": item.id, "evidence": item.evidence} for item in ruling.items],
        "rejected": [{"evidence": one.evidence, "why": one.why} for one in ruling.rejected],
    }


def _for_terminal(bank: Bank, prompt_id: str, ruling: Ruling) -> list[str]:
    prompt = bank.prompts[prompt_id]
    says = {item.id: item.says for item in prompt.items}
    counted = [f"  + {says.get(item.id, item.id)}  <- {item.evidence}" for item in ruling.items]
    refused = [f"  - {one.why}  <- {one.evidence}" for one in ruling.rejected]
    verdict = "Accepted" if ruling.accepted else "Not accepted"
    return [prompt.asks, f"{verdict}: {ruling.points} of {prompt.wanted}.", *counted, *refused, prompt.explains]
