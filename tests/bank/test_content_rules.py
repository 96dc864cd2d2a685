"""The rules that a file of the right shape can still break, each with the slip that breaks it."""

from pathlib import Path

import pytest

from bot.bank import Problems, load
from bot.bank.file_rules import FILE_RULES
from bot.bank.loading import RULES_OF_ALL, RULES_OF_KIND, RULES_OF_SHIPPED
from bot.bank.proof_rules import PROMPT_PROOF_RULES, PROOF_RULES
from bot.domain.bank import Bank
from tests.bank import evidence_slips, prompt_slips
from tests.bank.example_content import (
    COMPANY_FILE,
    EVIDENCE_FILE,
    GLOSSARY_FILE,
    GOOD,
    PACK_FILE,
    QUESTION_FILE,
    SAMPLES_FILE,
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
        f"The id `tune-on-test` is already used in `red_flags` at {QUESTION_FILE}:33:9: give this entry another id."),
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
        f"This address is already a reference at {QUESTION_FILE}:77:10: cite another source, or join the two entries."),
    "unknown-point": (
        QUESTION_FILE, "about: [costs-data]", "about: [cost-data]",
        "cost-data]", "cost", "The rubric has no point `cost-data`: did you mean `costs-data`?"),
    "repeated-about": (
        QUESTION_FILE, "about: [unused-data, look-once]", "about: [look-once, look-once]",
        "look-once]", "look",
        f"`look-once` is already in this list at {QUESTION_FILE}:58:13: name each point once."),
    "repeated-kind": (
        COMPANY_FILE, "[isolation, budget]", "[budget, budget]",
        "budget]", "budget", f"`budget` is already in this list at {COMPANY_FILE}:12:14: name each kind once."),
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
    "unknown-weight": (
        COMPANY_FILE, "  metrics: 2", "  metric: 2",
        "metric: 2", "", "No pack has a cluster `metric`: did you mean `metrics`?"),
    "repeated-follow-up": (
        SECOND_FILE, "The rows are ordered by date. Do you shuffle?", "you have 200 rows; do you still hold some back",
        "asks: you have 200", "you", f"The same follow-up is asked at {QUESTION_FILE}:47:11: "
        "ask something that only this question calls for."),
    **evidence_slips.CASES,
    **prompt_slips.CASES,
}  # fmt: skip
ELSEWHERE = {**evidence_slips.ELSEWHERE, **prompt_slips.ELSEWHERE, "unknown-cluster": f"{SECOND_FILE}:4:10"}
FILE_CHECKS = (*FILE_RULES, *(rule for rules in RULES_OF_KIND.values() for rule in rules))
TOLD_MORE = {
    "slug-like-id", "duplicate-slug", "unknown-cluster", "duplicate-cluster", "cluster-folder", "pack-folder", "file-name",
    "duplicate-id", "stray-file", "duplicate-entry-id", "unreached-rung", "duplicate-place", "wrong-tree",
    "single-turn", "unknown-company",
}  # fmt: skip


def with_slip(rule):
    """The good files with the slip that breaks this rule; without a passage to edit, the file is left out."""
    file, old, new, *_ = CASES[rule]
    if old is None:
        return {name: text for name, text in GOOD.items() if name != file}
    return {**GOOD, file: edited(GOOD[file], old, new)}


def problems(folder, files):
    outcome = load(write(folder, files), to_ship=True)
    assert isinstance(outcome, Problems)
    return list(outcome), [str(p).replace(f"{folder.as_posix()}/", "") for p in outcome]


def test_the_example_breaks_no_rule(tmp_path):
    """The example that all slips below start from is good."""
    assert isinstance(load(write(tmp_path, GOOD), to_ship=True), Bank)


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_rule_is_told_where_it_is_broken(tmp_path, rule):
    """The author reads at which line and column which rule is broken, and what to do."""
    file, _, _, passage, at, sentence = CASES[rule]
    files = with_slip(rule)
    place = ELSEWHERE.get(rule) or f"{file}:{where(files[file], passage, at=at)}"

    found, told = problems(tmp_path, files)

    assert f"{place}: {sentence}" in told
    assert rule in {problem.rule for problem in found}


