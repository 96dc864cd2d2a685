"""The text of a new question file: every key with its limit, and a placeholder wherever one has to write."""

import json
from collections.abc import Iterator

from bot.bank.outline import outline
from bot.domain.questions import FollowUpKind, Question, Stage

_POINTS = {
    Stage.DEFINITION: "the definition that a strong answer gives, in one sentence",
    Stage.MECHANISM: "the equation or mechanism that it explains, in one sentence",
    Stage.TRADEOFF: "the trade-off or failure mode that it names, in one sentence",
    Stage.PRODUCTION: "the decision in production that it leads to, in one sentence",
}

_HEAD = """\
# yaml-language-server: $schema=../../../schema/question.json
# Replace every TODO. README.md in the content folder says what makes each part good.
id: {number}
slug: {slug}
title: {title}
cluster: {cluster}
difficulty: "TODO: a number from 1 (a first interview) to 5 (a specialist), without quotes"

# As said aloud, best with a situation in it; {asks}.
asks: >-
  TODO: the question as an interviewer says it
# Never shown before the answer; {probes}.
probes: >-
  TODO: what the interviewer wants to find out about the candidate

# Speakable in 30 seconds: no more than 60 words; {direct_answer}.
direct_answer: >-
  TODO: the answer in short, as a strong candidate would open
# Define, mechanism or equation, trade-off and failure mode, what to measure; {deep_answer}.
deep_answer: |
  TODO: the answer in depth, a paragraph for each of the four steps
# With numbers that the code or a source bears out; {production}.
production: >-
  TODO: the decision in production or debugging that hangs on this
"""

_RUBRIC_POINT = """\
  - id: "TODO: a short id for this point, such as what-it-measures"
    stage: {stage}
    says: >-
      TODO: {says}
    nudge: >-
      TODO: a hint that points to it without giving it away
"""

_RED_FLAG = """\
  - id: "TODO: a short id for this claim, such as always-better"
    says: >-
      TODO: the claim, as a candidate would put it
    why: >-
      TODO: what is wrong with it
"""

_MISTAKES_AND_ANTI_PATTERN = """\
# {mistakes} mistakes, each {mistake}.
mistakes:
  - >-
    TODO: a mistake that people make in practice
  - >-
    TODO: another mistake that people make in practice

# A fluent answer that fails; both parts {anti_pattern}.
anti_pattern:
  answer: >-
    TODO: an answer that sounds good and should not pass, written out in full
  why: >-
    TODO: why it fails, claim by claim
"""

_FOLLOW_UP = """\
  - id: "TODO: a short id for this rung, such as when-it-fails"
    asks: >-
      TODO: a follow-up that only this question calls for
    kind: "TODO: one of {kinds}"
    about:
      - "TODO: the id of a rubric point that it goes back to"
    points:
      - id: "TODO: a short id for this point, such as names-the-cause"
        says: >-
          TODO: something that a good answer to it says
      - id: "TODO: a short id for this point, such as what-to-log"
        says: >-
          TODO: something else that a good answer to it says
"""

_CODE = """\
# Plain Python without packages, the same output at every run; {source}.
code:
  shows: >-
    TODO: what the numbers show, in one sentence
  source: |
    TODO: a short program that shows the point with numbers
  output: |
    TODO: what it prints, copied from a run
"""

_CHECKS = """\
# Figures that stand in the texts above without being printed or read in a source; without any, delete `checks`.
checks:
  - claim: >-
      TODO: a sentence with the figure
    computes: "TODO: a Python expression that gives it, with units, such as 7e9 * 8 * byte"
    gives: "TODO: the figure as the text gives it, such as 56 GB"
    within: 0.01
# What people who know the subject dispute, with both sides; without any, delete `contested`.
contested:
  - claim: >-
      TODO: what is disputed
    for: >-
      TODO: what speaks for it, with the source
    against: >-
      TODO: what speaks against it, with the source
"""

_REFERENCE = """\
  - title: "TODO: the title of the source"
    author: "TODO: its authors"
    year: "TODO: its year, without quotes"
    url: "TODO: its https address"
    supports: >-
      TODO: the claim that it supports, in your own words
    primary: {primary}
"""


def question_template(*, number: str, slug: str, title: str, cluster: str) -> str:
    """A file that has every key, and whose only problems are its placeholders."""
    parts = {
        "head": _HEAD.format(
            number=number,
            slug=slug,
            title=json.dumps(title, ensure_ascii=False),
            cluster=cluster,
            **{key: _limit(key) for key in ("asks", "probes", "direct_answer", "deep_answer", "production")},
        ),
        "rubric": "".join(_rubric()),
        "red_flags": "".join(_red_flags()),
        "mistakes": _MISTAKES_AND_ANTI_PATTERN.format(
            mistakes=_limit("mistakes"),
            mistake=_limit("mistakes", 0),
            anti_pattern=_limit("anti_pattern", "why"),
        ),
        "follow_ups": "".join(_follow_ups()),
        "code": _CODE.format(source=_limit("code", "source")),
        "checks": _CHECKS,
        "references": "".join(_references()),
    }
    return "\n".join(parts.values())


def _limit(*steps: str | int) -> str:
    here = outline(Question, steps)
    if "maxItems" in here:
        return f"{here['minItems']} to {here['maxItems']}"
    return f"up to {here['maxLength']} characters"


def _rubric() -> Iterator[str]:
    yield f"# {_limit('rubric')} points, at least one a stage; each {_limit('rubric', 0, 'says')}.\nrubric:\n"
    for stage, says in _POINTS.items():
        yield _RUBRIC_POINT.format(stage=stage, says=says)


def _red_flags() -> Iterator[str]:
    yield f"# {_limit('red_flags')} claims that make an interviewer wince.\nred_flags:\n"
    yield _RED_FLAG * 2


def _follow_ups() -> Iterator[str]:
    yield f"# {_limit('follow_ups')} rungs, easiest first, of several kinds.\nfollow_ups:\n"
    yield _FOLLOW_UP.format(kinds=", ".join(FollowUpKind)) * 2


def _references() -> Iterator[str]:
    yield f"# {_limit('references')} sources that you have read, one of them primary at least.\nreferences:\n"
    yield from (_REFERENCE.format(primary=primary) for primary in ("true", "false"))
    yield '\nreviewed_on: "TODO: the date of the second reading, such as 2026-01-31, without quotes"\n'
