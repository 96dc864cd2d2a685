"""The names of buttons, which outlive every version of the bot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.domain.questions import CompanySlug, PromptId
from bot.ui import custom_ids
from bot.ui.custom_ids import CustomId, Foreign, Verb, parse

KEYS = st.from_regex(r"[A-Za-z0-9_-]{20}", fullmatch=True) | st.integers(1, 9_999).map("Q{}".format)
COMPANIES = st.none() | st.just("-") | st.from_regex(r"[a-z0-9]{1,60}", fullmatch=True)


@given(st.sampled_from([Verb.ANSWER, Verb.SUBMIT, Verb.CLAIM]), KEYS, st.integers(0, 6), COMPANIES)
def test_a_name_says_again_what_was_put_into_it(verb, key, rung, company):
    """Whatever the company is called, the name fits into Discord's hundred characters."""
    named = CustomId(verb, key, str(rung), company)

    assert parse(str(named)) == named
    assert len(str(named)) <= custom_ids.LONGEST
    assert parse(str(named)).rung == rung


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ic:1:answer:Q7:0", CustomId(Verb.ANSWER, "Q7", "0")),
        ("ic:1:submit:AAAAAAAAAAAAAAAAAAAA:2", CustomId(Verb.SUBMIT, "AAAAAAAAAAAAAAAAAAAA", "2")),
        ("ic:1:reveal:Q7:probes", CustomId(Verb.REVEAL, "Q7", "probes")),
        ("ic:1:mine:AAAAAAAAAAAAAAAAAAAA:1", CustomId(Verb.MINE, "AAAAAAAAAAAAAAAAAAAA", "1")),
        ("ic:1:answer:Q7:0:google", CustomId(Verb.ANSWER, "Q7", "0", "google")),
        ("ic:1:answer:Q7:0:google:more", Foreign(ours=True)),
        ("ic:2:answer:Q7:0", Foreign(ours=True)),
        ("somebody:else", Foreign(ours=False)),
    ],
)
def test_names_on_old_messages_mean_what_they_meant(text, meaning):
    """A button of last year's card still works; what can't be read is told apart from what is not ours."""
    assert parse(text) == meaning


def test_the_longest_names_of_content_fit_into_a_button():
    """A choice in practice names a round, an option, a prompt and a company at once."""
    prompt, company = ("x" * most(shape) for shape in (PromptId, CompanySlug))

    assert len(custom_ids.chose("0123456789ab", prompt, 3, company)) <= custom_ids.LONGEST


def most(shape):
    """The most characters that a shape of content allows."""
    return TypeAdapter(shape).json_schema()["maxLength"]
