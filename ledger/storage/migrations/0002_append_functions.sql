-- The only way in. Both run with the owner's rights, so that the service needs no right to write.
-- Their names are ours: eventsourcing replaces functions of its own name whenever an owner starts it.

-- Takes the ledger's lock until the transaction ends; returns the last notification id, or 0.
CREATE FUNCTION {schema}.stimmbuch_lock(patience_ms integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp
AS $body$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A snapshot from before the lock would show an old head.
        RAISE EXCEPTION 'the ledger''s lock needs READ COMMITTED' USING ERRCODE = 'STB02';
    END IF;
    PERFORM set_config('lock_timeout', patience_ms::text, true);
    -- A client that stops in the middle of a batch must not keep the lock.
    PERFORM set_config('idle_in_transaction_session_timeout', '30000', true);
    IF current_setting('synchronous_commit') = 'off' THEN
        -- An acknowledged entry is on the disk, whatever the role's or the database's setting.
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    LOCK TABLE {schema}.ledger_lock IN EXCLUSIVE MODE;
    RETURN coalesce((SELECT max(notification_id) FROM {schema}.ledger_events), 0);
END
$body$;

-- Inserts one row per array element, from the given notification id on; returns the last id.
CREATE FUNCTION {schema}.stimmbuch_append(
    first_id bigint, streams uuid[], positions bigint[], topics text[], states bytea[], statements bytea[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp
AS $body$
DECLARE
    last_id bigint;
BEGIN
    LOCK TABLE {schema}.ledger_lock IN EXCLUSIVE MODE;
    SELECT coalesce(max(notification_id), 0) INTO last_id FROM {schema}.ledger_events;
    IF first_id IS DISTINCT FROM last_id + 1 THEN
        RAISE EXCEPTION 'the next notification id is %, not %', last_id + 1, first_id USING ERRCODE = 'STB01';
    END IF;
    INSERT INTO {schema}.ledger_events
        (notification_id, originator_id, originator_version, topic, state, statement)
    SELECT first_id + e.n - 1, e.stream, e.pos, e.topic, e.state, e.statement
    FROM unnest(streams, positions, topics, states, statements)
        WITH ORDINALITY AS e(stream, pos, topic, state, statement, n);
    RETURN first_id + cardinality(streams) - 1;
END
$body$;

REVOKE ALL ON FUNCTION {schema}.stimmbuch_lock(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION {schema}.stimmbuch_append(bigint, uuid[], bigint[], text[], bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.stimmbuch_lock(integer) TO {service};
GRANT EXECUTE ON FUNCTION {schema}.stimmbuch_append(bigint, uuid[], bigint[], text[], bytea[], bytea[])
    TO {service};
