-- Delegated memberships, mandates of agents, sessions that a person can see and end, and the audit of who looked or switched.
ALTER TABLE identity.membership ADD COLUMN delegated_from text;

CREATE TABLE identity.mandate (
  id           text PRIMARY KEY,
  buyer        text NOT NULL,
  agent        text NOT NULL,
  lot_id       text,
  acts         text[] NOT NULL,
  valid_from   text NOT NULL,
  valid_to     text NOT NULL
);
CREATE INDEX mandate_pair ON identity.mandate (buyer, agent);

ALTER TABLE identity.session ADD COLUMN id text;
ALTER TABLE identity.session ADD COLUMN means text NOT NULL DEFAULT 'sandbox';
ALTER TABLE identity.session ADD COLUMN seen_ms bigint;
ALTER TABLE identity.session ADD COLUMN membership text;
CREATE INDEX session_person ON identity.session (person_id);

CREATE TABLE identity.audit (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  machine_ms bigint NOT NULL,
  person_id  text NOT NULL,
  what       text NOT NULL,
  data       jsonb NOT NULL
);
COMMENT ON TABLE identity.audit IS 'Who signed in, switched role or ended a session: never mixed with the trading record (security.md section 15).';
