-- A fifth kind of entry: a branch of the roster that a restore lost. Its author is in the column of that name.
-- Only the check changes: SQLite's way for that is to edit the schema in place, which copies no entry.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
    SET sql = replace(sql, 'CHECK (kind BETWEEN 1 AND 4)', 'CHECK (kind BETWEEN 1 AND 5)')
    WHERE type = 'table' AND name = 'entries';
PRAGMA writable_schema = RESET;

-- Offered again by devices that a restore forgot: listed, and nothing else.
CREATE TABLE offered_enrolments (
    campaign  BLOB NOT NULL REFERENCES campaigns (campaign),
    device    BLOB NOT NULL,
    enrolment BLOB NOT NULL,
    PRIMARY KEY (campaign, device)
) STRICT, WITHOUT ROWID;
