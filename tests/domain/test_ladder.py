"""Which follow-ups a company asks, in which order, and what comes next in private."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ladder
from bot.domain.questions import Company, FollowUp, FollowUpKind, FollowUpPoint, Question, Stage

POINTS = ("what", "why", "cost", "watch")


def follow_up(number, kind=FollowUpKind.METRIC, about=("what",)):
    points = tuple(FollowUpPoint(id=f"point-{n}", says="Something.") for n in (1, 2))
    return FollowUp(id=f"rung-{number}", kind=kind, about=tuple(about), asks=f"Question {number}?", points=points)


def question(*follow_ups):
    return Question.model_construct(follow_ups=follow_ups)


def company(*kinds, depth=6):
    return Company(
        slug="acme",
        name="Acme",
        listens_for="Numbers.",
        coaching="Name a number.",
        stages=dict.fromkeys(Stage, 1),
        follow_ups=kinds,
        depth=depth,
        time_percent=100,
    )


ABOUT = st.lists(st.sampled_from(POINTS), min_size=1, max_size=3, unique=True)
QUESTIONS = st.lists(st.tuples(st.sampled_from(FollowUpKind), ABOUT), min_size=2, max_size=6).map(
    lambda rungs: question(*(follow_up(n, kind, about) for n, (kind, about) in enumerate(rungs)))
)
COMPANIES = st.builds(
    lambda kinds, depth: company(*kinds, depth=depth),
    st.lists(st.sampled_from(FollowUpKind), min_size=1, unique=True),
    st.integers(1, 6),
)
LACKED = st.frozensets(st.sampled_from(POINTS))


def ids(rungs):
    return [rung.id for rung in rungs]


def test_a_company_begins_with_the_kinds_it_prefers():
    """First its first kind, then its second, then all others as the author wrote them; and no more than it asks."""
    asked = question(
        follow_up(1),
        follow_up(2, FollowUpKind.BUDGET),
        follow_up(3, FollowUpKind.ISOLATION),
        follow_up(4, FollowUpKind.BUDGET),
    )
    startup = company(FollowUpKind.ISOLATION, FollowUpKind.BUDGET, depth=3)

    assert ids(ladder.rungs(asked, startup)) == ["rung-3", "rung-2", "rung-4"]
    assert ids(ladder.rungs(asked, None)) == ["rung-1", "rung-2", "rung-3", "rung-4"]


@given(QUESTIONS, COMPANIES)
def test_a_companys_ladder_is_sorted_by_its_preference_and_cut_to_its_depth(asked, acme):
    """Kinds come in the company's order, equals in the author's, and nothing is asked twice or made up."""
    rungs = ladder.rungs(asked, acme)
    places = [acme.follow_ups.index(r.kind) if r.kind in acme.follow_ups else len(acme.follow_ups) for r in rungs]
    written = [asked.follow_ups.index(r) for r in rungs]

    assert len(rungs) == min(acme.depth, len(asked.follow_ups))
    assert sorted(zip(places, written, strict=True)) == list(zip(places, written, strict=True))
    assert len(set(ids(rungs))) == len(rungs)


@given(QUESTIONS, st.none() | COMPANIES)
def test_each_answer_unlocks_the_next_rung_up_to_the_top(asked, acme):
    """From the question on, a member climbs every rung once and then stands at the top."""
    opened, rung = [], ladder.QUESTION
    while (rung := ladder.unlocked_by(asked, acme, rung, opened)) is not None:
        opened.append(rung)

    assert [ladder.follow_up(asked, number) for number in opened] == list(ladder.rungs(asked, acme))


@given(QUESTIONS, st.none() | COMPANIES, st.data())
def test_whatever_is_answered_the_thread_opens_in_the_companys_order(asked, acme, data):
    """Answers in any order, many of them private, open rungs one after another and none before its turn."""
    order = ladder.public(asked, acme)
    answers = data.draw(st.lists(st.integers(0, len(asked.follow_ups)), max_size=20))
    opened = []
    for rung in answers:
        unlocked = ladder.unlocked_by(asked, acme, rung, opened)
        if unlocked is not None and unlocked not in opened:
            assert rung == ladder.QUESTION or rung == opened[-1]
            opened.append(unlocked)

    assert tuple(opened) == order[: len(opened)]


@given(QUESTIONS, st.none() | COMPANIES, st.integers(1, 6))
def test_an_answer_on_a_private_ladder_opens_nothing_in_the_thread(asked, acme, rung):
    """What nobody was asked there is nobody's business there."""
    assert ladder.unlocked_by(asked, acme, rung, ()) is None


