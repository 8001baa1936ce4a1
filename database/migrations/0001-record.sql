-- The trading record: append-only events, their dense commit-ordered positions, and what readers keep.
CREATE SCHEMA record;

CREATE TABLE record.event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream     text   NOT NULL,
  version    int    NOT NULL CHECK (version > 0),
  type       text   NOT NULL,
  event      text   NOT NULL,
  salt       bytea  NOT NULL CHECK (length(salt) = 32),
  commitment bytea  NOT NULL CHECK (length(commitment) = 32),
  previous   bytea  NOT NULL CHECK (length(previous) = 32),
  UNIQUE (stream, version)
);
COMMENT ON TABLE record.event IS 'Events as canonical JSON text, in order of insertion. Never updated, never deleted.';
COMMENT ON COLUMN record.event.commitment IS 'H(salt, JCS(event)): what the evidence log will hold (evidence-v1 section 2).';
COMMENT ON COLUMN record.event.previous IS 'H(JCS(previous event of the stream)); 32 zero bytes for the first.';

CREATE TABLE record.unnumbered (
  event_id bigint PRIMARY KEY
);
COMMENT ON TABLE record.unnumbered IS 'Committed events that the numberer has not yet given a position.';

CREATE TABLE record.position (
  position   bigint PRIMARY KEY CHECK (position >= 0),
  event_id   bigint NOT NULL UNIQUE,
  at_ms      bigint NOT NULL,
  prev_chain bytea  NOT NULL CHECK (length(prev_chain) = 32),
  chain      bytea  NOT NULL CHECK (length(chain) = 32)
);
COMMENT ON TABLE record.position IS 'Dense, commit-ordered: position = evidence leaf index. chain = H(prev_chain, commitment).';

CREATE TABLE record.reader (
  name     text   PRIMARY KEY,
  position bigint NOT NULL
);
COMMENT ON TABLE record.reader IS 'The last position that each durable subscriber has handled; -1 before the first.';

CREATE TABLE record.command (
  actor     text  NOT NULL,
  key       text  NOT NULL,
  body_hash bytea NOT NULL,
  status    int   NOT NULL,
  answer    text  NOT NULL,
  PRIMARY KEY (actor, key)
);
COMMENT ON TABLE record.command IS 'First answers, so that a repeated command gets the same bytes.';

CREATE FUNCTION record.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only';
END $$;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON record.event
  FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER position_is_append_only BEFORE UPDATE OR DELETE ON record.position
  FOR EACH ROW EXECUTE FUNCTION record.refuse_change();

CREATE TABLE record.sealed_act (
  id           text   PRIMARY KEY,
  tag          bytea  NOT NULL CHECK (length(tag) = 32),
  version      int    NOT NULL CHECK (version > 0),
  receipt_hash bytea,
  bid_digest   bytea,
  r_hash       bytea UNIQUE,
  arrived_ms   bigint NOT NULL,
  ciphertext   bytea  NOT NULL CHECK (length(ciphertext) BETWEEN 4096 AND 4352)
);
CREATE INDEX sealed_act_tag ON record.sealed_act (tag);
COMMENT ON TABLE record.sealed_act IS 'Sealed acts of all lots alike: random id, opaque tag, padded ciphertext. Nobody can tell lots apart here.';
