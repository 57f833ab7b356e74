-- The number up to which a device holds what it gets: what it asked for in the present history says so.
-- Another history begins without any.
CREATE TABLE cursors (
    campaign BLOB NOT NULL REFERENCES campaigns (campaign),
    device   BLOB NOT NULL,
    number   INTEGER NOT NULL,
    PRIMARY KEY (campaign, device)
) STRICT, WITHOUT ROWID;
