"""What counts as an answer, and what of that earns a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import LONGEST, is_answer, is_genuine, tidy, word_count
from bot.domain.grades import Band, Grade, Reason, Unscored


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("It ignores the length.", True),
        ("cosine ignores vector length", True),
        ("lol same here", False),
        ("👍 👍 👍 👍", False),
        ("... --- ... !!", False),
        ("L2-norm isn't everything here", True),
        ("余弦相似度只看方向", True),
        ("코사인은 방향만 본다", True),
        ("", False),
    ],
)
def test_four_words_make_an_answer_in_any_script(text, is_one):
    """Chat, emoji and punctuation are not answers; short sentences are, in any language."""
    assert is_answer(text) is is_one


@given(st.text())
def test_any_text_can_be_counted_and_tidied(text):
    """No text makes it fail, and what is kept fits into the form it came from."""
    assert word_count(text) >= 0
    assert len(tidy(text)) <= LONGEST


def test_the_mention_that_made_a_message_readable_is_not_part_of_the_answer():
    """`@Coach` at the start is taken off; other mentions stay."""
    assert tidy("<@7> it ignores <@8> length", mention_ids=frozenset({7})) == "it ignores <@8> length"
    assert tidy("<@!7>", mention_ids=frozenset({7})) == ""


@pytest.mark.parametrize("reason", Reason)
def test_an_answer_that_is_none_earns_no_day_and_any_other_does(reason):
    """Off topic, copied or speaking to the grader is no answer; what the bot can't judge is not held against anyone."""
    none = {Reason.OFF_TOPIC, Reason.COPIED_QUESTION, Reason.INSTRUCTS_GRADER}
    assert is_genuine(Unscored(reason)) is (reason not in none)


def test_a_wrong_answer_earns_its_day():
    """A streak is for taking part."""
    assert is_genuine(Grade(0, Band.WRONG, (), (), {}))
