"""The offline grader: judges an answer by patterns that authors wrote, without a model and without a network.

`reading` turns text into clauses, `patterns` is the authors' language, `lexicon` finds the words of a question
in a text, `matching` holds a pattern against it, and `grader` sums the matches up.
"""
