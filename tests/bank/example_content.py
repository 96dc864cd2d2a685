"""A small content folder for tests: text to edit as an author would, and where things then stand in it."""

from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.bank.example_evidence import EVIDENCE, GLOSSARY, SAMPLES
from tests.bank.example_prompts import GUIDE, PROMPTS, SECOND_PROMPTS

# A slow disk or a busy machine must not fail a test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON_DISK = settings(
    UNHURRIED,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

COMPANY = """\
slug: startup
name: Startup
listens_for: What gets it working by Friday, and what breaks first.
coaching: Say what you would try first.
stages:
  definition: 1
  mechanism: 2
  tradeoff: 3
  production: 4
clusters:
  metrics: 2
follow_ups: [isolation, budget]
depth: 2
time_percent: 75
"""

PACK = """\
slug: basics
name: Basics
description: Two questions to try things on.
licence: CC BY 4.0
clusters:
  - slug: metrics
    name: Metrics
  - slug: training
    name: Training
"""

QUESTION = """\
id: Q1
slug: why-a-test-set
title: Why keep a test set?
cluster: metrics
difficulty: 2
asks: You have a validation set already. Why keep a test set as well?
probes: Whether the candidate knows that choosing is a way of fitting.
direct_answer: >-
  Every choice made on validation data fits that data a little, so its score flatters the winner.
deep_answer: |
  **Define.** A test set is data that no choice has used.

  **Measure.** Look once.
production: Freeze the test set, and log who looked at it and when.
rubric:
  - id: unused-data
    stage: definition
    says: A test set is data that no decision has used.
    nudge: What has been done with it before the final score?
  - id: best-of-many
    stage: mechanism
    says: The best of many noisy scores is too good on average.
    nudge: What happens to the best of many noisy numbers?
  - id: costs-data
    stage: tradeoff
    says: Data held back cannot train the model.
    nudge: What does holding data back cost?
  - id: look-once
    stage: production
    says: Look once, at the end, and write down that you did.
    nudge: How often may you look, and who would know?
red_flags:
  - id: tune-on-test
    says: We tune on the test set, since it is larger.
    why: Then nothing is left that tells how the model does on new data.
  - id: same-thing
    says: Validation and test are two words for the same thing.
    why: One is for choosing, the other for reporting.
mistakes:
  - Looking at the test score every week.
  - Splitting rows of one person over both sets.
anti_pattern:
  answer: The validation score is enough if the data is large.
  why: A large set lowers the noise, but many trials still pick the lucky one.
follow_ups:
  - id: small-data
    asks: You have 200 rows. Do you still hold some back?
    kind: budget
    about: [costs-data]
    points:
      - id: nested-cv
        says: Nested cross-validation uses every row for both.
      - id: report-interval
        says: An interval around the score says how little it tells.
  - id: reused-test
    asks: Ten teams have used the same test set for a year. What now?
    kind: diagnosis
    about: [unused-data, look-once]
    points:
      - id: collect-fresh
        says: Collect a fresh one and compare the ranking.
      - id: count-looks
        says: Count the looks, and limit them.
code:
  shows: The best of twenty coin-flip models looks better than chance.
  source: |
    import random

    random.seed(1)
    scores = [sum(random.random() < 0.5 for _ in range(100)) for _ in range(20)]
    print("best is above 50:", max(scores) > 50)
  output: "best is above 50: True"
references:
  - title: An Introduction to Choosing
    author: Example and others
    year: 2020
    url: https://example.org/choosing
    supports: Choosing on data fits that data.
    primary: true
  - title: A Handbook
    author: Example
    year: 2021
    url: https://example.org/handbook
    supports: How large a held-out set should be.
reviewed_on: 2026-01-31
"""

SECOND = (
    QUESTION.replace("id: Q1", "id: Q2")
    .replace("why-a-test-set", "why-shuffle")
    .replace("Why keep a test set?", "Must rows be shuffled before training?")
    .replace("cluster: metrics", "cluster: training")
    .replace("You have 200 rows. Do you still hold some back?", "The rows are ordered by date. Do you shuffle?")
    .replace("Ten teams have used the same test set for a year. What now?", "When must rows stay in order?")
)

QUESTION_FILE = "packs/basics/metrics/why-a-test-set.yaml"
SECOND_FILE = "packs/basics/training/why-shuffle.yaml"
PACK_FILE = "packs/basics/pack.yaml"
COMPANY_FILE = "companies/startup.yaml"
GLOSSARY_FILE = "glossary.yaml"
EVIDENCE_FILE = QUESTION_FILE.replace(".yaml", ".evidence.yaml")
GUIDE_FILE = "guides/first-look.yaml"
PROMPTS_FILE = QUESTION_FILE.replace(".yaml", ".prompts.yaml")
SAMPLES_FILE = QUESTION_FILE.replace(".yaml", ".samples.yaml")
GOOD = {
    QUESTION_FILE: QUESTION,
    EVIDENCE_FILE: EVIDENCE,
    SAMPLES_FILE: SAMPLES,
    SECOND_FILE: SECOND,
    SECOND_FILE.replace(".yaml", ".evidence.yaml"): EVIDENCE.replace("question: Q1", "question: Q2"),
    SECOND_FILE.replace(".yaml", ".samples.yaml"): SAMPLES.replace("question: Q1", "question: Q2"),
    PROMPTS_FILE: PROMPTS,
    SECOND_FILE.replace(".yaml", ".prompts.yaml"): SECOND_PROMPTS,
    GUIDE_FILE: GUIDE,
    PACK_FILE: PACK,
    COMPANY_FILE: COMPANY,
    GLOSSARY_FILE: GLOSSARY,
}


def edited(text, old, new):
    """The text with one passage changed; the passage must be there, and only once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def where(text, passage, *, at=""):
    """`line:column` of a passage, or of `at` within it."""
    assert text.count(passage) == 1, f"{passage!r} stands {text.count(passage)} times in the text"
    before = text[: text.index(passage) + passage.index(at)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def write(folder: Path, files):
    """Write the files, given by their paths from the folder, and return the folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
