"""The feedback panel by itself: short whatever the texts, in words alone, and valid for Discord."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.answers import LONGEST
from bot.domain.grades import Band, Grade, PointVerdict, RaisedFlag, Reason, Unscored, Verdict
from bot.domain.grading.grader import OfflineGrader
from bot.domain.questions import Company, FollowUp, FollowUpKind, FollowUpPoint, Question, RubricPoint, Stage
from bot.domain.streaks import Streak
from bot.services.answering import Saved
from bot.services.feedback import Feedback
from bot.services.ports import Recorded
from bot.ui import feedback as panels
from tests.store.scene import on
from tests.support import limits
from tests.support.coaching import SHOWS, THRIFTY, coached_bank

CARD = on(0)
LONGEST_PANEL = 1_500


def long(length, start="x"):
    """Words that fill a field to its last character."""
    return (start + " word" * length)[:length]


LONGEST_COMPANY = Company(
    slug="a" * 30,
    name=long(30),
    listens_for=long(200),
    coaching=long(160),
    stages=dict.fromkeys(Stage, 10),
    follow_ups=tuple(FollowUpKind),
    depth=6,
    time_percent=400,
)


@st.composite
def questions(draw):
    """Questions whose texts are as long as content may have them, or short."""
    full = draw(st.booleans())
    size = long if full else (lambda most: "Short.")
    ids = [f"point-{n}" + ("x" * 52 if full else "") for n in range(draw(st.integers(4, 10)))]
    stages = [*Stage, *draw(st.lists(st.sampled_from(Stage), min_size=6, max_size=6))]
    rubric = tuple(
        RubricPoint(id=i, stage=stage, says=size(160), nudge=size(120)) for i, stage in zip(ids, stages, strict=False)
    )
    follow_ups = tuple(
        FollowUp(
            id=f"rung-{n}",
            kind=FollowUpKind.METRIC,
            about=(ids[0],),
            asks=size(400),
            points=tuple(FollowUpPoint(id=f"own-{m}", says=size(160)) for m in range(draw(st.integers(2, 5)))),
        )
        for n in range(draw(st.integers(2, 6)))
    )
    return Question.model_construct(
        id="Q9999", slug="q", title=size(90), cluster="c", rubric=rubric, follow_ups=follow_ups, asks=size(500)
    )


WORDS = st.one_of(
    st.just(long(LONGEST)),
    st.just("`*_~|" * 800),
    st.just("a\n" * 2_000),
    st.text(min_size=1, max_size=200).filter(str.strip),
)


@st.composite
def feedbacks(draw):
    """Everything that can be said of an answer, the longest at once among it."""
    question = draw(questions())
    rung = draw(st.integers(0, len(question.follow_ups)))
    points = question.follow_ups[rung - 1].points if rung else question.rubric
    words = draw(WORDS)
    verdicts = draw(st.lists(st.sampled_from(Verdict), min_size=len(points), max_size=len(points)))
    said = {Verdict.SHOWN: words, Verdict.CONTRADICTED: words}
    judged = tuple(PointVerdict(p.id, v, said.get(v)) for p, v in zip(points, verdicts, strict=True))
    flags = tuple(
        RaisedFlag(draw(st.sampled_from(["flag", points[0].id])), long(200), long(300), words)
        for _ in range(draw(st.integers(0, 6)))
    )
    met = {} if rung else {stage: draw(st.booleans()) for stage in Stage}
    grade = Grade(0.5, draw(st.sampled_from(Band)), judged, flags, met)
    judgement = draw(st.just(grade) | st.sampled_from(Reason).map(Unscored))
    following = draw(st.none() | st.sampled_from(question.follow_ups))
    if following is not None and rung and following is question.follow_ups[rung - 1]:
        following = None
    company = draw(st.sampled_from([None, LONGEST_COMPANY]))
    occurrence = draw(st.sampled_from([None, CARD]))
    wanted = LONGEST_COMPANY.slug if occurrence is None and company else None
    return Feedback(question, company, occurrence, rung, words, judgement, following, wanted)


RECORDED = st.builds(
    Recorded,
    is_replay=st.booleans(),
    version=st.sampled_from([1, 2, 1_000]),
    counts=st.booleans(),
    after_reveal=st.booleans(),
    members=st.just(1),
    before=st.just(Streak()),
    streak=st.sampled_from([Streak(), Streak(10_000, 10_000, CARD.day), Streak(1, 1, CARD.day - timedelta(1))]),
)


def words_of(panel):
    """All that a member reads without opening a menu."""
    parts = list(limits.walk(panel.to_components()))
    texts = [part["content"] for part in parts if part["type"] == 10]
    return "\n".join(texts), [part["label"] for part in parts if part["type"] == 2]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(feedbacks(), RECORDED)
def test_every_panel_is_short_and_valid(given_feedback, recorded):
    """Under 1,500 characters and within Discord's limits, with the longest texts that content and members may write."""
    for panel in (panels.saved(Saved(given_feedback, recorded, None)), panels.mine(given_feedback)):
        text, labels = words_of(panel)
        body = {"flags": limits.IS_COMPONENTS_V2, "components": panel.to_components()}

        assert len(text) + sum(map(len, labels)) < LONGEST_PANEL
        assert limits.problems(body) == []
        assert labels[-1] == "Show the answer, step by step"


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(feedbacks())
def test_a_panel_has_no_number_for_a_score_and_praises_only_what_was_judged(given_feedback):
    """Bands are words; a text that was not judged gets none."""
    text, labels = words_of(panels.mine(given_feedback))
    heads = [f"**{head}**" for head in ("Strong answer", "Good answer", "A good part of it", "A start")]

    if isinstance(given_feedback.judgement, Unscored):
        assert not any(head in text for head in heads)
        assert panels.SMALL_PRINT not in text
    offered = "Answer this follow-up" in labels
    assert not offered or given_feedback.following is not None


