-- Running count and XOR of ids, so that what a device was served is looked up and not summed up.
-- line: 0 every entry; 1 roster entries and orders; 2 network bundles; 3 what else a device gets, by device.
CREATE TABLE served (
    campaign BLOB NOT NULL REFERENCES campaigns (campaign),
    line     INTEGER NOT NULL CHECK (line BETWEEN 0 AND 3),
    device   BLOB NOT NULL,
    number   INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    xor      BLOB NOT NULL CHECK (length(xor) = 32),
    PRIMARY KEY (campaign, line, device, number)
) STRICT, WITHOUT ROWID;
