"""Rules about marked sample answers: `SAMPLE_RULES` for one file, `SAMPLE_SHELF_RULES` with the question beside it.

To add a rule, write its check and add its row to a table. A check sees files whose shape may be wrong.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bot.bank.document import EACH, Document, Steps
from bot.bank.file_rules import ids_of, repeats
from bot.bank.kinds import QUESTION, SAMPLES
from bot.bank.nearest import did_you_mean
from bot.bank.problems import quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf
from bot.domain.evidence import Kind, Mark

FEWEST = 16
HELD_OUT_SHARE = 3
"""One sample in so many, at least, was kept from whoever wrote the patterns."""


class _Wanted(NamedTuple):
    number: int
    what: str
    kinds: tuple[Kind, ...]
    band: Mark | None = None


_WANTED = (
    _Wanted(2, "strong and in plain words", (Kind.PLAIN,), Mark.STRONG),
    _Wanted(2, "inverted", (Kind.INVERTED,)),
    _Wanted(1, "mere keywords or copied", (Kind.KEYWORDS, Kind.COPIED)),
    _Wanted(1, "hedges", (Kind.HEDGE,)),
    _Wanted(1, "confident nonsense", (Kind.NONSENSE,)),
)
_ON_POINTS = ("shown", "contradicted", "unsure")


def repeated_samples(document: Document) -> Iterator[Breach]:
    for again, first in repeats(document.texts("samples", EACH, "id")):
        yield Breach(again.place, first, id=quoted(again.text))


def doubly_marked(document: Document) -> Iterator[Breach]:
    for sample in document.ways("samples", EACH):
        marks = (found for key in _ON_POINTS for found in document.texts(*sample, key, EACH))
        for marked in (marks, document.texts(*sample, "red_flags", EACH)):
            for again, first in repeats(marked):
                yield Breach(again.place, first, id=quoted(again.text))


def unreasoned(document: Document) -> Iterator[Breach]:
    for sample in document.ways("samples", EACH):
        if _is_unscored(document, sample) and document.value((*sample, "reason")) is None:
            yield Breach(document.place((*sample, "band")))


def needless_reasons(document: Document) -> Iterator[Breach]:
    for sample in document.ways("samples", EACH):
        if not _is_unscored(document, sample):
            yield from (Breach(document.key_place(reason)) for reason in document.ways(*sample, "reason"))


def marks_on_unscored(document: Document) -> Iterator[Breach]:
    for sample in document.ways("samples", EACH):
        if _is_unscored(document, sample):
            for key in (*_ON_POINTS, "red_flags"):
                if document.value((*sample, key)):
                    yield Breach(document.key_place((*sample, key)), key=quoted(key))


def _is_unscored(document: Document, sample: Steps) -> bool:
    return document.value((*sample, "band")) == Mark.UNSCORED


def few_samples(document: Document) -> Iterator[Breach]:
    samples = document.value(("samples",))
    if isinstance(samples, list) and len(samples) < FEWEST:
        yield Breach(document.key_place(("samples",)), number=len(samples), more=FEWEST - len(samples))


def few_held_out(document: Document) -> Iterator[Breach]:
    samples = list(document.ways("samples", EACH))
    held = sum(document.value((*sample, "heldout")) is True for sample in samples)
    if held < (needed := len(samples) // HELD_OUT_SHARE):
        yield Breach(document.key_place(("samples",)), held=held, all=len(samples), needed=needed)


def missing_kinds(document: Document) -> Iterator[Breach]:
    samples = [
        (document.value((*sample, "kind")), document.value((*sample, "band")))
        for sample in document.ways("samples", EACH)
    ]
    for wanted in _WANTED:
        fit = sum(kind in wanted.kinds and (wanted.band is None or wanted.band == band) for kind, band in samples)
        if samples and fit < wanted.number:
            kinds = " or ".join(f"`kind: {kind}`" for kind in wanted.kinds)
            how = f"{kinds} and `band: {wanted.band}`" if wanted.band else kinds
            yield Breach(document.key_place(("samples",)), number=fit, what=wanted.what, needed=wanted.number, how=how)


def unknown_marks(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(SAMPLES):
        question = shelf.beside(document, QUESTION)
        if question is None:
            continue
        for group, keys in (("rubric", _ON_POINTS), ("red_flags", ("red_flags",))):
            known = ids_of(question, group)
            for mark in (found for key in keys for found in document.texts("samples", EACH, key, EACH)):
                if known is not None and mark.text not in known:
                    hint = did_you_mean(mark.text, known, f"use ids from `{group}`.")
                    yield Breach(mark.place, id=quoted(mark.text), group=quoted(group), hint=hint)


SAMPLE_RULES: tuple[Rule[Document], ...] = (
    Rule("duplicate-sample", "The id {id} is already used at {other}", "give this sample another id", repeated_samples),
    Rule("marked-twice", "{id} is already marked at {other}", "name it in one list, once", doubly_marked),
    Rule("no-reason", "A sample without a score needs its reason", "add the key `reason`", unreasoned),
    Rule("needless-reason", "Only an unscored sample has a reason", "take it out", needless_reasons),
    Rule("marks-on-unscored", "An unscored sample has no {key}", "take the list out", marks_on_unscored),
    Rule(
        "few-samples",
        f"There are {{number}} samples but at least {FEWEST} are needed",
        "add {more} more, each as another person would write it",
        few_samples,
    ),
    Rule(
        "few-held-out",
        "{held} of {all} samples are held out but at least {needed} must be",
        "have new ones written by somebody who has not seen the patterns",
        few_held_out,
    ),
    Rule(
        "missing-kind",
        "{number} samples are {what} but at least {needed} must be",
        "add some with {how}",
        missing_kinds,
    ),
)

SAMPLE_SHELF_RULES: tuple[Rule[Shelf], ...] = (
    Rule("unknown-mark", "The question has no {id} in {group}", "{hint}", unknown_marks),
)
