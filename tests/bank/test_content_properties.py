"""One random slip in a good question is always told, in the right file and on the right line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.bank import Problems, load
from bot.bank.outline import outline
from bot.domain.bank import Bank
from bot.domain.questions import Question
from tests.bank.example_content import (
    EVIDENCE_FILE,
    GOOD,
    ON_DISK,
    PROMPTS_FILE,
    QUESTION,
    QUESTION_FILE,
    SAMPLES_FILE,
    write,
)


def required(value, steps=()):
    """The way to every key that a question cannot do without."""
    if isinstance(value, dict):
        needed = outline(Question, steps).get("required", ())
        yield from ((*steps, key) for key in value if key in needed)
        for key, inner in value.items():
            yield from required(inner, (*steps, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from required(inner, (*steps, index))


DATA = yaml.safe_load(QUESTION.replace("reviewed_on: 2026-01-31", "reviewed_on: '2026-01-31'"))
WAYS = st.sampled_from(list(required(DATA)))


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return write(tmp_path_factory.mktemp("content"), GOOD)


def changed(steps, change):
    """The question's data with the mapping around `steps` changed, and the YAML text of it."""
    data = yaml.safe_load(yaml.safe_dump(DATA))
    group = data
    for step in steps[:-1]:
        group = group[step]
    items = list(group.items())
    group.clear()
    group.update(change(items))
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def line_of(text, steps, *, key=False):
    """The line of a value, or of its key, by PyYAML's own reckoning."""
    node, key_node = yaml.compose(text), None
    for step in steps:
        if isinstance(step, int):
            node = node.value[step]
        else:
            key_node, node = next(pair for pair in node.value if pair[0].value == step)
    return (key_node if key else node).start_mark.line + 1


def lines_told(content: Path, text):
    """The lines of the problems of the changed question; others may lie only in what belongs to it."""
    file = content / QUESTION_FILE
    file.write_text(text, encoding="utf-8")
    outcome = load(content)
    assert isinstance(outcome, Problems)
    own = {content / beside for beside in (EVIDENCE_FILE, SAMPLES_FILE, PROMPTS_FILE)}
    assert {problem.place.file for problem in outcome} <= {file, *own}
    return {problem.place.line for problem in outcome if problem.place.file == file}


@ON_DISK
@given(steps=WAYS)
def test_a_key_left_out_is_told_where_it_belongs(content, steps):
    """A missing key is placed at the group that should hold it."""
    text = changed(steps, lambda items: [item for item in items if item[0] != steps[-1]])

    assert line_of(text, steps[:-1]) in lines_told(content, text)


@ON_DISK
@given(steps=WAYS, name=st.from_regex(r"[a-z_]{1,20}", fullmatch=True))
def test_a_key_renamed_is_told_on_its_own_line(content, steps, name):
    """An unknown key is placed at the key, whatever it was renamed to."""
    assume(name not in outline(Question, steps[:-1])["properties"])
    text = changed(steps, lambda items: [(name if key == steps[-1] else key, value) for key, value in items])

    assert line_of(text, (*steps[:-1], name), key=True) in lines_told(content, text)


@ON_DISK
@given(steps=WAYS, nothing=st.sampled_from(["", "  ", [], {}]))
def test_a_value_emptied_is_told_on_its_own_line(content, steps, nothing):
    """A key with nothing behind it is placed at the value."""
    text = changed(steps, lambda items: [(key, nothing if key == steps[-1] else value) for key, value in items])

    assert line_of(text, steps) in lines_told(content, text)


ANYTHING = st.recursive(
    st.one_of(
        st.text(max_size=5),
        st.integers(),
        st.booleans(),
        st.sampled_from(["TODO:", "Q1", "mechanism", "metrics"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)
FILES = {name: yaml.safe_load(text) for name, text in {**GOOD, QUESTION_FILE: yaml.safe_dump(DATA)}.items()}


def ways(value, steps=()):
    """The way to every value."""
    yield steps
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, held in inner:
        yield from ways(held, (*steps, step))


@ON_DISK
@given(data=st.data(), name=st.sampled_from(list(GOOD)), value=ANYTHING)
def test_no_value_in_any_file_makes_loading_fail(tmp_path_factory, data, name, value):
    """Whatever stands wherever in a file of any kind, loading ends with a bank or problems."""
    steps = data.draw(st.sampled_from(list(ways(FILES[name]))))
    copy = {"top": yaml.safe_load(yaml.safe_dump(FILES[name], sort_keys=False))}
    group = copy
    for step in ("top", *steps)[:-1]:
        group = group[step]
    group[("top", *steps)[-1]] = value
    folder = tmp_path_factory.mktemp("any")

    outcome = load(write(folder, {**GOOD, name: yaml.safe_dump(copy["top"], sort_keys=False, allow_unicode=True)}))

    assert isinstance(outcome, Bank | Problems)
    assert not isinstance(outcome, Problems) or "misfit" not in {problem.rule for problem in outcome}
