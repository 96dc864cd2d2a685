"""Rules about one file on its own; `FILE_RULES` holds for every kind of file, the other tables for one kind each.

To add a rule, write its check and add its row to the table. A check sees files whose shape may be wrong.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.bank.document import EACH, Document, Found, name_of
from bot.bank.nearest import did_you_mean
from bot.bank.problems import Place, printable, quoted
from bot.bank.rule import Breach, Rule
from bot.domain.questions import Stage

SPEAKABLE_WORDS = 60
"""About 30 seconds at an interview's pace."""

_LONGEST_PROGRAM = 10_000  # characters; beyond, the length is the problem, and compiling may take long


def placeholders(document: Document) -> Iterator[Breach]:
    for steps, asked in document.placeholders:
        wanted = printable(asked)[:150] or "your own words"
        yield Breach(document.place(steps), name=name_of(steps), wanted=wanted)


def repeated_ids(document: Document) -> Iterator[Breach]:
    for group in (("rubric",), ("red_flags",), ("follow_ups",), *document.ways("follow_ups", EACH, "points")):
        for again, first in repeats(document.texts(*group, EACH, "id")):
            yield Breach(again.place, first, id=quoted(again.text), group=group[-1])


def unknown_points(document: Document) -> Iterator[Breach]:
    known = [point.text for point in document.texts("rubric", EACH, "id")]
    for point in document.texts("follow_ups", EACH, "about", EACH):
        if point.text not in known:
            hint = did_you_mean(point.text, known, "use the ids of 1 to 3 points under `rubric`.")
            yield Breach(point.place, id=quoted(point.text), hint=hint)


def repeated_abouts(document: Document) -> Iterator[Breach]:
    for about in document.ways("follow_ups", EACH, "about"):
        for again, first in repeats(document.texts(*about, EACH)):
            yield Breach(again.place, first, entry=quoted(again.text))


def repeated_kinds(document: Document) -> Iterator[Breach]:
    for again, first in repeats(document.texts("follow_ups", EACH)):
        yield Breach(again.place, first, entry=quoted(again.text))


def missing_stages(document: Document) -> Iterator[Breach]:
    stages = {found.text for found in document.each("rubric", EACH, "stage")}
    if not stages <= set(Stage):
        return  # a misspelt stage may be the missing one
    for rubric in document.each("rubric"):
        if isinstance(rubric.value, list) and rubric.value:
            yield from (Breach(rubric.place, stage=stage.value) for stage in Stage if stage not in stages)


def no_primary_reference(document: Document) -> Iterator[Breach]:
    primary = [found.value for found in document.each("references", EACH, "primary")]
    for references in document.each("references"):
        if isinstance(references.value, list) and references.value and not any(primary):
            yield Breach(references.place)


def repeated_references(document: Document) -> Iterator[Breach]:
    for again, first in repeats(document.texts("references", EACH, "url")):
        yield Breach(again.place, first)


def broken_programs(document: Document) -> Iterator[Breach]:
    for source in document.texts("code", "source"):
        if len(source.text) > _LONGEST_PROGRAM:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # Python only warns of `\d` in a plain string
                compile(source.text, "source", "exec", dont_inherit=True)
        except SyntaxError as error:
            yield Breach(source.place, line=error.lineno or 1, reason=error.msg)
        except (ValueError, RecursionError, MemoryError):
            yield Breach(source.place, line=1, reason="it nests too deeply or holds a null character")


def long_direct_answers(document: Document) -> Iterator[Breach]:
    for answer in document.texts("direct_answer"):
        if (words := len(answer.text.split())) > SPEAKABLE_WORDS:
            yield Breach(answer.place, words=words, over=words - SPEAKABLE_WORDS)


def slugs_like_ids(document: Document) -> Iterator[Breach]:
    for slug in document.texts("slug"):
        if re.fullmatch(r"q[0-9]+", slug.text):
            yield Breach(slug.place, slug=quoted(slug.text))


def loose_dates(document: Document) -> Iterator[Breach]:
    # pydantic would also take a number of seconds, or a time of day at midnight
    for day in document.each("reviewed_on"):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.text, re.ASCII):
            yield Breach(day.place)


def ids_of(document: Document, *group: str | int) -> list[str] | None:
    """The ids of the entries of a list; None if not every entry has one, so that what else is there can't be told."""
    ids = [found.text for found in document.texts(*group, EACH, "id")]
    entries = document.value(group)
    return ids if isinstance(entries, list) and len(ids) == len(entries) else None


def repeats(found: Iterable[Found]) -> Iterator[tuple[Found, Place]]:
    """Every value that stands a second time, and the place of the first."""
    places: dict[str, list[Place]] = defaultdict(list)
    for one in found:
        if places[one.text]:
            yield one, places[one.text][0]
        places[one.text].append(one.place)


FILE_RULES: tuple[Rule[Document], ...] = (
    Rule("placeholder", "{name} is still a placeholder", "replace it with {wanted}", placeholders),
)

QUESTION_RULES: tuple[Rule[Document], ...] = (
    Rule(
        "duplicate-entry-id",
        "The id {id} is already used in `{group}` at {other}",
        "give this entry another id",
        repeated_ids,
    ),
    Rule(
        "missing-stage",
        "No rubric point has the stage `{stage}`",
        "add a point that a strong answer makes at that step",
        missing_stages,
    ),
    Rule(
        "no-primary-reference",
        "No reference is marked as primary",
        "add `primary: true` to a paper, a standard or official documentation",
        no_primary_reference,
    ),
    Rule(
        "duplicate-reference",
        "This address is already a reference at {other}",
        "cite another source, or join the two entries",
        repeated_references,
    ),
    Rule("unknown-point", "The rubric has no point {id}", "{hint}", unknown_points),
    Rule("repeated-about", "{entry} is already in this list at {other}", "name each point once", repeated_abouts),
    Rule(
        "broken-code",
        "Line {line} of the program is not valid Python ({reason})",
        "correct it and run it once",
        broken_programs,
    ),
    Rule(
        "long-direct-answer",
        f"`direct_answer` has {{words}} words, too many to say in 30 seconds (at most {SPEAKABLE_WORDS})",
        "cut {over}",
        long_direct_answers,
    ),
    Rule(
        "slug-like-id",
        "The slug {slug} reads like a question's number",
        "take a few words from the title",
        slugs_like_ids,
    ),
    Rule(
        "bad-date",
        "`reviewed_on` must be a date such as 2026-01-31",
        "write year, month and day with hyphens",
        loose_dates,
    ),
)

COMPANY_RULES: tuple[Rule[Document], ...] = (
    Rule("repeated-kind", "{entry} is already in this list at {other}", "name each kind once", repeated_kinds),
)
