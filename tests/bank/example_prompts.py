"""Rapid-fire prompts and a guide for the questions of `example_content`, as text to edit."""

PROMPTS = """\
question: Q1
sets:
  swears: [seldom, once]
prompts:
  - id: two-uses
    kind: name
    asks: Name two reasons to keep a test set.
    wanted: 2
    stage: definition
    difficulty: 1
    seconds: 30
    companies: [startup]
    items:
      - id: fair-score
        says: Its score is fair.
        terms: [fair score]
      - id: look-at-the-end
        says: It is looked at once.
        patterns: [look swears]
        points: [look-once]
    rejects:
      - id: same-set
        why: That is the training set.
        terms: [training]
        red_flags: [same-thing]
    explains: A fair score needs data that nobody used.
    samples:
      right: [a fair score and we look once, "fair score, look once", "fair score; looked at once"]
      wrong: [a fair score, training, nothing]
    held_out:
      right: [look once for a fair score]
      wrong: [training and a fair score]
  - id: what-is-it
    kind: short
    asks: What is data called that nobody has used yet?
    stage: mechanism
    difficulty: 2
    seconds: 20
    items:
      - id: test-set
        says: A test set.
        terms: [test set, hold-out]
    explains: It is held out.
    samples:
      right: [test set, hold-out, a test set]
      wrong: [training set, validation, no]
    held_out:
      right: [the test set]
      wrong: [not a test set]
  - id: how-many-rows
    kind: short
    asks: How many of 200 rows are 20 percent?
    stage: tradeoff
    difficulty: 2
    seconds: 20
    number:
      value: 40
    rejects:
      - id: share
        why: That is the share.
        terms: ["20"]
    explains: A fifth of 200 is 40.
    samples:
      right: ["40", forty, "200*0.2 = 40"]
      wrong: ["20", "0.2", "160"]
    held_out:
      right: [about 40]
      wrong: ["30"]
  - id: when-to-look
    kind: choice
    asks: When is a test set looked at?
    stage: production
    difficulty: 3
    seconds: 15
    options:
      - id: at-the-end
        says: At the very end
        why: Then its score is fair.
        right: true
      - id: daily
        says: Every day
        why: Then it becomes a validation set.
      - id: first
        says: Before training
        why: Then it is training data.
      - id: never
        says: Not at all
        why: Then nobody needs it.
    explains: Looking uses it up.
    samples:
      right: [a, at the very end, "A)"]
      wrong: [b, every day, not at all]
    held_out:
      right: [at the end (a), "a."]
      wrong: [before training]
"""

SECOND_PROMPTS = (
    PROMPTS.replace("question: Q1", "question: Q2")
    .replace("stage: tradeoff", "stage: production")
    .replace("    companies: [startup]\n", "")
    .replace("two-uses", "two-gains")
    .replace("what-is-it", "what-is-shuffled")
    .replace("how-many-rows", "how-many-parts")
    .replace("when-to-look", "when-to-shuffle")
    .replace("Name two reasons to keep a test set.", "Which two things does shuffling give you?")
    .replace("What is data called that nobody has used yet?", "Say the term for rows kept away.")
    .replace("How many of 200 rows are 20 percent?", "You own two hundred parts and lend a fifth. How many?")
    .replace("When is a test set looked at?", "At which moment do you open the envelope?")
)

GUIDE = """\
slug: first-look
title: Where to look first
form: tree
summary: A tree with one question.
nodes:
  - id: start
    name: Is it real?
    says: Is the drop still there when you score again?
    turns:
      - {says: "Yes", to: data}
      - {says: "No", to: noise}
  - id: data
    name: The data
    says: Inspect the data first.
    questions: [Q1]
  - id: noise
    name: The noise
    says: Inspect the spread first.
    questions: [Q2]
"""
