-- What goes to and comes from outside systems: durable, numbered per peer and object, each inbound message once.
CREATE SCHEMA exchange;

CREATE TABLE exchange.outbox (
  id            text   PRIMARY KEY,
  peer          text   NOT NULL,
  object        text   NOT NULL,
  seq           int    NOT NULL,
  message       text   NOT NULL,
  state         text   NOT NULL CHECK (state IN ('waiting', 'delivered', 'parked')),
  attempts      int    NOT NULL DEFAULT 0,
  last_try_ms   bigint,
  last_reason   text,
  written_order bigint GENERATED ALWAYS AS IDENTITY,
  UNIQUE (peer, object, seq)
);
CREATE INDEX outbox_waiting ON exchange.outbox (peer, written_order) WHERE state = 'waiting';
COMMENT ON TABLE exchange.outbox IS 'Written in the transaction of the event that causes it; delivered at least once, or visibly parked.';

CREATE TABLE exchange.inbox (
  sender      text   NOT NULL,
  id          text   NOT NULL,
  object      text   NOT NULL,
  seq         int    NOT NULL,
  message     text   NOT NULL,
  raw         bytea  NOT NULL,
  headers     jsonb  NOT NULL,
  body_sha256 text   NOT NULL,
  received_at text   NOT NULL,
  applied     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (sender, id),
  UNIQUE (sender, object, seq)
);
CREATE INDEX inbox_unapplied ON exchange.inbox (sender, object, seq) WHERE NOT applied;

CREATE TABLE exchange.bank_account (
  account      text    PRIMARY KEY,
  main_account text    NOT NULL,
  pool_id      text    NOT NULL,
  taken        boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE exchange.bank_account IS 'Virtual accounts that the bank opened ahead of need; which lot one serves is never written here.';
