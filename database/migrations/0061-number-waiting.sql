-- Numbering in one call, beside the data: the hashes of thousands of events need not travel to be chained.
CREATE FUNCTION record.number_waiting(now_ms bigint, most int, OUT head bigint, OUT numbered int) LANGUAGE plpgsql AS $$
DECLARE
  last_at    bigint;
  last_chain bytea;
  one        record;
  ids        bigint[] := '{}';
  chains     bytea[];
BEGIN
  PERFORM pg_advisory_xact_lock(7271001);
  SELECT position, at_ms, chain INTO head, last_at, last_chain FROM record.position ORDER BY position DESC LIMIT 1;
  IF head IS NULL THEN head := -1; last_at := 0; last_chain := decode(repeat('00', 32), 'hex'); END IF;
  chains := ARRAY[last_chain];
  FOR one IN
    WITH oldest AS (
      SELECT first_id, sum(cardinality(u.ids)) OVER (ORDER BY first_id) AS events
      FROM (SELECT * FROM record.unnumbered ORDER BY first_id LIMIT most) AS u),
    taken AS (
      DELETE FROM record.unnumbered u USING oldest o WHERE u.first_id = o.first_id AND o.events <= most RETURNING u.ids)
    SELECT e.id, e.commitment FROM taken CROSS JOIN unnest(taken.ids) AS x(id) JOIN record.event e ON e.id = x.id ORDER BY e.id
  LOOP
    last_chain := sha256(last_chain || one.commitment);
    chains := chains || last_chain;
    ids := ids || one.id;
  END LOOP;
  numbered := cardinality(ids);
  IF numbered = 0 THEN RETURN; END IF;
  INSERT INTO record.position (position, event_id, at_ms, prev_chain, chain)
    SELECT head + i, id, greatest(last_at, now_ms), chains[i], chains[i + 1] FROM unnest(ids) WITH ORDINALITY AS row(id, i);
  head := head + numbered;
  PERFORM pg_notify('record', head::text);
END $$;
COMMENT ON FUNCTION record.number_waiting IS 'Gives committed, unnumbered events their positions: dense, in order of insertion, chained. log.at never falls.';
