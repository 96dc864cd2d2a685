"""What counts as an answer, and which rung it answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import LONGEST, is_answer, tidy, word_count
from bot.domain.ladder import rung_of_message


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


def test_a_reply_answers_what_it_replies_to():
    """A member can go back to any rung by replying to it."""
    assert rung_of_message(answered={0, 1}, open_rungs=[1, 2], replied_to=1) == 1


def test_a_plain_message_answers_the_question_first_and_then_the_newest_rung():
    """A member who has not answered the question yet answers that."""
    assert rung_of_message(answered=set(), open_rungs=[1, 2], replied_to=None) == 0
    assert rung_of_message(answered={0}, open_rungs=[1, 2], replied_to=None) == 2
    assert rung_of_message(answered={0}, open_rungs=[], replied_to=None) == 0