def test_every_rule_has_its_example():
    """A new rule cannot be added without the slip that it is for."""
    rules = (*FILE_CHECKS, *RULES_OF_ALL, *RULES_OF_SHIPPED, *PROOF_RULES, *PROMPT_PROOF_RULES)

    assert {rule.id for rule in rules} == set(CASES)
    assert len(rules) == len(CASES)


@pytest.mark.parametrize("rule", sorted(set(CASES) - TOLD_MORE))
def test_most_slips_bring_one_problem_only(tmp_path, rule):
    """A slip is told once; a wrong name may also show in the files that use the right one."""
    found, _ = problems(tmp_path, with_slip(rule))

    assert [problem.rule for problem in found] == [rule]


def test_a_pack_that_cannot_be_read_may_have_the_cluster(tmp_path):
    """A typo in a pack's file is not also blamed on the companies that weigh its clusters."""
    found, _ = problems(tmp_path, {**GOOD, PACK_FILE: "name: : x\n"})

    assert [problem.rule for problem in found] == ["yaml-syntax"]


def test_a_glossary_that_cannot_be_read_may_have_the_set(tmp_path):
    """A typo in the glossary is not also blamed on the evidence that names its sets."""
    found, _ = problems(tmp_path, {**GOOD, GLOSSARY_FILE: "sets: : x\n"})

    assert [problem.rule for problem in found] == ["yaml-syntax"]


def test_two_points_of_one_follow_up_share_no_id(tmp_path):
    """Points of different follow-ups may."""
    question = GOOD[QUESTION_FILE]
    same, _ = problems(tmp_path, {**GOOD, QUESTION_FILE: edited(question, "id: report-interval", "id: nested-cv")})
    apart, _ = problems(tmp_path, {**GOOD, QUESTION_FILE: edited(question, "id: collect-fresh", "id: nested-cv")})

    assert "duplicate-entry-id" in {problem.rule for problem in same}
    assert {problem.rule for problem in apart} == {"missing-evidence", "unknown-evidence"}


def test_patterns_are_tried_as_soon_as_there_are_some(tmp_path):
    """An author of evidence hears of a failing sentence while follow-ups and samples are still to be written."""
    file, old, new, *_ = CASES["failed-sentence"]
    started = edited(edited(GOOD[file], old, new), evidence_slips.RUNG, "")
    files = {name: text for name, text in GOOD.items() if name != SAMPLES_FILE}

    found, _ = problems(tmp_path, {**files, file: started})

    assert {problem.rule for problem in found} == {"failed-sentence", "missing-follow-up", "no-samples"}


def test_a_question_on_the_packs_list_may_wait_for_its_evidence(tmp_path):
    """It can be asked and checked by its members themselves until somebody has written how it is judged."""
    waiting = {name: text for name, text in GOOD.items() if name not in {EVIDENCE_FILE, SAMPLES_FILE}}
    listed = edited(GOOD[PACK_FILE], "licence: ", "self_check: [Q1]\nlicence: ")

    without, _ = problems(tmp_path, waiting)
    write(tmp_path / "listed", {**waiting, PACK_FILE: listed})

    assert {problem.rule for problem in without} == {"no-evidence", "no-samples"}
    assert isinstance(load(tmp_path / "listed", to_ship=True), Bank)


def test_patterns_are_not_tried_with_a_broken_glossary(tmp_path):
    """A slip in the glossary does not fail every test sentence as well."""
    file, old, new, *_ = CASES["failed-sentence"]
    files = {**GOOD, file: edited(GOOD[file], old, new), GLOSSARY_FILE: edited(GOOD[GLOSSARY_FILE], "once]", "7]")}

    found, _ = problems(tmp_path, files)

    assert [problem.rule for problem in found] == ["not-text"]


def test_the_bot_runs_without_what_only_shipped_content_needs(tmp_path):
    """A server's own question works for self-check before anybody has written evidence for it."""
    files = {name: text for name, text in GOOD.items() if name not in {EVIDENCE_FILE, SAMPLES_FILE}}

    bank = load(write(tmp_path, files))

    assert isinstance(bank, Bank)
    assert set(bank.evidence) == set(bank.samples) == {"Q2"}


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
