"""Slips in evidence, marked answers and word sets: the file, what is edited, where the rule is told, and how."""

from tests.bank.example_content import EVIDENCE_FILE, GLOSSARY_FILE, PACK_FILE, QUESTION_FILE, SAMPLES_FILE

FLAG = """\
  same-thing:
    raised: [same thing]
    paraphrases:
      - They are the same thing.
      - Both are the same thing.
"""
RUNG = """\
  small-data:
    nested-cv:
      shown: [nested]
      paraphrases: [Use nested folds., Nested folds work., I would nest them with nested folds.]
    report-interval:
      shown: [interval]
      paraphrases: [Give an interval., An interval helps., Add an interval.]
"""
SAMPLE = """\
  - id: partial-2
    kind: partial
    band: partial
    answer: The test set is data that nobody has used yet, and its score is read at the end (partial-2).
    shown: [unused-data]
"""
MARKS = "    shown: [unused-data, look-once]\n    unsure: [costs-data]\n"

CASES = {
    "stray-file": (
        QUESTION_FILE, None, None,
        None, None,
        "There is no question `why-a-test-set.yaml` beside this file: name this file after its question, or write the "
        "question."),
    "other-question": (
        EVIDENCE_FILE, "question: Q1", "question: Q7",
        "question: Q7", "Q7", "The question beside this file is `Q1`, not `Q7`: write `Q1`."),
    "unknown-evidence": (
        EVIDENCE_FILE, "  unused-data:", "  unused-date:",
        "unused-date", "", "The question has no `unused-date` that could stand in `points`: did you mean `unused-data`?"),
    "missing-evidence": (
        EVIDENCE_FILE, FLAG, "",
        "red_flags:", "",
        "There is no evidence for `same-thing` in `red_flags`: add its patterns and test sentences."),
    "missing-follow-up": (
        EVIDENCE_FILE, RUNG, "",
        "follow_ups:", "",
        "Answers to the follow-up `small-data` cannot be judged yet: add it under `follow_ups`, with each of its points."),
    "few-paraphrases": (
        EVIDENCE_FILE, "      - Look once at the end.\n", "",
        "- Look once.", "-",
        "`look-once` has 5 paraphrases but a rubric point needs at least 6: add 1 more, each in other words."),
    "unknown-set": (
        EVIDENCE_FILE, "  - [flatters, honest]", "  - [flatter, honest]",
        "flatter, honest]", "", "There is no word set `flatter`: did you mean `flatters`?"),
    "word-in-opposites": (
        GLOSSARY_FILE, "[often, each week]", "[often, Seldom]",
        "- [often, seldom]", "[",
        f"`seldom`, at {GLOSSARY_FILE}:2:18, is in both sets of this pair: take it out of one of them."),
    "bad-pattern": (
        EVIDENCE_FILE, "shown: [held_out unused]", "shown: [held_out >]",
        "held_out >", "held", "This pattern is wrong at its character 10: `>` stands between two words."),
    "failed-sentence": (
        EVIDENCE_FILE, "- The test set is large.", "- A large test set is unused.",
        "A large test set", "A",
        "The patterns judge this sentence as shown, not anything but shown: change a pattern, or the sentence if it says "
        "something else."),
    "duplicate-sample": (
        SAMPLES_FILE, "id: plain-2", "id: plain-1",
        "plain-1\n    kind: plain\n    band: strong\n    answer: The test set is data that nobody has used yet, and its "
        "score is read at the end (plain-2)", "plain-1",
        f"The id `plain-1` is already used at {SAMPLES_FILE}:3:9: give this sample another id."),
    "marked-twice": (
        SAMPLES_FILE, f"(expert-1).\n{MARKS}", f"(expert-1).\n{MARKS}".replace("costs-data", "look-once"),
        "look-once]\n  - id: ordinary-1", "look",
        f"`look-once` is already marked at {SAMPLES_FILE}:20:26: name it in one list, once."),
    "no-reason": (
        SAMPLES_FILE, "(off-topic-1).\n    reason: off_topic\n", "(off-topic-1).\n",
        "unscored\n    answer: The test set is data that nobody has used yet, and its score is read at the end (off", "un",
        "A sample without a score needs its reason: add the key `reason`."),
    "needless-reason": (
        SAMPLES_FILE, "(expert-1).\n", "(expert-1).\n    reason: empty\n",
        "reason: empty", "", "Only an unscored sample has a reason: take it out."),
    "marks-on-unscored": (
        SAMPLES_FILE, "(off-topic-1).\n", "(off-topic-1).\n    unsure: [look-once]\n",
        "unsure: [look-once]", "", "An unscored sample has no `unsure`: take the list out."),
    "few-samples": (
        SAMPLES_FILE, SAMPLE, "",
        "samples:", "",
        "There are 15 samples but at least 16 are needed: add 1 more, each as another person would write it."),
    "few-held-out": (
        SAMPLES_FILE, f"(plain-2).\n{MARKS}    heldout: true\n", f"(plain-2).\n{MARKS}",
        "samples:", "",
        "4 of 16 samples are held out but at least 5 must be: have new ones written by somebody who has not seen the "
        "patterns."),
    "missing-kind": (
        SAMPLES_FILE, "kind: hedge", "kind: weak",
        "samples:", "", "0 samples are hedges but at least 1 must be: add some with `kind: hedge`."),
    "unknown-mark": (
        SAMPLES_FILE, f"(expert-1).\n{MARKS}", f"(expert-1).\n{MARKS}".replace("costs-data", "cost-data"),
        "cost-data", "", "The question has no `cost-data` in `rubric`: did you mean `costs-data`?"),
    "needless-self-check": (
        PACK_FILE, "licence: ", "self_check: [Q1]\nlicence: ",
        "[Q1]", "Q1", "There is no question `Q1` in this pack that lacks evidence: take it off the list."),
    "no-evidence": (
        EVIDENCE_FILE, None, None,
        None, None,
        "Answers to this question cannot be judged yet: write `why-a-test-set.evidence.yaml` beside it, as README.md in "
        "the content folder says."),
    "no-samples": (
        SAMPLES_FILE, None, None,
        None, None,
        "Nothing shows yet that answers to this question are judged well: write `why-a-test-set.samples.yaml` beside it, "
        "as README.md in the content folder says."),
}  # fmt: skip

ELSEWHERE = {
    "stray-file": f"{EVIDENCE_FILE}:1:1",
    "no-evidence": f"{QUESTION_FILE}:1:1",
    "no-samples": f"{QUESTION_FILE}:1:1",
}
"""Where a rule is told if it is in another file than the slip."""
