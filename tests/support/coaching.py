"""A bank of two questions for tests of the coach: one with evidence of its own, one for self-check."""

from bot.domain.bank import Bank
from bot.domain.questions import Cluster, Company, FollowUpKind, Pack, Stage
from tests.support.grading import EVIDENCE, GLOSSARY, QUESTION

SELF_CHECK = QUESTION.model_copy(update={"id": "Q2", "slug": "self-check", "title": "Nobody judges this"})


def company(name: str, **changes) -> Company:
    """An emphasis that prefers budgets, unless told otherwise."""
    plain = Company(
        slug=name.lower(),
        name=name,
        listens_for="What you give up.",
        coaching=f"Think of {name}.",
        stages=dict.fromkeys(Stage, 1),
        follow_ups=(FollowUpKind.BUDGET,),
        depth=6,
        time_percent=100,
    )
    return plain.model_copy(update=changes)


THRIFTY = company("Thrifty")
CURIOUS = company("Curious", follow_ups=(FollowUpKind.ASSUMPTION,), depth=1)
PACK = Pack(
    slug="test",
    name="Test",
    description="For tests.",
    licence="MIT",
    clusters=(Cluster(slug=QUESTION.cluster, name="Geometry"),),
)


def coached_bank(*more: Company) -> Bank:
    """The bank, with two companies and any more that are given."""
    return Bank([PACK], [THRIFTY, CURIOUS, *more], [QUESTION, SELF_CHECK], glossary=GLOSSARY, evidence=[EVIDENCE])


SHOWS = "Cosine ignores the length of both vectors, so only the direction is left."
"""Shows the definition and nothing else."""

INVERTED = "With embeddings the thing is this: cosine uses the length of both vectors to rank the articles."
"""Claims the opposite of the definition."""

ASTRAY = "My favourite soup has carrots, onions and a little bit of ginger in it."

PLAIN_FOLLOW_UP = "Whenever the length carries a signal of its own, such as popularity of the article."
"""Shows the first point of the follow-up that has evidence."""
