-- Blinded events can be numbered at a pace of their own (ADR 0032): their place in the order must not tell when they came.
ALTER TABLE record.unnumbered ADD COLUMN is_blinded boolean NOT NULL DEFAULT false;
CREATE INDEX unnumbered_blinded ON record.unnumbered (first_id) WHERE is_blinded;

DROP FUNCTION record.number_waiting(bigint, int);
CREATE FUNCTION record.number_waiting(now_ms bigint, most int, blinded boolean, OUT head bigint, OUT numbered int) LANGUAGE plpgsql AS $$
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
      FROM (SELECT * FROM record.unnumbered WHERE blinded IS NULL OR is_blinded = blinded ORDER BY first_id LIMIT most) AS u),
    taken AS (
      DELETE FROM record.unnumbered u USING oldest o WHERE u.first_id = o.first_id AND o.events <= most RETURNING u.ids)
    SELECT e.id, e.commitment FROM taken CROSS JOIN unnest(taken.ids) AS x(id) JOIN record.event e ON e.id = x.id
    ORDER BY CASE WHEN blinded THEN e.commitment END, e.id
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
COMMENT ON FUNCTION record.number_waiting IS 'Gives committed, unnumbered events their positions: dense, in order of insertion, chained. log.at never falls. Blinded ones go with all others (NULL), are left out (false), or go alone in the order of their commitments, which is chance (true).';

CREATE TABLE evidence.filler_day (
  day          text   PRIMARY KEY,
  fillers      bigint NOT NULL CHECK (fillers >= 0),
  is_disclosed boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE evidence.filler_day IS 'How many fillers stand in the record for a day of trade time, and whether the day''s key was recorded.';
