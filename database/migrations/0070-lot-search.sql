-- Lots are found by words: pairs of neighbouring characters under a GIN index, so that a word of two characters and a
-- code are found exactly (data-layer.md section 7). A hit of the pairs is always checked against the text itself.
ALTER TABLE transaction.lot
  ADD COLUMN search text NOT NULL DEFAULT '',
  ADD COLUMN grams text[] NOT NULL DEFAULT '{}',
  ADD COLUMN done_steps text[] NOT NULL DEFAULT '{}',
  ADD COLUMN bid_deadline_ms bigint,
  ADD COLUMN bid_deadline_reached boolean NOT NULL DEFAULT false;

UPDATE transaction.lot SET search = lower(normalize(title || ' ' || deal_code, NFKC));
UPDATE transaction.lot SET
  grams = ARRAY(SELECT DISTINCT pair FROM (SELECT substr(search, place, 2) AS pair FROM generate_series(1, length(search) - 1) AS place) AS pairs
                WHERE pair !~ '\s' ORDER BY pair),
  done_steps = ARRAY(SELECT DISTINCT step FROM (SELECT event::jsonb #>> '{data,step}' AS step FROM record.event
                                                WHERE stream = lot_id AND type = 'lot.stepDone') AS steps ORDER BY step),
  bid_deadline_ms = (SELECT due_ms FROM transaction.deadline WHERE deadline.lot_id = lot.lot_id AND milestone = 'bidDeadline'),
  bid_deadline_reached = EXISTS (SELECT 1 FROM record.event WHERE stream = lot_id AND type = 'lot.milestoneReached'
                                                              AND event::jsonb #>> '{data,name}' = 'bidDeadline');

-- How far a lot is, as lists show it: the same order of tests as phaseOf of the thread.
ALTER TABLE transaction.lot ADD COLUMN stage text GENERATED ALWAYS AS (CASE
  WHEN state IN ('failed', 'cancelled', 'renewed', 'completed') THEN state
  WHEN NOT done_steps @> '{tendering.publish}' THEN 'draft'
  WHEN done_steps @> '{award.publishResult}' THEN 'result'
  WHEN done_steps && '{award.candidates,evaluation.report}' THEN 'publicity'
  WHEN done_steps @> '{opening.open}' THEN 'evaluation'
  WHEN bid_deadline_reached THEN 'opening'
  ELSE 'tendering' END) STORED;

CREATE INDEX lot_grams ON transaction.lot USING gin (grams) WITH (fastupdate = off);
CREATE INDEX lot_newest ON transaction.lot (opened_at DESC, lot_id DESC);
COMMENT ON COLUMN transaction.lot.search IS 'Title and deal code, NFKC and lower case: what a word is compared with.';
COMMENT ON COLUMN transaction.lot.grams IS 'Each pair of neighbouring characters of search, once, in order; pairs with a space are left out.';
