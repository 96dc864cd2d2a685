"""Rules about rapid-fire prompts: `PROMPT_RULES` for one file, `PROMPT_SHELF_RULES` for the content folder as a whole.

`COMPLETENESS_OF_PROMPTS` says what only content to ship has to keep. To add a rule, write its check and add its row to
a table. A check sees files whose shape may be wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.utils import default_process

from bot.bank.document import EACH, Document, Found, Steps
from bot.bank.file_rules import ids_of, repeats
from bot.bank.kinds import COMPANY, EVIDENCE, PACK, PROMPTS, QUESTION, beside
from bot.bank.nearest import did_you_mean
from bot.bank.problems import Place, quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf
from bot.domain.judging.quantities import is_unit
from bot.domain.questions import PromptKind, Stage

FEWEST_PROMPTS = 4
"""For each question."""
FEWEST_SAMPLES = 4
"""Right ones, and wrong ones, for each prompt."""
HELD_OUT_SHARE = 3
"""One sample in so many, at least, was kept from whoever wrote the patterns."""
OPTIONS = 4
ENOUGH_TO_WEIGH = 8
"""Prompts from which on their mix is looked at."""
FEWEST_OF_A_STAGE = 10
"""One prompt in so many, at least, is of each stage."""
ALIKE = 92
"""How alike, of 100, two texts are that ask the same."""

_PROMPTS = ("prompts", EACH)
_LISTS = ("items", "rejects")


class _Parts(NamedTuple):
    """What a prompt of one kind has, and what it has not."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]


_PARTS = {
    PromptKind.NAME: _Parts(("items",), ("number", "options")),
    PromptKind.CHOICE: _Parts(("options",), ("items", "rejects", "number")),
}


def repeated_prompt_ids(document: Document) -> Iterator[Breach]:
    for prompt in document.ways(*_PROMPTS):
        for group in (*_LISTS, "options"):
            for again, first in repeats(document.texts(*prompt, group, EACH, "id")):
                yield Breach(again.place, first, id=quoted(again.text), group=quoted(group))


def misfit_parts(document: Document) -> Iterator[Breach]:
    for prompt, kind in _kinds(document):
        parts = _PARTS.get(kind) or _parts_of_short(document, prompt)
        for key in parts.has:
            if not document.value((*prompt, key)):
                yield Breach(document.place(prompt), kind=kind.value, what=f"needs `{key}`", fix=f"write `{key}`")
        for key in parts.lacks:
            if document.value((*prompt, key)):
                place = document.key_place((*prompt, key))
                yield Breach(place, kind=kind.value, what=f"has no `{key}`", fix=f"take `{key}` out, or change `kind`")


def _parts_of_short(document: Document, prompt: Steps) -> _Parts:
    """A short prompt asks either for a number or for one term."""
    is_number = document.value((*prompt, "number")) is not None
    return _Parts((), ("items", "options")) if is_number else _Parts(("items",), ("options",))


def several_terms(document: Document) -> Iterator[Breach]:
    for prompt, kind in _kinds(document):
        items = document.value((*prompt, "items"))
        if kind is PromptKind.SHORT and isinstance(items, list) and len(items) > 1:
            yield Breach(document.place((*prompt, "items")), number=len(items))


def unreachable_numbers(document: Document) -> Iterator[Breach]:
    for prompt in document.ways(*_PROMPTS):
        wanted, items = document.value((*prompt, "wanted")), document.value((*prompt, "items"))
        if isinstance(wanted, int) and isinstance(items, list) and items and wanted > len(items):
            yield Breach(document.place((*prompt, "wanted")), wanted=wanted, items=len(items))


def wrong_options(document: Document) -> Iterator[Breach]:
    for prompt, kind in _kinds(document):
        options = document.value((*prompt, "options"))
        if kind is not PromptKind.CHOICE or not isinstance(options, list):
            continue
        right = sum(document.value((*option, "right")) is True for option in document.ways(*prompt, "options", EACH))
        if len(options) != OPTIONS or right != 1:
            yield Breach(document.place((*prompt, "options")), number=len(options), right=right)


