"""Rules about evidence and word sets, most of which need the question beside the file: `EVIDENCE_RULES`.

`COMPLETENESS_OF_EVIDENCE` says what the bot can do without, and shipped content cannot.
To add a rule, write its check and add its row to the table. A check sees files whose shape may be wrong. What
needs patterns to be run, or values of the right shape, is in `bot.bank.proof_rules`.
"""

from collections.abc import Iterator, Sequence

from bot.bank.document import EACH, Document, Found, Steps
from bot.bank.file_rules import ids_of
from bot.bank.kinds import EVIDENCE, GLOSSARY, PROMPTS, QUESTION, SAMPLES, stem
from bot.bank.nearest import did_you_mean, nearest
from bot.bank.problems import Place, quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf
from bot.domain.grading.patterns import PatternError, parse

FEWEST_PARAPHRASES = 6
"""For a rubric point; the points of follow-ups and the red flags get by with what the model asks for."""

_PATTERNS = (
    ("points", EACH, "shown", EACH),
    ("points", EACH, "contradicted", EACH),
    ("red_flags", EACH, "raised", EACH),
    ("follow_ups", EACH, EACH, "shown", EACH),
    ("follow_ups", EACH, EACH, "contradicted", EACH),
    ("prompts", EACH, "items", EACH, "patterns", EACH),
    ("prompts", EACH, "rejects", EACH, "patterns", EACH),
)
_RUNGS: Steps = ("follow_ups",)
_PAIRS = ("opposites", "complements")
_GROUPS = (*_PAIRS, "rivals")


def stray_files(shelf: Shelf) -> Iterator[Breach]:
    questions = shelf.tree.files[QUESTION]
    for document in shelf.of(EVIDENCE, SAMPLES, PROMPTS):
        folder, wanted = document.file.parent, stem(document.file)
        beside = [question.stem for question in questions if question.parent == folder]
        if wanted not in beside:
            hint = did_you_mean(wanted, beside, "name this file after its question, or write the question.")
            yield Breach(Place(document.file), question=quoted(f"{wanted}.yaml"), hint=hint)


