-- 'PERR': tells this database from other files of SQLite.
PRAGMA application_id = 1346720338;

-- What concerns no campaign. One row.
CREATE TABLE server (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    epoch   BLOB NOT NULL CHECK (length(epoch) = 16),
    set_up  BLOB
) STRICT;

-- The counter row: whoever holds it gives the next number.
CREATE TABLE campaigns (
    campaign BLOB NOT NULL PRIMARY KEY CHECK (length(campaign) = 32),
    set_up   BLOB NOT NULL UNIQUE,
    head     INTEGER NOT NULL,
    chain    BLOB NOT NULL,
    roster   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- kind: 1 bundle, 2 grant, 3 roster entry, 4 order to erase, 5 branch of the roster.
-- audience: 0 network, 1 restricted. author: of bundles and branches. audience, header: of bundles.
-- bundle, reader: of grants.
-- bytes: NULL once an order destroyed them; everything else stays.
CREATE TABLE entries (
    campaign    BLOB NOT NULL REFERENCES campaigns (campaign),
    number      INTEGER NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 32),
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
    received_at INTEGER NOT NULL,
    chain       BLOB NOT NULL,
    author      BLOB,
    audience    INTEGER,
    header      BLOB,
    bundle      BLOB,
    reader      BLOB,
    bytes       BLOB,
    PRIMARY KEY (campaign, number),
    UNIQUE (campaign, id)
) STRICT;

CREATE INDEX grants ON entries (campaign, bundle) WHERE bundle IS NOT NULL;
CREATE INDEX rosters ON entries (campaign, number) WHERE kind = 3;

-- The devices that a bundle is wrapped for: they stay when the wraps go, so that what was served to a
-- device is counted the same for ever.
CREATE TABLE readers (
    campaign BLOB NOT NULL,
    number   INTEGER NOT NULL,
    device   BLOB NOT NULL,
    PRIMARY KEY (campaign, number, device),
    FOREIGN KEY (campaign, number) REFERENCES entries (campaign, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE wraps (
    campaign BLOB NOT NULL,
    number   INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    reader   BLOB NOT NULL,
    sealed   BLOB NOT NULL,
    PRIMARY KEY (campaign, number, place),
    FOREIGN KEY (campaign, number) REFERENCES entries (campaign, number)
) STRICT, WITHOUT ROWID;

-- Bundles that an order destroyed, whether or not they ever came.
CREATE TABLE destroyed (
    campaign BLOB NOT NULL REFERENCES campaigns (campaign),
    bundle   BLOB NOT NULL,
    PRIMARY KEY (campaign, bundle)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
    campaign   BLOB NOT NULL REFERENCES campaigns (campaign),
    invite     BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    network    BLOB,
    terms      BLOB NOT NULL,
    generation INTEGER NOT NULL,
    opened_at  INTEGER NOT NULL,
    used_by    BLOB,
    PRIMARY KEY (campaign, invite)
) STRICT, WITHOUT ROWID;

-- enrolment: a device's keys and proof, the invitation and its terms.
CREATE TABLE enrolments (
    campaign  BLOB NOT NULL REFERENCES campaigns (campaign),
    device    BLOB NOT NULL,
    enrolment BLOB NOT NULL,
    PRIMARY KEY (campaign, device)
) STRICT, WITHOUT ROWID;

-- Offered again by devices that a restore forgot: listed, and nothing else.
CREATE TABLE offered_enrolments (
    campaign  BLOB NOT NULL REFERENCES campaigns (campaign),
    device    BLOB NOT NULL,
    enrolment BLOB NOT NULL,
    PRIMARY KEY (campaign, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE challenges (
    campaign BLOB NOT NULL REFERENCES campaigns (campaign),
    device   BLOB NOT NULL,
    nonce    BLOB NOT NULL,
    made_at  INTEGER NOT NULL,
    PRIMARY KEY (campaign, device, nonce)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    campaign   BLOB NOT NULL REFERENCES campaigns (campaign),
    device     BLOB NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of ON sessions (campaign, device);
