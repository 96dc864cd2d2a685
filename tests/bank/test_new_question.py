"""Starting a question: the file that an author gets, and when there is none."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.bank import Problems, load
from bot.bank.decoding import without_unseen
from bot.bank.drafting import Draft, Refused, draft_question, slug_of, write
from bot.bank.outline import outline
from bot.domain.questions import Question
from tests.bank.example_content import (
    COMPANY_FILE,
    GOOD,
    ON_DISK,
    PACK_FILE,
    QUESTION_FILE,
    SECOND_FILE,
    UNHURRIED,
)
from tests.bank.example_content import write as write_files


@pytest.fixture
def content(tmp_path):
    return write_files(tmp_path, GOOD)


def draft(content, title="Why is the test set small?", **changes):
    wanted = {"title": title, "cluster": "metrics", "pack": "basics", "slug": None, **changes}
    return draft_question(content, **wanted)


def test_the_file_goes_to_its_cluster_with_the_next_free_id(content):
    """An author names a title and a cluster; the rest follows."""
    started = draft(content)

    assert started.file == content / "packs/basics/metrics/why-is-the-test-set-small.yaml"
    assert yaml.safe_load(started.text)["id"] == "Q3"
    assert yaml.safe_load(started.text)["title"] == "Why is the test set small?"


def test_a_fresh_template_has_placeholders_and_no_other_problem(content):
    """The linter walks an author through the template: each problem says what to write there, and nothing else."""
    started = draft(content)
    write(started)

    found = load(content)

    assert isinstance(found, Problems)
    assert {(problem.rule, problem.place.file) for problem in found} == {("placeholder", started.file)}
    assert len(found) == started.text.count("TODO:")
    assert all(": replace it with " in problem.sentence for problem in found)


def test_a_template_has_every_key(content):
    """An author need not know which keys there are: optional ones are in the template as well."""

    def keys(value, steps=()):
        if isinstance(value, dict):
            assert set(value) == set(outline(Question, steps)["properties"])
            for key, inner in value.items():
                keys(inner, (*steps, key))
        for index, inner in enumerate(value if isinstance(value, list) else ()):
            keys(inner, (*steps, index))

    keys(yaml.safe_load(draft(content).text))


def test_the_first_line_tells_an_editor_where_the_schema_is(content):
    """An editor finds the schema from the file, by a path that works wherever the content lies."""
    started = draft(content)
    path = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", started.text.splitlines()[0])

    assert (started.file.parent / path[1]).resolve() == (content / "schema" / "question.json").resolve()


def test_the_template_names_the_kinds_of_follow_up(content):
    """An author sees what a follow-up can be after."""
    assert "one of derivation, assumption, diagnosis, metric, impact, isolation, budget" in draft(content).text


def test_an_id_is_not_given_twice_even_if_its_file_is_broken(content):
    """The id of a question that cannot be read is taken all the same."""
    write_files(content, {SECOND_FILE: "id: Q41\ntitle: a: b\n"})

    assert "\nid: Q42\n" in draft(content).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "The title is empty: name the question in a few words."),
        ({"title": "x" * 95}, "The title is 5 characters too long: shorten it."),
        ({"title": "为什么"}, "The title makes no good file name: add one with --slug, such as --slug learning-curves."),
        ({"title": "Q12"}, "The title makes no good file name: add one with --slug, such as --slug learning-curves."),
        ({"slug": "../../x"}, "The title makes no good file name: add one with --slug, such as --slug learning-curves."),
        ({"cluster": "metric"}, "The pack `basics` has no cluster `metric`: did you mean `metrics`?"),
        ({"cluster": "../x"}, "The pack `basics` has no cluster `../x`: use one of `metrics`, `training`."),
        ({"pack": "basic"}, "There is no pack `basic`: did you mean `basics`?"),
        ({"pack": "../.."}, "There is no pack `../..`: use one of `basics`."),
        ({"slug": "why-shuffle"}, None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(content, changes, sentence):
    """Nothing is written, and one sentence says what to change."""
    taken = f"There is already a question `why-shuffle` at `{content / SECOND_FILE}`: choose another --slug."

    assert draft(content, **changes) == Refused(sentence or taken)


def test_the_last_id_is_the_end(content):
    """When all ids are used up, the author hears it instead of getting one that is not allowed."""
    write_files(content, {QUESTION_FILE: GOOD[QUESTION_FILE].replace("id: Q1", "id: Q9999")})

    assert isinstance(draft(content), Refused)


def test_a_content_without_packs_is_told(tmp_path):
    """The first author learns what has to be there first."""
    assert draft(tmp_path) == Refused("There is no pack `basics`: write its `pack.yaml` first.")


def test_a_file_is_never_overwritten(content):
    """Somebody else's draft under the same name is safe."""
    started = draft(content)
    write(started)
    with pytest.raises(FileExistsError):
        write(Draft(started.file, "something else"))

    assert started.file.read_text(encoding="utf-8") == started.text


@UNHURRIED
@given(st.text(max_size=100))
def test_a_slug_of_any_title_is_a_slug_or_nothing(title):
    """Whatever the title, the file name is plain."""
    slug = slug_of(title)

    assert slug == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 60


def test_a_long_title_is_cut_between_words():
    """A file name ends with a whole word."""
    assert slug_of("What's a naïve Bayes classifier, and " + "why " * 20) == (
        "whats-a-naive-bayes-classifier-and-why-why-why-why-why-why"
    )


@ON_DISK
@given(st.text(min_size=1, max_size=80))
def test_any_title_that_is_accepted_comes_back_from_the_file(tmp_path_factory, title):
    """Quotes, colons and hashes in a title do not break the file."""
    content = write_files(
        tmp_path_factory.mktemp("content"), {name: GOOD[name] for name in (PACK_FILE, QUESTION_FILE, COMPANY_FILE)}
    )

    started = draft(Path(content), title, slug="a-slug")

    if isinstance(started, Draft):
        write(started)
        assert {problem.rule for problem in load(content)} == {"placeholder"}
        assert yaml.safe_load(started.text)["title"] == " ".join(without_unseen(title).split())
