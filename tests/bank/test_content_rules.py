"""The rules that a file of the right shape can still break, each with the slip that breaks it."""

from pathlib import Path

import pytest

from bot.bank import Problems, load
from bot.bank.file_rules import FILE_RULES, QUESTION_RULES
from bot.bank.shelf_rules import SHELF_RULES
from bot.domain.questions import Bank
from tests.bank.example_content import (
    COMPANY_FILE,
    GOOD,
    PACK_FILE,
    QUESTION_FILE,
    SECOND_FILE,
    edited,
    where,
    write,
)

LONG = "direct_answer: >-\n  " + "word " * 61
CASES = {
    "placeholder": (
        QUESTION_FILE, "why: One is for choosing, the other for reporting.", "why: 'TODO: what is wrong with it'",
        "why: 'TODO", "'", "`why` is still a placeholder: replace it with what is wrong with it."),
    "duplicate-entry-id": (
        QUESTION_FILE, "id: same-thing", "id: tune-on-test",
        "tune-on-test\n    says: Validation", "tune",
        f"The id `tune-on-test` is already used in `red_flags` at {QUESTION_FILE}:29:9: give this entry another id."),
    "missing-stage": (
        QUESTION_FILE, "stage: tradeoff", "stage: mechanism",
        "- id: unused-data", "-",
        "No rubric point has the stage `tradeoff`: add a point that a strong answer makes at that step."),
    "no-primary-reference": (
        QUESTION_FILE, "    primary: true\n", "",
        "- title: An Introduction", "-",
        "No reference is marked as primary: add `primary: true` to a paper, a standard or official documentation."),
    "duplicate-reference": (
        QUESTION_FILE, "https://example.org/handbook", "https://example.org/choosing",
        "url: https://example.org/choosing\n    supports: How", "https",
        f"This address is already a reference at {QUESTION_FILE}:66:10: cite another source, or join the two entries."),
    "repeated-company": (
        QUESTION_FILE, "companies: [startup]", "companies: [startup, startup]",
        "companies: [", "[", "A company stands twice in this list: name each company once."),
    "broken-code": (
        QUESTION_FILE, "random.seed(1)", "random.seed(1",
        "source: |", "|",
        "Line 3 of the program is not valid Python ('(' was never closed): correct it and run it once."),
    "long-direct-answer": (
        QUESTION_FILE, "direct_answer: >-", LONG,
        "direct_answer: >-", ">",
        "`direct_answer` has 78 words, too many to say in 30 seconds (at most 60): cut 18."),
    "slug-like-id": (
        QUESTION_FILE, "slug: why-a-test-set", "slug: q7",
        "slug: q7", "q7", "The slug `q7` reads like a question's number: take a few words from the title."),
    "bad-date": (
        QUESTION_FILE, "reviewed_on: 2026-01-31", "reviewed_on: 1767225600",
        "1767225600", "1",
        "`reviewed_on` must be a date such as 2026-01-31: write year, month and day with hyphens."),
    "duplicate-id": (
        SECOND_FILE, "id: Q2", "id: Q1",
        "id: Q1", "Q1", f"The id `Q1` is already taken at {QUESTION_FILE}:1:5: take the next free number here."),
    "duplicate-slug": (
        SECOND_FILE, "slug: why-shuffle", "slug: why-a-test-set",
        "slug: why-a-test-set", "why",
        f"The slug `why-a-test-set` is already taken at {QUESTION_FILE}:2:7: rename this question and its file."),
    "file-name": (
        COMPANY_FILE, "slug: startup", "slug: start-up",
        "slug: start-up", "start-up",
        "The file is called `startup.yaml` but its slug is `start-up`: rename one of the two."),
    "pack-folder": (
        PACK_FILE, "slug: basics", "slug: basic",
        "slug: basic", "basic", "The folder is called `basics` but the pack's slug is `basic`: rename one of the two."),
    "cluster-folder": (
        SECOND_FILE, "cluster: training", "cluster: metrics",
        "cluster: metrics", "metrics",
        "The file is in the folder `training` but its cluster is `metrics`: move the file, or change `cluster`."),
    "unknown-cluster": (
        PACK_FILE, "slug: training", "slug: trainings",
        None, None, "The pack's `pack.yaml` has no cluster `training`: did you mean `trainings`?"),
    "duplicate-cluster": (
        PACK_FILE, "slug: training", "slug: metrics",
        "slug: metrics\n    name: Training", "metrics",
        f"The cluster `metrics` is already declared at {PACK_FILE}:6:11: declare each cluster once, in one pack."),
    "unknown-company": (
        QUESTION_FILE, "companies: [startup]", "companies: [start-up]",
        "[start-up]", "start", "There is no company `start-up` in `companies`: did you mean `startup`?"),
    "idle-company": (
        COMPANY_FILE, None, None,
        "slug: startup", "startup",
        "No follow-up prefers the company `startup`: name it under `companies` of at least one follow-up, "
        "or delete this file."),
    "repeated-follow-up": (
        SECOND_FILE, "The rows are ordered by date. Do you shuffle?", "you have 200 rows; do you still hold some back",
        "asks: you have 200", "you", f"The same follow-up is asked at {QUESTION_FILE}:43:11: "
        "ask something that only this question calls for."),
}  # fmt: skip


