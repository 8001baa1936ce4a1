-- The thread of a lot as lists and timers need it.
CREATE SCHEMA transaction;

CREATE TABLE transaction.lot (
  lot_id         text PRIMARY KEY,
  transaction_id text NOT NULL,
  project_id     text NOT NULL,
  title          text NOT NULL,
  state          text NOT NULL,
  procedure_id   text NOT NULL,
  buyer          text NOT NULL,
  agent          text,
  centre         text NOT NULL,
  supervisor     text NOT NULL,
  sector         text NOT NULL,
  region_code    text NOT NULL,
  estimate_fen   text NOT NULL,
  deal_code      text NOT NULL,
  round          int  NOT NULL,
  run            int  NOT NULL,
  pass           int  NOT NULL,
  last_step      text,
  is_public      boolean NOT NULL,
  opened_at      text NOT NULL
);
CREATE INDEX lot_buyer ON transaction.lot (buyer);
CREATE INDEX lot_agent ON transaction.lot (agent);

CREATE TABLE transaction.deadline (
  lot_id    text   NOT NULL,
  milestone text   NOT NULL,
  version   int    NOT NULL,
  run       int    NOT NULL,
  due_ms    bigint NOT NULL,
  frozen    int    NOT NULL DEFAULT 0,
  done      boolean NOT NULL,
  PRIMARY KEY (lot_id, milestone)
);
CREATE INDEX deadline_due ON transaction.deadline (due_ms) WHERE NOT done AND frozen = 0;
COMMENT ON TABLE transaction.deadline IS 'One row a milestone: the version in force and whether it was reached. The timer only wakes; the predicate decides.';
