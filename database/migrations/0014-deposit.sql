-- Accounts and refunds as the cashier sees them: no column and no row may lead to a lot before its opening.
CREATE SCHEMA deposit;

CREATE TABLE deposit.account (
  account       text   PRIMARY KEY,
  received_fen  bigint NOT NULL,
  refunded_fen  bigint NOT NULL,
  last_value_at text   NOT NULL
);

CREATE TABLE deposit.refund (
  order_id      text   PRIMARY KEY,
  account       text   NOT NULL,
  principal_fen bigint NOT NULL,
  interest_fen  bigint,
  cause         text   NOT NULL,
  due_on        text   NOT NULL,
  state         text   NOT NULL
);
CREATE INDEX refund_account ON deposit.refund (account);

CREATE TABLE deposit.joined (
  account text PRIMARY KEY,
  lot_id  text NOT NULL
);
COMMENT ON TABLE deposit.joined IS 'Which account belongs to which lot; filled at the opening, never before.';