def other_questions(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(EVIDENCE, SAMPLES, PROMPTS):
        question = shelf.beside(document, QUESTION)
        for id_ in question.texts("id") if question else ():
            for said in document.texts("question"):
                if said.text != id_.text:
                    yield Breach(said.place, id_.place, said=quoted(said.text), id=quoted(id_.text))


def unknown_entries(shelf: Shelf) -> Iterator[Breach]:
    for document, keys, ids in _entries(shelf):
        for found in document.keys_of(*keys):
            if found.text not in ids:
                left = ", ".join(map(quoted, ids)) or "nothing"
                hint = did_you_mean(found.text, ids, f"its ids here are {left}.")
                yield Breach(found.place, id=quoted(found.text), group=_name(keys), hint=hint)


def missing_entries(shelf: Shelf) -> Iterator[Breach]:
    return (breach for keys, breach in _missing(shelf) if keys != _RUNGS)


def missing_follow_ups(shelf: Shelf) -> Iterator[Breach]:
    return (breach for keys, breach in _missing(shelf) if keys == _RUNGS)


def _missing(shelf: Shelf) -> Iterator[tuple[Steps, Breach]]:
    for document, keys, ids in _entries(shelf):
        value = document.value(keys)
        if value is not None and not isinstance(value, dict):
            continue  # its shape is told
        present = [found.text for found in document.keys_of(*keys)]
        meant = {nearest(key, ids) for key in present if key not in ids}
        for id_ in ids:
            if id_ not in present and id_ not in meant:
                yield keys, Breach(document.key_place(keys), id=quoted(id_), group=_name(keys))


def _entries(shelf: Shelf) -> Iterator[tuple[Document, Steps, Sequence[str]]]:
    """The mappings of every evidence file, each with the ids that the question has for it."""
    for document in shelf.of(EVIDENCE):
        question = shelf.beside(document, QUESTION)
        if question is None:
            continue
        wanted: list[tuple[Steps, Steps]] = [
            (("points",), ("rubric",)),
            (("red_flags",), ("red_flags",)),
            (_RUNGS, ("follow_ups",)),
        ]
        for rung in question.ways("follow_ups", EACH):
            keys: Steps = ("follow_ups", str(question.value((*rung, "id"))))
            if document.value(keys) is not None:
                wanted.append((keys, (*rung, "points")))
        for entries, group in wanted:
            if (ids := ids_of(question, *group)) is not None:
                yield document, entries, ids


def _name(keys: Steps) -> str:
    return " of ".join(quoted(key) for key in reversed(keys))


def few_paraphrases(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(EVIDENCE):
        for steps in document.ways("points", EACH, "paraphrases"):
            value = document.value(steps)
            if isinstance(value, list) and len(value) < FEWEST_PARAPHRASES:
                more = FEWEST_PARAPHRASES - len(value)
                yield Breach(document.place(steps), point=quoted(steps[1]), number=len(value), more=more)


def unknown_sets(shelf: Shelf) -> Iterator[Breach]:
    if not shelf.are_all_read(GLOSSARY):
        return  # its sets are not known
    shared = {name.text for glossary in shelf.of(GLOSSARY) for name in glossary.keys_of("sets")}
    for document in shelf.of(GLOSSARY, EVIDENCE, PROMPTS):
        lender = shelf.beside(document, EVIDENCE) if document.file.name != "glossary.yaml" else None
        known = (document, lender) if lender else (document,)
        sets = shared.union(name.text for file in known for name in file.keys_of("sets"))
        for group in _GROUPS:
            for name in document.texts(group, EACH, EACH):
                if name.text not in sets:
                    hint = did_you_mean(name.text, sets, "add it to `sets`, here or in `glossary.yaml`.")
                    yield Breach(name.place, name=quoted(name.text), hint=hint)


def words_in_opposites(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(GLOSSARY, EVIDENCE, PROMPTS):
        for pair in (steps for group in _PAIRS for steps in document.ways(group, EACH)):
            named = [_words_of(shelf, document, found.text) for found in document.texts(*pair, EACH)]
            first = {_folded(word): word for word in (named[0] if named else ())}
            for word in (word for words in named[1:] for word in words):
                if (same := first.get(_folded(word))) is not None:
                    yield Breach(document.place(pair), same.place, word=quoted(word.text))


def _words_of(shelf: Shelf, document: Document, name: str) -> Sequence[Found]:
    """The words of a set as this file knows it: its own one, or the glossary's."""
    for place in (document, *shelf.of(GLOSSARY)):
        if words := tuple(place.texts("sets", name, EACH)):
            return words
    return ()


def _folded(word: Found) -> str:
    return " ".join(word.text.casefold().split())


def bad_patterns(shelf: Shelf) -> Iterator[Breach]:
    for document in shelf.of(EVIDENCE, PROMPTS):
        for pattern in (found for way in _PATTERNS for found in document.texts(*way)):
            try:
                parse(pattern.text)
            except PatternError as error:
                yield Breach(pattern.place, column=error.column, reason=error.message)


EVIDENCE_RULES: tuple[Rule[Shelf], ...] = (
    Rule("stray-file", "There is no question {question} beside this file", "{hint}", stray_files),
    Rule("other-question", "The question beside this file is {id}, not {said}", "write {id}", other_questions),
    Rule("unknown-evidence", "The question has no {id} that could stand in {group}", "{hint}", unknown_entries),
    Rule(
        "missing-evidence",
        "There is no evidence for {id} in {group}",
        "add its patterns and test sentences",
        missing_entries,
    ),
    Rule(
        "few-paraphrases",
        f"{{point}} has {{number}} paraphrases but a rubric point needs at least {FEWEST_PARAPHRASES}",
        "add {more} more, each in other words",
        few_paraphrases,
    ),
    Rule("unknown-set", "There is no word set {name}", "{hint}", unknown_sets),
    Rule(
        "word-in-opposites",
        "{word}, at {other}, is in both sets of this pair",
        "take it out of one of them",
        words_in_opposites,
    ),
    Rule("bad-pattern", "This pattern is wrong at its character {column}", "{reason}", bad_patterns),
)

COMPLETENESS_OF_EVIDENCE: tuple[Rule[Shelf], ...] = (
    Rule(
        "missing-follow-up",
        "Answers to the follow-up {id} cannot be judged yet",
        "add it under `follow_ups`, with each of its points",
        missing_follow_ups,
    ),
)
