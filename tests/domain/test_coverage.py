"""What `content stats` says of a bank."""

from bot.domain import coverage
from bot.domain.bank import Bank
from bot.domain.questions import Cluster, Stage
from tests.support.coaching import CURIOUS, PACK, THRIFTY, coached_bank, company
from tests.support.grading import QUESTION


def test_everything_is_counted_by_cluster_and_for_all():
    """The last line is the sum of the others."""
    *rows, whole = coverage.clusters(coached_bank())

    assert [row.name for row in rows] == ["Geometry"]
    assert whole.questions == sum(row.questions for row in rows) == 2
    assert whole.levels == {1: 0, 2: 2, 3: 0, 4: 0, 5: 0}
    assert whole.points[Stage.TRADEOFF] == 2


def test_a_company_that_finds_nothing_to_ask_is_a_gap():
    """The author learns which questions lack a follow-up of its kind."""
    picky = company("Picky", follow_ups=("metric",))
    gaps = list(coverage.gaps(coached_bank(picky)))

    assert "Picky finds no follow-up that it prefers in Q1, Q2." in gaps
    assert not [gap for gap in gaps if gap.startswith(("Thrifty finds", "Curious finds"))]
    assert [row.served for row in coverage.companies(coached_bank())] == [2, 2]


def test_a_level_that_hardly_any_question_has_is_a_gap():
    """Difficulty is to be spread."""
    assert "Only 0 of 2 questions have difficulty 5." in list(coverage.gaps(coached_bank()))


def test_a_cluster_without_questions_is_a_gap():
    """An empty topic is not passed over in silence."""
    pack = PACK.model_copy(update={"clusters": (*PACK.clusters, Cluster(slug="empty", name="Empty"))})

    assert "Empty has no questions." in list(coverage.gaps(Bank([pack], [THRIFTY, CURIOUS], [QUESTION])))


def test_a_question_that_nobody_can_judge_is_a_gap():
    """Missing evidence and missing marked answers are both named."""
    gaps = list(coverage.gaps(coached_bank()))

    assert "Q2 has no evidence: members check themselves." in gaps
    assert "Q1 has no marked answers." in gaps
