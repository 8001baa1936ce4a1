-- What anybody may read of a lot's record, one line an event: the words that the halls showed live, and the commitment.
-- Written by the reader of the record that feeds the halls, so that a restart loses no line. No position: the public
-- sequence is dense for each lot and says nothing of what else was recorded (decisions section 2).
CREATE SCHEMA live;

CREATE TABLE live.line (
  lot_id     text  NOT NULL,
  number     int   NOT NULL CHECK (number > 0),
  at         text  NOT NULL,
  type       text  NOT NULL,
  zh         text  NOT NULL,
  en         text  NOT NULL,
  commitment bytea NOT NULL CHECK (length(commitment) = 32),
  PRIMARY KEY (lot_id, number)
);
COMMENT ON TABLE live.line IS 'Disclosed events of each lot in words, in order. May be made anew from the record.';

-- The reader begins anew and fills the lines.
DELETE FROM record.reader WHERE name = 'live';
