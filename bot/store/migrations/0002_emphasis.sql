-- A company's slug, or '-' for a wish to have no emphasis; NULL, or no row, where nothing was chosen.
ALTER TABLE guild ADD COLUMN company TEXT;

CREATE TABLE member_settings (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    company TEXT,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- Points of which a member says that the answer made them though the grader did not find them. Kept for authors.
CREATE TABLE claim (
    n INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    occurrence TEXT REFERENCES occurrence (key),
    rung INTEGER NOT NULL,
    point TEXT NOT NULL,
    answer INTEGER NOT NULL REFERENCES answer (n),
    at INTEGER NOT NULL,
    UNIQUE (answer, point)
) STRICT;

CREATE INDEX claim_question ON claim (question_id, rung, point);
