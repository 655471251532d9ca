-- Writes the disclosures into new files, without what was deleted. Vacuum is not enough: it frees the place
-- of a deleted row, but its bytes stay there until another row comes to lie on them.
-- ALTER TABLE copies what is visible now, whereas CLUSTER and VACUUM FULL also keep what an older snapshot
-- (a long transaction anywhere in the database) could still see. The concatenation is what makes it copy.
CREATE FUNCTION {schema}.stimmbuch_scrub(patience_ms integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp
AS $body$
BEGIN
    PERFORM set_config('lock_timeout', patience_ms::text, true);
    ALTER TABLE {schema}.ledger_disclosures ALTER COLUMN body TYPE bytea USING body || ''::bytea;
END
$body$;

REVOKE ALL ON FUNCTION {schema}.stimmbuch_scrub(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.stimmbuch_scrub(integer) TO {service};
