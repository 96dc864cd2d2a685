"""A small question with evidence of its own, so that tests of the grader do not hang on what ships."""

from datetime import date

from bot.domain.evidence import Evidence, FlagEvidence, Glossary, PointEvidence
from bot.domain.grades import Grade, Judgement, Reason, Unscored, Verdict
from bot.domain.grading.grader import OfflineGrader
from bot.domain.questions import (
    AntiPattern,
    CodeSample,
    FollowUp,
    FollowUpKind,
    FollowUpPoint,
    Question,
    RedFlag,
    Reference,
    RubricPoint,
    Stage,
)

GLOSSARY = Glossary(
    sets={
        "up": ("raise", "increase", "higher", "more", "rise", "grow", "larger", "go up"),
        "down": ("lower", "reduce", "less", "fall", "fewer", "drop", "shrink", "go down"),
        "use": ("use", "consider", "care", "look at", "depend on", "account for"),
        "ignore": ("ignore", "disregard", "throw .. away", "~care", "~look at", "blind to"),
        "always": ("always", "everywhere", "whatever the model"),
    },
    opposites=(("up", "down"),),
    complements=(("use", "ignore"),),
)

QUESTION = Question(
    id="Q1",
    slug="cosine-or-dot",
    title="Cosine or dot product?",
    cluster="geometry",
    difficulty=2,
    asks="Our search ranks help articles by the cosine of two embeddings. Why would one do that?",
    probes="Whether the candidate separates direction from length.",
    direct_answer="Cosine compares direction and ignores length.",
    deep_answer="Cosine compares direction and ignores length.",
    production="Measure both.",
    rubric=(
        RubricPoint(id="ignores-length", stage=Stage.DEFINITION, says="Cosine ignores length.", nudge="What of it?"),
        RubricPoint(
            id="strict-threshold", stage=Stage.MECHANISM, says="A higher threshold lowers recall.", nudge="What of it?"
        ),
        RubricPoint(
            id="less-memory",
            stage=Stage.TRADEOFF,
            says="Cosine needs less memory than the dot product.",
            nudge="What of it?",
        ),
        RubricPoint(
            id="measure-it", stage=Stage.PRODUCTION, says="Measure both on labelled queries.", nudge="What of it?"
        ),
    ),
    red_flags=(
        RedFlag(id="always-cosine", says="Cosine is always better.", why="It depends on the training."),
        RedFlag(id="percent", says="A cosine of 0.8 means 80 percent alike.", why="It is no percentage."),
    ),
    mistakes=("One.", "Two."),
    anti_pattern=AntiPattern(answer="Cosine is always better.", why="It depends."),
    follow_ups=(
        FollowUp(
            id="when-dot",
            kind=FollowUpKind.ASSUMPTION,
            about=("ignores-length",),
            asks="When would the dot product be right?",
            points=(
                FollowUpPoint(id="length-is-signal", says="When length carries signal."),
                FollowUpPoint(id="as-trained", says="When the model was trained with it."),
            ),
        ),
        FollowUp(
            id="no-money",
            kind=FollowUpKind.BUDGET,
            about=("less-memory",),
            asks="What if memory is short?",
            points=(
                FollowUpPoint(id="shrink-vectors", says="Shrink the vectors."),
                FollowUpPoint(id="fewer-vectors", says="Store fewer of them."),
            ),
        ),
    ),
    code=CodeSample(shows="One.", source="print(1)", output="1"),
    references=(
        Reference(title="A", author="B", year=2020, url="https://example.org/a", supports="One.", primary=True),
        Reference(title="C", author="D", year=2021, url="https://example.org/c", supports="Two."),
    ),
    reviewed_on=date(2026, 1, 1),
)


def _point(*shown: str, contradicted: tuple[str, ...] = ()) -> PointEvidence:
    return PointEvidence(shown=shown, contradicted=contradicted, paraphrases=("One.", "Two.", "Three."))


EVIDENCE = Evidence(
    question="Q1",
    topic=("cosine", "dot product", "embedding", "direction", "length", "recall", "threshold", "memory"),
    sets={
        "cosine": ("cosine", "cosim"),
        "dot": ("dot product", "inner product"),
        "length": ("length", "magnitude", "how long"),
        "measure": ("measure", "compare", "evaluate"),
    },
    rivals=(("cosine", "dot"),),
    points={
        "ignores-length": _point("cosine | ignore length"),
        "strict-threshold": _point("threshold up => recall down"),
        "less-memory": _point("cosine | down memory"),
        "measure-it": _point("measure labelled queries"),
    },
    red_flags={
        "always-cosine": FlagEvidence(raised=("cosine | always better",), paraphrases=("One.", "Two.")),
        "percent": FlagEvidence(raised=("cosine percent",), paraphrases=("One.", "Two.")),
    },
    follow_ups={
        "when-dot": {
            "length-is-signal": _point("length carry/carries signal"),
            "as-trained": _point("train dot"),
        }
    },
)

GRADER = OfflineGrader([QUESTION], {"Q1": EVIDENCE}, GLOSSARY)

FILLER = "That is how I would put it in an interview about embeddings."
"""On topic, and claims nothing: it keeps a single sentence from being a list or too short."""


def judge(answer: str) -> Judgement:
    """The judgement on an answer to the small question."""
    return GRADER.grade(QUESTION, answer)


def verdict(answer: str, point: str) -> Verdict:
    """What the answer does with one point."""
    judgement = judge(f"{answer} {FILLER}")
    assert isinstance(judgement, Grade), judgement
    return next(p.verdict for p in judgement.points if p.id == point)


def flags(answer: str) -> set[str]:
    """The red flags that the answer raises, inverted points among them."""
    judgement = judge(f"{answer} {FILLER}")
    assert isinstance(judgement, Grade), judgement
    return {flag.id for flag in judgement.red_flags}


def reason(answer: str) -> Reason | None:
    """Why the answer is not judged; None if it is."""
    judgement = judge(answer)
    return judgement.reason if isinstance(judgement, Unscored) else None
