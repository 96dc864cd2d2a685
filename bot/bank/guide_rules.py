"""Rules about guides: `GUIDE_RULES` for one file, `GUIDE_SHELF_RULES` with the questions that they link.

To add a rule, write its check and add its row to a table. A check sees files whose shape may be wrong.
"""

from collections import Counter
from collections.abc import Iterator

from bot.bank.document import EACH, Document
from bot.bank.file_rules import ids_of, repeats
from bot.bank.kinds import GUIDE, QUESTION
from bot.bank.nearest import did_you_mean
from bot.bank.problems import quoted
from bot.bank.rule import Breach, Rule
from bot.bank.shelf import Shelf
from bot.domain.guides import GuideForm

_PART = {GuideForm.STEPS: "steps", GuideForm.MAP: "steps", GuideForm.TREE: "nodes"}


def repeated_places(document: Document) -> Iterator[Breach]:
    for group in ("steps", "nodes"):
        for again, first in repeats(document.texts(group, EACH, "id")):
            yield Breach(again.place, first, id=quoted(again.text))


def wrong_form(document: Document) -> Iterator[Breach]:
    form = document.value(("form",))
    if form not in tuple(GuideForm):
        return
    wanted = _PART[GuideForm(str(form))]
    needless = "nodes" if wanted == "steps" else "steps"
    if document.value((needless,)) or not document.value((wanted,)):
        yield Breach(document.key_place(("form",)), form=quoted(form), wanted=wanted, needless=needless)


def lost_turns(document: Document) -> Iterator[Breach]:
    known = ids_of(document, "nodes")
    for turn in document.texts("nodes", EACH, "turns", EACH, "to"):
        if known is not None and turn.text not in known:
            hint = did_you_mean(turn.text, known, "write that node, or lead elsewhere.")
            yield Breach(turn.place, id=quoted(turn.text), hint=hint)


def wrong_trees(document: Document) -> Iterator[Breach]:
    """Every node but the first is led to once: otherwise there is no one way back, or no way there."""
    known = ids_of(document, "nodes") or []
    led_to = Counter(turn.text for turn in document.texts("nodes", EACH, "turns", EACH, "to"))
    if len(set(known)) < len(known) or not set(led_to) <= set(known):
        return  # that is told already
    for at, node in enumerate(known):
        times = led_to[node]
        if times != (1 if at else 0):
            yield Breach(document.place(("nodes", at)), id=quoted(node), times=times, wanted=1 if at else 0)


def single_turns(document: Document) -> Iterator[Breach]:
    for node in document.ways("nodes", EACH):
        turns = document.value((*node, "turns"))
        if isinstance(turns, list) and len(turns) == 1:
            yield Breach(document.place((*node, "turns")))


def bare_leaves(document: Document) -> Iterator[Breach]:
    for node in document.ways("nodes", EACH):
        turns, questions = document.value((*node, "turns")), document.value((*node, "questions"))
        if isinstance(document.value(node), dict) and bool(turns) == bool(questions):
            yield Breach(document.place(node), what="both" if turns else "neither")


def unknown_questions(shelf: Shelf) -> Iterator[Breach]:
    known = [found.text for question in shelf.of(QUESTION) for found in question.texts("id") if found.text]
    if len(known) < len(shelf.tree.files[QUESTION]):
        return  # one without an id may be the one
    for guide in shelf.of(GUIDE):
        for named in guide.texts("nodes", EACH, "questions", EACH):
            if named.text not in known:
                yield Breach(named.place, id=quoted(named.text))


GUIDE_RULES: tuple[Rule[Document], ...] = (
    Rule("duplicate-place", "The id {id} is already used at {other}", "give this one another id", repeated_places),
    Rule("wrong-form", "A guide of the form {form} has `{wanted}`, and no `{needless}`", "change one", wrong_form),
    Rule("lost-turn", "There is no node {id}", "{hint}", lost_turns),
    Rule(
        "wrong-tree",
        "The node {id} is led to {times} times but must be {wanted}",
        "lead to each node but the first by one turn, so that there is one way back",
        wrong_trees,
    ),
    Rule("single-turn", "There is only one way on from here", "add another answer, or join both nodes", single_turns),
    Rule(
        "bare-leaf",
        "The node has {what} of `turns` and `questions`",
        "give a question `turns`, and a leaf `questions` to practise",
        bare_leaves,
    ),
)

GUIDE_SHELF_RULES: tuple[Rule[Shelf], ...] = (
    Rule("unknown-question", "There is no question {id}", "link another, or take it out", unknown_questions),
)
