-- What the assistant made before its tables had versions.
CREATE TABLE conversations (
    id VARCHAR(40) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    area VARCHAR(80),
    mode VARCHAR(20) NOT NULL,
    expires_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    held TEXT,
    stop INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (token_hash)
);

CREATE INDEX ix_conversations_seen_at ON conversations (seen_at);

CREATE TABLE turns (
    conversation_id VARCHAR(40) NOT NULL,
    number INTEGER NOT NULL,
    said TEXT,
    choice VARCHAR(200),
    messages TEXT NOT NULL,
    offers TEXT NOT NULL,
    key_hash VARCHAR(64),
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, number),
    FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX one_turn_a_key ON turns (conversation_id, key_hash);

CREATE TABLE feedback (
    conversation_id VARCHAR(40) NOT NULL,
    turn INTEGER NOT NULL,
    rating VARCHAR(20) NOT NULL,
    reason VARCHAR(40),
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, turn),
    FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);

CREATE TABLE learners (
    id VARCHAR(64) NOT NULL,
    last_used DATETIME NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE learner_results (
    learner VARCHAR(64) NOT NULL,
    module VARCHAR(64) NOT NULL,
    finished DATE NOT NULL,
    score INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    missed VARCHAR(512) NOT NULL,
    version VARCHAR(12) NOT NULL,
    PRIMARY KEY (learner, module),
    FOREIGN KEY(learner) REFERENCES learners (id) ON DELETE CASCADE
);

CREATE TABLE ended_sessions (
    id_hash VARCHAR(64) NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (id_hash)
);

CREATE INDEX ix_ended_sessions_until ON ended_sessions (until);