def deaf_entries(document: Document) -> Iterator[Breach]:
    for prompt, kind in _kinds(document):
        is_number = kind is PromptKind.SHORT and document.value((*prompt, "number")) is not None
        ways = ("terms",) if is_number else ("terms", "patterns", "points", "red_flags")
        for group in _LISTS:
            for entry in document.ways(*prompt, group, EACH):
                if isinstance(document.value(entry), dict) and not any(document.value((*entry, way)) for way in ways):
                    yield Breach(document.place(entry), ways=" or ".join(map(quoted, ways[:2])))


def few_prompt_samples(shelf: Shelf) -> Iterator[Breach]:
    for document, prompt in _prompts(shelf):
        for side in ("right", "wrong"):
            number = _count(document, prompt, "samples", side) + _count(document, prompt, "held_out", side)
            if number < FEWEST_SAMPLES:
                yield Breach(document.place(prompt), number=number, side=side, more=FEWEST_SAMPLES - number)


def few_held_out_answers(shelf: Shelf) -> Iterator[Breach]:
    for document, prompt in _prompts(shelf):
        held, number = _held_out(document, prompt)
        if held < (needed := number // HELD_OUT_SHARE) and not _excused(shelf, document.texts("question")):
            yield Breach(document.place(prompt), held=held, all=number, needed=needed)


def _held_out(document: Document, prompt: Steps) -> tuple[int, int]:
    """How many answers of a prompt are held out, and how many there are in all."""
    held = sum(_count(document, prompt, "held_out", side) for side in ("right", "wrong"))
    return held, held + sum(_count(document, prompt, "samples", side) for side in ("right", "wrong"))


def _excused(shelf: Shelf, names: Iterable[Found]) -> bool:
    """Whether a pack lists the question as one whose prompts are not complete yet."""
    listed = {found.text for pack in shelf.of(PACK) for found in pack.texts("without_prompts", EACH)}
    return any(name.text in listed for name in names)


def _prompts(shelf: Shelf) -> Iterator[tuple[Document, Steps]]:
    return ((document, prompt) for document in shelf.of(PROMPTS) for prompt in document.ways(*_PROMPTS))


def _count(document: Document, prompt: Steps, group: str, side: str) -> int:
    answers = document.value((*prompt, group, side))
    return len(answers) if isinstance(answers, list) else 0


def unknown_units(document: Document) -> Iterator[Breach]:
    for unit in document.texts(*_PROMPTS, "number", "unit"):
        if not is_unit(unit.text):
            yield Breach(unit.place, unit=quoted(unit.text))


def _kinds(document: Document) -> Iterator[tuple[Steps, PromptKind]]:
    """Every prompt whose kind is known."""
    for prompt in document.ways(*_PROMPTS):
        kind = document.value((*prompt, "kind"))
        if kind in tuple(PromptKind):
            yield prompt, PromptKind(str(kind))


def duplicate_prompts(shelf: Shelf) -> Iterator[Breach]:
    for again, first in repeats(found for one in shelf.of(PROMPTS) for found in one.texts(*_PROMPTS, "id")):
        yield Breach(again.place, first, id=quoted(again.text))


def borrowed_from_nowhere(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(PROMPTS):
        question = shelf.beside(document, QUESTION)
        for key, group, lists in (("points", "rubric", "items"), ("red_flags", "red_flags", "rejects")):
            known = ids_of(question, group) if question else None
            for named in document.texts(*_PROMPTS, lists, EACH, key, EACH):
                if known is not None and named.text not in known:
                    hint = did_you_mean(named.text, known, f"use ids from `{group}`.")
                    yield Breach(named.place, id=quoted(named.text), group=quoted(group), hint=hint)


def unknown_companies(shelf: Shelf) -> Iterator[Breach]:
    known = [slug.text for company in shelf.of(COMPANY) for slug in company.texts("slug") if slug.text]
    if len(known) < len(shelf.tree.files[COMPANY]):
        return  # one without a slug may be the one
    for document in shelf.of(PROMPTS):
        for company in document.texts(*_PROMPTS, "companies", EACH):
            if company.text not in known:
                hint = did_you_mean(company.text, known, "take it out, or write its file in `companies`.")
                yield Breach(company.place, company=quoted(company.text), hint=hint)


def unknown_subjects(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(PROMPTS):
        evidence = shelf.beside(document, EVIDENCE)
        if evidence is None:
            continue  # its rivals are not known
        rivals = [name.text for file in (document, evidence) for name in file.texts("rivals", EACH, EACH)]
        for about in document.texts(*_PROMPTS, "about"):
            if about.text not in rivals:
                hint = did_you_mean(about.text, rivals, "name a set of its `rivals`, or take `about` out.")
                yield Breach(about.place, name=quoted(about.text), hint=hint)


def alike_titles(shelf: Shelf) -> Iterator[Breach]:
    return _alike([found for question in shelf.of(QUESTION) for found in question.texts("title")])


def alike_prompts(shelf: Shelf) -> Iterator[Breach]:
    return _alike([found for one in shelf.of(PROMPTS) for found in one.texts(*_PROMPTS, "asks")])


def _alike(found: Sequence[Found]) -> Iterator[Breach]:
    said = [default_process(one.text) for one in found]
    for at, text in enumerate(said):
        for before in range(at):
            if text and token_sort_ratio(text, said[before], score_cutoff=ALIKE) >= ALIKE:
                yield Breach(found[at].place, found[before].place)
                break


def few_prompts(shelf: Shelf) -> Iterator[Breach]:
    for question in shelf.of(QUESTION):
        wanted = beside(question.file, PROMPTS)
        document = shelf.beside(question, PROMPTS)
        number = len(list(document.ways(*_PROMPTS))) if document else 0
        is_draft = any(question.placeholders)  # which comes first
        if number < FEWEST_PROMPTS and not is_draft and not _excused(shelf, question.texts("id")):
            place = document.place(("prompts",)) if document else Place(question.file)
            yield Breach(place, number=number, file=quoted(wanted.name, 80), more=FEWEST_PROMPTS - number)


def scarce_stages(shelf: Shelf) -> Iterator[Breach]:
    stages = Counter(found.text for one in shelf.of(PROMPTS) for found in one.texts(*_PROMPTS, "stage"))
    for pack, every in _weighed(shelf, stages.total()):
        for stage in Stage:
            if FEWEST_OF_A_STAGE * stages[stage] < every:
                yield Breach(pack, stage=quoted(stage), number=stages[stage], every=every)


def scarce_companies(shelf: Shelf) -> Iterator[Breach]:
    written = [company for company in shelf.of(COMPANY) if not any(company.placeholders)]
    known = [slug.text for company in written for slug in company.texts("slug")]
    named = Counter(found.text for one in shelf.of(PROMPTS) for found in one.texts(*_PROMPTS, "companies", EACH))
    for pack, _ in _weighed(shelf, sum(len(list(one.ways(*_PROMPTS))) for one in shelf.of(PROMPTS))):
        for company in known:
            if 2 * named[company] < (most := max(named.values(), default=0)) or not named[company]:
                yield Breach(pack, company=quoted(company), number=named[company], most=most)


def heavy_difficulties(shelf: Shelf) -> Iterator[Breach]:
    levels = Counter(found.value for one in shelf.of(PROMPTS) for found in one.each(*_PROMPTS, "difficulty"))
    for pack, every in _weighed(shelf, levels.total()):
        for level, number in levels.items():
            if 2 * number > every:
                yield Breach(pack, level=level, number=number, every=every)


def _weighed(shelf: Shelf, every: int) -> Iterator[tuple[Place, int]]:
    """The first pack's place, where there are enough prompts to speak of balance."""
    packs = shelf.tree.files[PACK]
    if packs and every >= ENOUGH_TO_WEIGH:
        yield Place(packs[0]), every


def needless_excuses(shelf: Shelf) -> Iterator[Breach]:
    done = {name.text for one in shelf.of(PROMPTS) if _is_complete(one) for name in one.texts("question")}
    for pack in shelf.of(PACK):
        for listed in pack.texts("without_prompts", EACH):
            if listed.text in done:
                yield Breach(listed.place, id=quoted(listed.text))


def _is_complete(document: Document) -> bool:
    counts = [_held_out(document, prompt) for prompt in document.ways(*_PROMPTS)]
    return len(counts) >= FEWEST_PROMPTS and all(held >= number // HELD_OUT_SHARE for held, number in counts)


PROMPT_RULES: tuple[Rule[Document], ...] = (
    Rule(
        "duplicate-item",
        "The id {id} is already used in {group} at {other}",
        "give this entry another id",
        repeated_prompt_ids,
    ),
    Rule("prompt-kind", "A `{kind}` prompt {what}", "{fix}", misfit_parts),
    Rule(
        "several-terms",
        "A `short` prompt asks for one thing but has {number} items",
        "join their terms in one item, or make it a `name` prompt",
        several_terms,
    ),
    Rule(
        "unreachable-number",
        "The prompt asks for {wanted} items but knows only {items}",
        "add items, or ask for fewer",
        unreachable_numbers,
    ),
    Rule(
        "wrong-options",
        f"There are {{number}} options, {{right}} of them right, but a `choice` prompt needs {OPTIONS}, one right",
        "add or take out options, and mark the right one with `right: true`",
        wrong_options,
    ),
    Rule("deaf-entry", "Nothing in an answer could be recognised as this entry", "give it {ways}", deaf_entries),
    Rule(
        "unknown-unit",
        "The unit {unit} is not known",
        "spell it as Pint does, such as GB, ms or percent, or leave it out",
        unknown_units,
    ),
)

PROMPT_SHELF_RULES: tuple[Rule[Shelf], ...] = (
    Rule("duplicate-prompt", "The prompt id {id} is already taken at {other}", "choose another", duplicate_prompts),
    Rule("unknown-loan", "The question has no {id} in {group}", "{hint}", borrowed_from_nowhere),
    Rule("unknown-company", "There is no company {company}", "{hint}", unknown_companies),
    Rule("unknown-subject", "No `rivals` name {name}", "{hint}", unknown_subjects),
    Rule(
        "alike-titles",
        "This title says nearly the same as the one at {other}",
        "join the two, or set them apart",
        alike_titles,
    ),
    Rule("alike-prompts", "This asks nearly the same as the prompt at {other}", "ask something else", alike_prompts),
)

COMPLETENESS_OF_PROMPTS: tuple[Rule[Shelf], ...] = (
    Rule(
        "few-prompt-samples",
        f"The prompt has {{number}} {{side}} answers but at least {FEWEST_SAMPLES} are needed",
        "add {more} more under `samples` or `held_out`",
        few_prompt_samples,
    ),
    Rule(
        "few-held-out-answers",
        "{held} of {all} answers are held out but at least {needed} must be",
        "have new ones written by somebody who has not seen the items",
        few_held_out_answers,
    ),
    Rule(
        "few-prompts",
        f"The question has {{number}} rapid-fire prompts but needs at least {FEWEST_PROMPTS}",
        "write {more} more in {file}",
        few_prompts,
    ),
    Rule(
        "needless-excuse",
        "The question {id} has its rapid-fire prompts, held-out answers and all",
        "take it off the list",
        needless_excuses,
    ),
    Rule(
        "scarce-stage",
        "Only {number} of {every} prompts have the stage {stage}, fewer than one in ten",
        "write more of that stage",
        scarce_stages,
    ),
    Rule(
        "scarce-company",
        "Only {number} prompts name {company}, against {most} for the company named most often",
        "write more for it, or name it where it fits",
        scarce_companies,
    ),
    Rule(
        "heavy-difficulty",
        "{number} of {every} prompts have the difficulty {level}, more than half",
        "write easier and harder ones",
        heavy_difficulties,
    ),
)
"""What the bot can do without, and shipped content cannot."""