@pytest.mark.parametrize("reason", set(Reason) - {Reason.NOT_COVERED, Reason.OTHER_LANGUAGE})
def test_what_is_not_judged_is_edited_first(reason):
    """There is nothing to go on from, so the one thing to do is to answer."""
    question = Question.model_construct(
        id="Q1",
        title="One",
        rubric=(),
        follow_ups=(FollowUp.model_construct(id="a", asks="And?", points=()),),
    )
    unjudged = Feedback(question, None, None, 0, "words of some kind", Unscored(reason), question.follow_ups[0])
    text, labels = words_of(panels.mine(unjudged))

    assert labels == ["Edit my answer", "Show the answer, step by step"]
    assert "press **Edit my answer**" in text


def test_the_streak_of_the_day_is_told_apart_from_the_text():
    """A text that strays after a real answer does not count, and the answer still does."""
    question = Question.model_construct(id="Q1", title="One", rubric=(), follow_ups=())
    astray = Feedback(question, None, CARD, 0, "words of some kind", Unscored(Reason.OFF_TOPIC), None)
    kept = Recorded(
        is_replay=False,
        version=2,
        counts=False,
        after_reveal=False,
        members=1,
        before=Streak(3, 3, CARD.day),
        streak=Streak(3, 3, CARD.day),
    )
    text, _ = words_of(panels.saved(Saved(astray, kept, None)))

    assert "does not count for your streak; your earlier answer does." in text


def test_a_terminal_gets_the_same_words_without_discords_marks():
    """What an author tries on the command line is what a member would read, but for the buttons."""
    bank = coached_bank()
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    judged = panels.for_terminal(bank.question("Q1"), grader, SHOWS, THRIFTY)
    unjudged = panels.for_terminal(bank.question("Q2"), grader, SHOWS, None)

    assert "A good part of it\nDefine it: yes" in judged
    assert "Thrifty emphasis" in judged
    assert judged.endswith("Next, a follow-up: What if memory is short?")
    assert "Check yourself" in unjudged
    assert not any(mark in judged + unjudged for mark in ("**", "###", "-#"))