def with_slip(rule):
    """The good files with the slip that breaks this rule; without a passage to edit, no company is preferred."""
    file, old, new, *_ = CASES[rule]
    if old is None:
        return {name: text.replace("    companies: [startup]\n", "") for name, text in GOOD.items()}
    return {**GOOD, file: edited(GOOD[file], old, new)}


def problems(folder, files):
    outcome = load(write(folder, files))
    assert isinstance(outcome, Problems)
    return list(outcome), [str(p).replace(f"{folder.as_posix()}/", "") for p in outcome]


def test_the_example_breaks_no_rule(tmp_path):
    """The example that all slips below start from is good."""
    assert isinstance(load(write(tmp_path, GOOD)), Bank)


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_rule_is_told_where_it_is_broken(tmp_path, rule):
    """The author reads at which line and column which rule is broken, and what to do."""
    file, _, _, passage, at, sentence = CASES[rule]
    files = with_slip(rule)
    place = f"{file}:{where(files[file], passage, at=at)}" if passage else f"{SECOND_FILE}:4:10"

    found, told = problems(tmp_path, files)

    assert f"{place}: {sentence}" in told
    assert rule in {problem.rule for problem in found}


def test_every_rule_has_its_example():
    """A new rule cannot be added without the slip that it is for."""
    assert {rule.id for rule in (*FILE_RULES, *QUESTION_RULES, *SHELF_RULES)} == set(CASES)


@pytest.mark.parametrize(
    "rule", sorted(set(CASES) - {"slug-like-id", "duplicate-slug", "unknown-cluster", "duplicate-cluster", "cluster-folder",
                                 "unknown-company", "pack-folder", "file-name"})
)  # fmt: skip
def test_most_slips_bring_one_problem_only(tmp_path, rule):
    """A slip is told once; a wrong name may also show in the files that use the right one."""
    found, _ = problems(tmp_path, with_slip(rule))

    assert [problem.rule for problem in found] == [rule]


def test_a_company_file_that_cannot_be_read_is_still_known(tmp_path):
    """A typo in a company's file is not also blamed on every question that names the company."""
    found, _ = problems(tmp_path, {**GOOD, COMPANY_FILE: "name: : x\n"})

    assert [problem.rule for problem in found] == ["yaml-syntax"]


def test_a_question_that_cannot_be_read_may_be_the_one_that_prefers_a_company(tmp_path):
    """While a question is broken, no company is called idle."""
    found, _ = problems(tmp_path, {**GOOD, QUESTION_FILE: "a: b: c\n", SECOND_FILE: "a: b: c\n"})

    assert {problem.rule for problem in found} == {"yaml-syntax"}


@pytest.mark.parametrize(
    "program",
    ["return 1", "print('\\d')", "x = " + "(" * 300, "x = " + "-" * 9000 + "1"],
    ids=["return", "escape", "parentheses", "signs"],
)
def test_a_program_that_python_refuses_or_warns_of_is_told(tmp_path, program):
    """Whatever Python has against a program, its author reads it here first."""
    start = GOOD[QUESTION_FILE].index("    import random")
    end = GOOD[QUESTION_FILE].index("  output:")
    text = f"{GOOD[QUESTION_FILE][:start]}    {program}\n{GOOD[QUESTION_FILE][end:]}"

    _, told = problems(tmp_path, {**GOOD, QUESTION_FILE: text})  # the reason is in Python's own words

    assert any("Line 1 of the program is not valid Python (" in sentence for sentence in told)


def test_a_problem_is_known_by_its_rule_whatever_its_words(tmp_path):
    """Tools can rely on a problem's rule; places are real paths."""
    files = {**GOOD, QUESTION_FILE: edited(GOOD[QUESTION_FILE], "difficulty: 2", "difficulty: 9")}

    (problem,), _ = problems(tmp_path, files)

    assert problem.rule == "out-of-range"
    assert problem.place.file == Path(tmp_path, QUESTION_FILE)
