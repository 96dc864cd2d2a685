-- What a post belongs to is no longer always an occurrence, so its reference goes. `wanted` counts the reasons there
-- have been to edit a message of a round, `shown` how many of them it shows; where they differ it is out of date.
CREATE TABLE post_of_any (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL, -- the key of an occurrence, or the id of a round
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    rung INTEGER NOT NULL, -- in a round the number of a prompt
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
    told INTEGER NOT NULL DEFAULT 0, -- 1 once the present state was looked at for an admin to be told of
    wanted INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 0,
    CHECK ((kind = 'card') = (key = subject))
) STRICT;

INSERT INTO post_of_any (key, kind, subject, guild_id, channel_id, rung, state, due, attempts, first_attempt,
                         last_attempt, claim_until, message_id, sent_at, reason, text, recipient, told)
SELECT key, kind, occurrence, guild_id, channel_id, rung, state, due, attempts, first_attempt,
       last_attempt, claim_until, message_id, sent_at, reason, text, recipient, told
FROM post;

DROP TABLE post;
ALTER TABLE post_of_any RENAME TO post;

CREATE INDEX post_subject ON post (subject, kind);
CREATE INDEX post_message ON post (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX post_waiting ON post (due) WHERE state IN ('due', 'sending');
CREATE INDEX post_blocked ON post (due) WHERE state = 'blocked';
CREATE INDEX post_card ON post (guild_id, sent_at) WHERE kind = 'card';
CREATE INDEX post_untold ON post (due, key)
    WHERE kind IN ('card', 'rung', 'hint') AND told = 0 AND state IN ('blocked', 'uncertain', 'removed', 'skipped');
CREATE INDEX post_outdated ON post (subject) WHERE state = 'sent' AND shown < wanted;

-- A schedule with rules is one of rapid-fire rounds; without, one of daily questions. The rules are JSON.
ALTER TABLE schedule ADD COLUMN rules TEXT;

-- Rounds are never deleted. `rules` and `prompts` are JSON; both are fixed once the lobby is over.
CREATE TABLE round (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    host_id INTEGER NOT NULL,
    rules TEXT NOT NULL,
    prompts TEXT NOT NULL,
    phase TEXT NOT NULL,
    number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    silent INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT,
    schedule_id TEXT REFERENCES schedule (id),
    day TEXT,
    UNIQUE (schedule_id, day)
) STRICT;

CREATE UNIQUE INDEX round_of_channel ON round (channel_id) WHERE phase NOT IN ('finished', 'stopped');
CREATE INDEX round_of_guild ON round (guild_id, n);

CREATE TABLE player (
    round TEXT NOT NULL REFERENCES round (id),
    user_id INTEGER NOT NULL,
    name TEXT NOT NULL, -- as it was then
    n INTEGER NOT NULL, -- the order of joining
    team INTEGER NOT NULL,
    PRIMARY KEY (round, user_id)
) STRICT, WITHOUT ROWID;

-- Prompts that a guild had, in order. One that was drawn and never asked is taken off again.
CREATE TABLE prompted (
    n INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL,
    prompt TEXT NOT NULL
) STRICT;

CREATE INDEX prompted_guild ON prompted (guild_id, n);
CREATE INDEX prompted_round ON prompted (round, number);

-- A player's last answer to a prompt. `at` is the instant that Discord gave the interaction `source`.
CREATE TABLE attempt (
    round TEXT NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    points INTEGER NOT NULL,
    time_left INTEGER NOT NULL, -- of the prompt's window, in thousandths
    is_public INTEGER NOT NULL DEFAULT 0, -- 1 once the player has pressed that everybody may see it
    PRIMARY KEY (round, number, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appeal (
    n INTEGER PRIMARY KEY,
    round TEXT NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL, -- open, upheld or declined
    decided_by INTEGER,
    decided_at INTEGER,
    UNIQUE (round, number, user_id)
) STRICT;

CREATE INDEX appeal_of_member ON appeal (user_id, at);
CREATE INDEX appeal_open ON appeal (round) WHERE state = 'open';

-- What a finished round brought its players: a cache of the fold over `attempt` and `appeal`, which are the truth.
CREATE TABLE result (
    round TEXT NOT NULL REFERENCES round (id),
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    score INTEGER NOT NULL, -- in tenths of a point
    correct INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (round, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX result_guild ON result (guild_id, at);

-- Practice alone. Rows are only ever added.
CREATE TABLE drill (
    n INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    source TEXT NOT NULL UNIQUE,
    accepted INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX drill_of_member ON drill (user_id, n);
