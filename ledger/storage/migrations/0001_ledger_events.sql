-- The log: one row per entry. {schema} and {service} are filled in by ledger/storage/migrate.py.
-- The ids come from the append function: a sequence would leave gaps after a crash.
CREATE TABLE {schema}.ledger_events (
    notification_id bigint PRIMARY KEY CHECK (notification_id > 0),
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    statement bytea NOT NULL UNIQUE CHECK (octet_length(statement) = 32),
    UNIQUE (originator_id, originator_version)
);

-- The lock: a table without rows, whose only use is to be locked. Locking the log itself would make
-- every writer wait for VACUUM and ANALYZE, which lock the log against EXCLUSIVE while they run.
CREATE TABLE {schema}.ledger_lock ();

REVOKE ALL ON {schema}.ledger_events, {schema}.ledger_lock FROM PUBLIC, {service};
GRANT USAGE ON SCHEMA {schema} TO {service};
GRANT SELECT ON {schema}.ledger_events, {schema}.ledger_migrations TO {service};
