-- One row for all events of a statement: a row for each cost the hot door a third of its work, twice.
ALTER TABLE record.unnumbered RENAME COLUMN event_id TO first_id;
ALTER TABLE record.unnumbered ADD COLUMN ids bigint[];
UPDATE record.unnumbered SET ids = ARRAY[first_id];
ALTER TABLE record.unnumbered ALTER COLUMN ids SET NOT NULL;
COMMENT ON TABLE record.unnumbered IS 'Committed events that the numberer has not yet given a position: a row for each statement that wrote some.';
