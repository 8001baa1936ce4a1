-- The evidence log (evidence-v1): one leaf per position of the record, its tree, signed heads, cosignatures.
CREATE SCHEMA evidence;

CREATE TABLE evidence.leaf (
  seq   bigint PRIMARY KEY CHECK (seq >= 0),
  entry text   NOT NULL,
  hash  bytea  NOT NULL CHECK (length(hash) = 32)
);
COMMENT ON TABLE evidence.leaf IS 'JCS(entry) as the log publishes it; seq = position in the record. Never updated, never deleted.';

CREATE TABLE evidence.tree (
  id    int    PRIMARY KEY CHECK (id = 1),
  size  bigint NOT NULL CHECK (size >= 0),
  peaks bytea  NOT NULL
);
COMMENT ON TABLE evidence.tree IS 'The right edge of the tree over all leaves: what an append needs, and nothing more.';
INSERT INTO evidence.tree VALUES (1, 0, '');

CREATE TABLE evidence.actor (
  stream text  NOT NULL,
  actor  text  NOT NULL,
  salt   bytea NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (stream, actor)
);
COMMENT ON TABLE evidence.actor IS 'Salts of pseudonyms, per actor and stream. Deleting a row makes its pseudonym mean nothing.';

CREATE TABLE evidence.checkpoint (
  size      bigint PRIMARY KEY CHECK (size >= 1),
  root      bytea  NOT NULL CHECK (length(root) = 32),
  note      text   NOT NULL,
  signed_ms bigint NOT NULL
);
COMMENT ON TABLE evidence.checkpoint IS 'Every head that the log key signed; one root per size.';

CREATE TABLE evidence.cosignature (
  size      bigint NOT NULL REFERENCES evidence.checkpoint,
  witness   text   NOT NULL,
  signed_s  bigint NOT NULL CHECK (signed_s >= 1),
  line      text   NOT NULL,
  PRIMARY KEY (size, witness)
);
COMMENT ON TABLE evidence.cosignature IS 'The lines of witnesses under each head, as they gave them.';

CREATE FUNCTION evidence.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the evidence log is append-only';
END $$;
CREATE TRIGGER leaf_is_append_only BEFORE UPDATE OR DELETE ON evidence.leaf
  FOR EACH ROW EXECUTE FUNCTION evidence.refuse_change();
CREATE TRIGGER checkpoint_is_append_only BEFORE UPDATE OR DELETE ON evidence.checkpoint
  FOR EACH ROW EXECUTE FUNCTION evidence.refuse_change();
