-- Where heads of the evidence log stand on a chain.
CREATE TABLE evidence.anchor (
  size     bigint  NOT NULL REFERENCES evidence.checkpoint,
  tx_hash  text    NOT NULL,
  record   text    NOT NULL,
  is_lost  boolean NOT NULL DEFAULT false,
  PRIMARY KEY (size, tx_hash)
);
COMMENT ON TABLE evidence.anchor IS 'Anchored logs as bundles carry them; lost when the chain no longer has them (a reset of a test node).';
