"""Evidence, marked answers and word sets for the question of `example_content`, as text to edit."""

EVIDENCE = """\
question: Q1
topic: [test set, validation, score, data, model]
sets:
  held_out: [test set, held out data]
  flatters: [flatter, too good]
  honest: [honest, fair]
opposites:
  - [flatters, honest]
points:
  unused-data:
    shown: [held_out unused]
    contradicted: [held_out reused]
    paraphrases:
      - The test set is unused.
      - A test set stays unused.
      - Keep the test set unused.
      - An unused test set is the point.
      - Held out data is unused.
      - It is unused held out data.
    inversions:
      - The test set is reused.
    near_misses:
      - The test set is large.
  best-of-many:
    shown: [winner flatters]
    contradicted: [winner honest]
    paraphrases:
      - The winner is flattered.
      - The score flatters the winner.
      - It flatters the winner.
      - The winner looks too good.
      - Our winner seems too good.
      - The winner is too good.
  costs-data:
    shown: [costs training]
    paraphrases:
      - It costs training rows.
      - This costs training data.
      - A test set costs training data.
      - It costs us training rows.
      - The price is that it costs training rows.
      - Holding out costs training examples.
  look-once:
    shown: [look seldom]
    paraphrases:
      - Look once.
      - Look once at the end.
      - We look once.
      - You may look once.
      - Look once and write it down.
      - I would look only once.
red_flags:
  tune-on-test:
    raised: [tune > test set]
    paraphrases:
      - We tune on the test set.
      - I would tune it on the test set.
  same-thing:
    raised: [same thing]
    paraphrases:
      - They are the same thing.
      - Both are the same thing.
follow_ups:
  small-data:
    nested-cv:
      shown: [nested]
      paraphrases: [Use nested folds., Nested folds work., I would nest them with nested folds.]
    report-interval:
      shown: [interval]
      paraphrases: [Give an interval., An interval helps., Add an interval.]
  reused-test:
    collect-fresh:
      shown: [fresh]
      paraphrases: [Collect fresh rows., Get fresh data., Fresh rows are needed.]
    count-looks:
      shown: [count look]
      paraphrases: [Count the looks., Count each look., We count every look.]
"""

GLOSSARY = """\
sets:
  often: [often, each week]
  seldom: [seldom, once]
opposites:
  - [often, seldom]
"""

_SAMPLE = """\
  - id: {id}
    kind: {kind}
    band: {band}
    answer: The test set is data that nobody has used yet, and its score is read at the end ({id}).
"""
_MARKS = {
    "strong": "    shown: [unused-data, look-once]\n    unsure: [costs-data]\n",
    "partial": "    shown: [unused-data]\n",
    "wrong": "    contradicted: [unused-data]\n    red_flags: [same-thing]\n",
    "unscored": "    reason: off_topic\n",
}
_SAMPLES = [
    ("plain-1", "plain", "strong"), ("plain-2", "plain", "strong"), ("expert-1", "expert", "strong"),
    ("ordinary-1", "ordinary", "strong"), ("partial-1", "partial", "partial"), ("partial-2", "partial", "partial"),
    ("partial-3", "partial", "partial"), ("partial-4", "partial", "partial"), ("inverted-1", "inverted", "wrong"),
    ("inverted-2", "inverted", "wrong"), ("misconception-1", "misconception", "wrong"), ("hedge-1", "hedge", "wrong"),
    ("nonsense-1", "nonsense", "wrong"), ("wrong-1", "misconception", "wrong"),
    ("keywords-1", "keywords", "unscored"), ("off-topic-1", "off_topic", "unscored"),
]  # fmt: skip
_HELD_OUT = {"plain-2", "partial-3", "partial-4", "inverted-2", "wrong-1"}

SAMPLES = "question: Q1\nsamples:\n" + "".join(
    _SAMPLE.format(id=id_, kind=kind, band=band) + _MARKS[band] + ("    heldout: true\n" if id_ in _HELD_OUT else "")
    for id_, kind, band in _SAMPLES
)
