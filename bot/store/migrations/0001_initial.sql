-- Instants are milliseconds since 1970 (UTC). Local dates are text, YYYY-MM-DD. Ids of Discord are integers.
-- `n` is the order in which rows arrived.

CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    zone TEXT NOT NULL,
    at TEXT NOT NULL,
    weekdays TEXT NOT NULL, -- digits, 0 for Monday
    created_by INTEGER NOT NULL,
    company TEXT,
    cluster TEXT,
    easiest INTEGER NOT NULL,
    hardest INTEGER NOT NULL,
    catch_up INTEGER NOT NULL, -- minutes
    paused_until TEXT,
    next_due INTEGER
) STRICT;

CREATE INDEX schedule_guild ON schedule (guild_id);
CREATE INDEX schedule_due ON schedule (next_due) WHERE next_due IS NOT NULL;

-- What an admin has put first on a schedule, by `place`.
CREATE TABLE queue (
    schedule_id TEXT NOT NULL REFERENCES schedule (id),
    place INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    PRIMARY KEY (schedule_id, place)
) STRICT, WITHOUT ROWID;

-- Questions that an admin left out: they count as asked at that instant.
CREATE TABLE passed_over (
    n INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX passed_over_guild ON passed_over (guild_id, at);

-- What a guild's admins chose for all of its schedules; no row means the defaults.
CREATE TABLE guild (
    guild_id INTEGER PRIMARY KEY,
    log_channel_id INTEGER
) STRICT;

CREATE TABLE occurrence (
    key TEXT PRIMARY KEY,
    schedule_id TEXT NOT NULL REFERENCES schedule (id),
    guild_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    question_id TEXT,
    company TEXT,
    scheduled INTEGER NOT NULL,
    promised_until INTEGER,
    closed_at INTEGER,
    card_shows_it INTEGER NOT NULL DEFAULT 0, -- 1 once the card says that it is closed
    UNIQUE (schedule_id, day)
) STRICT;

CREATE INDEX occurrence_order ON occurrence (schedule_id, scheduled);
CREATE INDEX occurrence_unclosed ON occurrence (guild_id, day) WHERE closed_at IS NULL;
CREATE INDEX occurrence_unshown ON occurrence (closed_at) WHERE closed_at IS NOT NULL AND card_shows_it = 0;

-- The card of an occurrence is the post with the occurrence's own key.
CREATE TABLE post (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    occurrence TEXT NOT NULL REFERENCES occurrence (key),
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    state TEXT NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    first_attempt INTEGER,
    last_attempt INTEGER,
    claim_until INTEGER,
    message_id INTEGER,
    sent_at INTEGER,
    reason TEXT,
    text TEXT,
    recipient INTEGER,
    told INTEGER NOT NULL DEFAULT 0, -- 1 once the present state of a card was looked at for an admin to be told of
    CHECK ((kind = 'card') = (key = occurrence))
) STRICT;

CREATE INDEX post_occurrence ON post (occurrence, kind);
CREATE INDEX post_message ON post (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX post_waiting ON post (due) WHERE state IN ('due', 'sending');
CREATE INDEX post_blocked ON post (due) WHERE state = 'blocked';
CREATE INDEX post_card ON post (guild_id, sent_at) WHERE kind = 'card';
CREATE INDEX post_untold ON post (due, key)
    WHERE kind <> 'notice' AND told = 0 AND state IN ('blocked', 'uncertain', 'removed', 'skipped');

CREATE TABLE trouble (
    n INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    schedule_id TEXT NOT NULL REFERENCES schedule (id),
    cause TEXT NOT NULL,
    says TEXT NOT NULL,
    since INTEGER NOT NULL,
    ended INTEGER
) STRICT;

CREATE UNIQUE INDEX trouble_lasting ON trouble (guild_id, schedule_id, cause) WHERE ended IS NULL;

-- Rows are only ever added. `earned` is the local date that the answer earned, none if it came too late.
CREATE TABLE answer (
    n INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    occurrence TEXT REFERENCES occurrence (key),
    rung INTEGER NOT NULL,
    text TEXT NOT NULL,
    path TEXT NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    after_reveal INTEGER NOT NULL,
    earned TEXT
) STRICT;

CREATE INDEX answer_rung ON answer (occurrence, user_id, rung);
CREATE INDEX answer_question ON answer (user_id, question_id);
CREATE INDEX answer_earned ON answer (guild_id, user_id, earned) WHERE earned IS NOT NULL;

CREATE TABLE reveal (
    user_id INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE guild_day (
    guild_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (guild_id, day)
) STRICT, WITHOUT ROWID;

-- A cache of the fold over guild_day and answer.earned, which is the truth.
CREATE TABLE streak (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    current INTEGER NOT NULL,
    best INTEGER NOT NULL,
    last TEXT,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX streak_last ON streak (guild_id, last);

CREATE TABLE uptime (
    n INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL
) STRICT;

CREATE INDEX uptime_run ON uptime (run);
CREATE INDEX uptime_ended ON uptime (ended);
