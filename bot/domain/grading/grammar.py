"""English as far as the grader knows it: what ends a sentence, opens a clause, negates, compares or merely joins.

All words stand in their looked-up form (see `words`).
"""

from bot.domain.grading.words import looked_up

ENDS = frozenset(".!?\n…•")
"""Signs after which a sentence begins."""

BREAKS = frozenset({";", "—", "–", "→", "->", "=>", "--", "-->"})  # noqa: RUF001
"""Signs after which a block begins."""

PAUSES = frozenset(",:()[]")
"""Signs after which a clause begins."""


def _words(text: str) -> frozenset[str]:
    return frozenset(form for word in text.split() for form in looked_up(word))


OPENS_BLOCK = _words("""
    but while whereas although though however because since when whenever unless until whilst if so therefore hence thus
    otherwise yet despite
""")
"""Words that open a thought of its own: what stands before is no longer spoken of in the same breath."""

OPENS_CLAUSE = _words("and or then which")

NEGATES = _words("""
    not no never neither nor without hardly barely none rarely seldom nobody nothing lack fail
""")
HARMLESS_AFTER = _words("only just merely simply forget hesitate surprisingly")
"""Words that undo a negation before them: "not only", "do not forget"."""

HARMLESS_PAIRS = frozenset({("no", "matter"), ("no", "doubt"), ("no", "wonder")})

NEGATES_IN_PAIRS = frozenset({("instead", "of"), ("rather", "than"), ("far", "from"), ("as", "opposed")})

AS_BELONGS_AFTER = _words("well same such treat see act serve define know far as use view regard count long soon")
"""Words after which "as" opens no clause."""

AS_OPENS_BEFORE = _words("the you we it they i your our its")
"""Words before which "as" opens one."""

CONTRASTS = _words("than unlike versus over")
"""Words after which somebody is named whom the clause is not about."""

COMPARE = _words("compare")

TIES = _words("""
    so this that then it they these those thus therefore hence which after now consequently such and but
""")
"""Words with which a sentence takes up the one before."""

HEDGES = _words("could might may sometimes maybe perhaps occasionally")
"""Words that leave a claim open; what is hedged is held against nobody."""

BOTH_WAYS = _words("or either both depend")
"""Words with which a hedged sentence names two ways and takes neither."""

FUNCTION = _words("""
    the a an be of to in it that this these those and or but for with as by on at from not you we they i your our its so
    if when while because than then which what how do can will would should have there their more just into about only
    also each all any one same too very
""")
"""Words that carry grammar and no content."""
