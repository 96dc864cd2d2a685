"""The text of new prompts, companies and guides: every key, and a placeholder wherever one has to write."""

import json

from bot.domain.guides import GuideForm
from bot.domain.questions import FollowUpKind, PromptKind, Stage

_PROMPTS_HEAD = """\
# yaml-language-server: $schema=../../../schema/prompts.json
# Rapid-fire prompts. Replace every TODO; README.md in the content folder says how answers are recognised.
question: {question}
prompts:
"""

_PROMPT = """\
  - id: {slug}
    kind: {kind}
    asks: "TODO: the prompt in a few words; players read it in five seconds"
{wanted}    stage: "TODO: one of {stages}"
    difficulty: "TODO: a number from 1 to 5, without quotes"
    seconds: "TODO: how long players have, 10 to 120, without quotes"
    companies: []
{body}    explains: "TODO: why the answer is what it is, in one or two sentences"
    samples:
      right: ["TODO: a right answer", "TODO: one in plain words", "TODO: one with a slip", "TODO: one in a sentence"]
      wrong: ["TODO: the near-miss", "TODO: the opposite", "TODO: two answers joined by or", "TODO: a list of guesses"]
    # Written by somebody who has not seen the items above.
    held_out:
      right: ["TODO: a right answer by somebody else", "TODO: another one"]
      wrong: ["TODO: a wrong answer by somebody else", "TODO: another one"]
"""

_ITEM = """\
      - id: "TODO: a short id, such as ignores-length"
        says: "TODO: the item in one sentence"
        # Names for it; or `patterns`, in the language of evidence files; or `points`, to borrow from the rubric.
        terms: ["TODO: a name for it", "TODO: another name, in plain words"]
"""

_REJECTS = """\
    rejects:
      - id: "TODO: a short id, such as type-ii-error"
        why: "TODO: the confusion that it shows, in one sentence"
        terms: ["TODO: a name of the near-miss"]
"""

_OPTION = """\
      - id: "TODO: a short id"
        says: "TODO: {which} option, at most 80 characters"
        why: "TODO: why it is {which}"
{right}"""

_COMPANY = """\
# yaml-language-server: $schema=../schema/company.json
# An emphasis for practice, in our own words: not a claim about a company's real questions. Replace every TODO.
slug: {slug}
name: {name}
listens_for: "TODO: what this kind of interviewer listens for, in one sentence"
coaching: "TODO: the advice under feedback, in one line"
# How much each step of a strong answer counts, 1 to 10.
stages:
{stages}# How often a cluster's questions come; a cluster left out weighs 1. For example `debugging-and-reliability: 3`.
clusters: {{}}
# The kinds of follow-up that come first, most wanted first.
follow_ups: ["TODO: one of {kinds}"]
depth: "TODO: how many follow-ups it asks at most, 1 to 6, without quotes"
# How often a kind of rapid-fire prompt comes; a kind left out weighs 1. For example `name: 3`.
kinds: {{}}
# What an accepted rapid-fire answer is multiplied by, by stage; 1 where left out. For example `production: 2`.
worth: {{}}
time_percent: "TODO: how long a rapid-fire prompt lasts, in percent of the normal time, 25 to 400, without quotes"
"""

_GUIDE = """\
# yaml-language-server: $schema=../schema/guide.json
# Replace every TODO.
slug: {slug}
title: {title}
form: {form}
summary: "TODO: what it is for, in one or two sentences"
{body}"""

_STEP = """\
  - id: {id}
    name: "TODO: a few words for the picture"
    says: "TODO: what to do there, in one or two sentences"
"""

_NODES = """\
nodes:
  - id: first-question
    name: "TODO: the question in a few words, for the picture"
    says: "TODO: the question in full"
    turns:
      - {says: "Yes", to: if-so}
      - {says: "No", to: if-not}
  - id: if-so
    name: "TODO: what to inspect, in a few words"
    says: "TODO: what to inspect first, and why"
    questions: ["TODO: the id of a question to practise, such as Q2"]
  - id: if-not
    name: "TODO: what to inspect, in a few words"
    says: "TODO: what to inspect first, and why"
    questions: ["TODO: the id of a question to practise, such as Q2"]
"""


def prompts_head(question: str) -> str:
    """The beginning of a file of prompts; at least one prompt follows."""
    return _PROMPTS_HEAD.format(question=question)


def prompt_template(*, slug: str, kind: PromptKind) -> str:
    """One prompt, to stand at the end of its file."""
    bodies = {
        PromptKind.NAME: f"    items:\n{_ITEM * 3}{_REJECTS}",
        PromptKind.SHORT: f"    items:\n{_ITEM}{_REJECTS}",
        PromptKind.CHOICE: "    options:\n" + _option(right=True) + _option(right=False) * 3,
    }
    wanted = "    wanted: 2\n" if kind is PromptKind.NAME else ""
    return _PROMPT.format(slug=slug, kind=kind.value, wanted=wanted, stages=", ".join(Stage), body=bodies[kind])


def company_template(*, slug: str, name: str) -> str:
    """A company's file."""
    stages = "".join(f'  {stage.value}: "TODO: a whole number, without quotes"\n' for stage in Stage)
    return _COMPANY.format(slug=slug, name=_quoted(name), stages=stages, kinds=", ".join(FollowUpKind))


def guide_template(*, slug: str, title: str, form: GuideForm) -> str:
    """A guide's file."""
    steps = "steps:\n" + "".join(_STEP.format(id=name) for name in ("first", "second", "third"))
    body = _NODES if form is GuideForm.TREE else steps
    return _GUIDE.format(slug=slug, title=_quoted(title), form=form.value, body=body)


def _option(*, right: bool) -> str:
    return _OPTION.format(which="right" if right else "wrong", right="        right: true\n" if right else "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