@given(QUESTIONS)
def test_a_rungs_number_is_its_place_in_the_file(asked):
    """Whichever company asks it, the same follow-up has the same number, and there is none beyond the last."""
    assert [ladder.number(asked, f) for f in asked.follow_ups] == list(range(1, len(asked.follow_ups) + 1))
    assert all(ladder.follow_up(asked, ladder.number(asked, f)) is f for f in asked.follow_ups)
    assert ladder.follow_up(asked, 0) is None
    assert ladder.follow_up(asked, len(asked.follow_ups) + 1) is None


@given(QUESTIONS, st.none() | COMPANIES, st.data())
def test_a_plain_message_answers_the_rung_that_was_asked_last(asked, acme, data):
    """The thread's own order counts, not the numbers; before that comes the question itself."""
    order = ladder.public(asked, acme)
    depth = data.draw(st.integers(0, len(order)))
    opened = sorted(order[:depth])

    answers = ladder.rung_of_message(asked, acme, answered={0}, open_rungs=opened, replied_to=None)
    assert answers == (order[depth - 1] if depth else ladder.QUESTION)
    assert ladder.rung_of_message(asked, acme, answered=set(), open_rungs=opened, replied_to=None) == ladder.QUESTION
    assert ladder.rung_of_message(asked, acme, answered={0}, open_rungs=opened, replied_to=order[0]) == order[0]


def test_a_private_rung_goes_back_to_what_was_lacking():
    """What an answer left out decides first, even over a kind that the company prefers."""
    asked = question(
        follow_up(1, FollowUpKind.BUDGET, ["what"]),
        follow_up(2, FollowUpKind.METRIC, ["why", "cost"]),
        follow_up(3, FollowUpKind.BUDGET, ["why", "watch"]),
    )
    acme = company(FollowUpKind.BUDGET, depth=1)

    assert ladder.private_rung(asked, acme, {"why", "cost"}, ()).id == "rung-2"
    assert ladder.private_rung(asked, acme, {"why"}, ()).id == "rung-3"
    assert ladder.private_rung(asked, None, {"why"}, ()).id == "rung-2"
    assert ladder.private_rung(asked, acme, {"why"}, {"rung-3"}) is None


@given(QUESTIONS, st.none() | COMPANIES, st.lists(LACKED, max_size=8))
def test_a_private_ladder_ends_and_never_repeats_itself(asked, acme, answers):
    """However the answers go, as many different follow-ups come as the company goes deep, each the best one left."""
    heard = []
    for lacked in [*answers, *[frozenset()] * len(asked.follow_ups)]:
        rung = ladder.private_rung(asked, acme, lacked, heard)
        if rung is None:
            break
        left = [f for f in asked.follow_ups if f.id not in heard]
        assert rung in left
        assert len(lacked & set(rung.about)) == max(len(lacked & set(f.about)) for f in left)
        heard.append(rung.id)

    assert len(heard) == len(ladder.rungs(asked, acme))


@given(QUESTIONS, st.none() | COMPANIES)
def test_a_private_ladder_without_gaps_is_the_public_one(asked, acme):
    """Whoever left nothing out climbs in the company's order."""
    heard = []
    while (rung := ladder.private_rung(asked, acme, (), heard)) is not None:
        heard.append(rung.id)

    assert heard == ids(ladder.rungs(asked, acme))
