-- Names and texts beside the log, erasable by design: here the service may delete, but not change.
-- The vacuum settings make an erased body leave the table soon after, not when a fifth of it is dead.
CREATE TABLE {schema}.ledger_disclosures (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    body bytea NOT NULL
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

REVOKE ALL ON {schema}.ledger_disclosures FROM PUBLIC, {service};
GRANT SELECT, INSERT, DELETE ON {schema}.ledger_disclosures TO {service};
