-- Generated from database/migrations by `npm run check -- --fix`; compared by `npm run check`. Never edited, never run.

CREATE SCHEMA identity;

CREATE SCHEMA record;

CREATE SCHEMA runtime;

CREATE SCHEMA transaction;

CREATE TABLE identity.certificate (
  id text NOT NULL,
  person_id text NOT NULL,
  usage text NOT NULL,
  public_key text NOT NULL,
  serial text NOT NULL,
  certificate text NOT NULL,
  not_before text NOT NULL,
  not_after text NOT NULL,
  CONSTRAINT certificate_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.membership (
  id text NOT NULL,
  person_id text NOT NULL,
  organisation_id text NOT NULL,
  role text NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  CONSTRAINT membership_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.organisation (
  id text NOT NULL,
  credit_code text NOT NULL,
  name text NOT NULL,
  roles text[] NOT NULL,
  region_code text NOT NULL,
  sector text,
  profile jsonb NOT NULL,
  CONSTRAINT organisation_credit_code_key UNIQUE (credit_code),
  CONSTRAINT organisation_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.person (
  id text NOT NULL,
  organisation_id text NOT NULL,
  details_sha256 text NOT NULL,
  CONSTRAINT person_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.session (
  token_hash bytea NOT NULL,
  person_id text NOT NULL,
  opened_ms bigint NOT NULL,
  ends_ms bigint NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (token_hash)
);

CREATE TABLE identity.vault (
  person_id text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT vault_pkey PRIMARY KEY (person_id)
);

CREATE TABLE identity.vault_key (
  person_id text NOT NULL,
  key bytea NOT NULL,
  CONSTRAINT vault_key_key_check CHECK ((length(key) = 32)),
  CONSTRAINT vault_key_pkey PRIMARY KEY (person_id)
);

CREATE TABLE record.command (
  actor text NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status integer NOT NULL,
  answer text NOT NULL,
  CONSTRAINT command_pkey PRIMARY KEY (actor, key)
);

CREATE TABLE record.event (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  event text NOT NULL,
  salt bytea NOT NULL,
  commitment bytea NOT NULL,
  previous bytea NOT NULL,
  CONSTRAINT event_commitment_check CHECK ((length(commitment) = 32)),
  CONSTRAINT event_pkey PRIMARY KEY (id),
  CONSTRAINT event_previous_check CHECK ((length(previous) = 32)),
  CONSTRAINT event_salt_check CHECK ((length(salt) = 32)),
  CONSTRAINT event_stream_version_key UNIQUE (stream, version),
  CONSTRAINT event_version_check CHECK ((version > 0))
);

CREATE TABLE record."position" (
  "position" bigint NOT NULL,
  event_id bigint NOT NULL,
  at_ms bigint NOT NULL,
  prev_chain bytea NOT NULL,
  chain bytea NOT NULL,
  CONSTRAINT position_chain_check CHECK ((length(chain) = 32)),
  CONSTRAINT position_event_id_key UNIQUE (event_id),
  CONSTRAINT position_pkey PRIMARY KEY ("position"),
  CONSTRAINT position_position_check CHECK (("position" >= 0)),
  CONSTRAINT position_prev_chain_check CHECK ((length(prev_chain) = 32))
);

CREATE TABLE record.reader (
  name text NOT NULL,
  "position" bigint NOT NULL,
  CONSTRAINT reader_pkey PRIMARY KEY (name)
);

CREATE TABLE record.sealed_act (
  id text NOT NULL,
  tag bytea NOT NULL,
  version integer NOT NULL,
  receipt_hash bytea,
  bid_digest bytea,
  r_hash bytea,
  arrived_ms bigint NOT NULL,
  ciphertext bytea NOT NULL,
  CONSTRAINT sealed_act_ciphertext_check CHECK (((length(ciphertext) >= 4096) AND (length(ciphertext) <= 4352))),
  CONSTRAINT sealed_act_pkey PRIMARY KEY (id),
  CONSTRAINT sealed_act_r_hash_key UNIQUE (r_hash),
  CONSTRAINT sealed_act_tag_check CHECK ((length(tag) = 32)),
  CONSTRAINT sealed_act_version_check CHECK ((version > 0))
);

CREATE TABLE record.unnumbered (
  event_id bigint NOT NULL,
  CONSTRAINT unnumbered_pkey PRIMARY KEY (event_id)
);

CREATE TABLE runtime.migration (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE transaction.deadline (
  lot_id text NOT NULL,
  milestone text NOT NULL,
  version integer NOT NULL,
  run integer NOT NULL,
  due_ms bigint NOT NULL,
  frozen integer NOT NULL DEFAULT 0,
  done boolean NOT NULL,
  CONSTRAINT deadline_pkey PRIMARY KEY (lot_id, milestone)
);

CREATE TABLE transaction.lot (
  lot_id text NOT NULL,
  transaction_id text NOT NULL,
  project_id text NOT NULL,
  title text NOT NULL,
  state text NOT NULL,
  procedure_id text NOT NULL,
  buyer text NOT NULL,
  agent text,
  centre text NOT NULL,
  supervisor text NOT NULL,
  sector text NOT NULL,
  region_code text NOT NULL,
  estimate_fen text NOT NULL,
  deal_code text NOT NULL,
  round integer NOT NULL,
  run integer NOT NULL,
  pass integer NOT NULL,
  last_step text,
  is_public boolean NOT NULL,
  opened_at text NOT NULL,
  CONSTRAINT lot_pkey PRIMARY KEY (lot_id)
);

CREATE INDEX certificate_person ON identity.certificate USING btree (person_id);

CREATE INDEX deadline_due ON transaction.deadline USING btree (due_ms) WHERE ((NOT done) AND (frozen = 0));

CREATE INDEX lot_agent ON transaction.lot USING btree (agent);

CREATE INDEX lot_buyer ON transaction.lot USING btree (buyer);

CREATE INDEX membership_person ON identity.membership USING btree (person_id);

CREATE INDEX membership_role ON identity.membership USING btree (role);

CREATE INDEX sealed_act_tag ON record.sealed_act USING btree (tag);

CREATE OR REPLACE FUNCTION record.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the record is append-only';
END $function$;

CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE ON record.event FOR EACH ROW EXECUTE FUNCTION record.refuse_change();

CREATE TRIGGER position_is_append_only BEFORE DELETE OR UPDATE ON record."position" FOR EACH ROW EXECUTE FUNCTION record.refuse_change();

COMMENT ON COLUMN record.event.commitment IS 'H(salt, JCS(event)): what the evidence log will hold (evidence-v1 section 2).';

COMMENT ON COLUMN record.event.previous IS 'H(JCS(previous event of the stream)); 32 zero bytes for the first.';

COMMENT ON TABLE identity.session IS 'Sessions run on machine time (decisions section 1).';

COMMENT ON TABLE identity.vault IS 'Personal data, encrypted under a key per person; never in events. Not a view: erasing a key erases the person.';

COMMENT ON TABLE record."position" IS 'Dense, commit-ordered: position = evidence leaf index. chain = H(prev_chain, commitment).';

COMMENT ON TABLE record.command IS 'First answers, so that a repeated command gets the same bytes.';

COMMENT ON TABLE record.event IS 'Events as canonical JSON text, in order of insertion. Never updated, never deleted.';

COMMENT ON TABLE record.reader IS 'The last position that each durable subscriber has handled; -1 before the first.';

COMMENT ON TABLE record.sealed_act IS 'Sealed acts of all lots alike: random id, opaque tag, padded ciphertext. Nobody can tell lots apart here.';

COMMENT ON TABLE record.unnumbered IS 'Committed events that the numberer has not yet given a position.';

COMMENT ON TABLE transaction.deadline IS 'One row a milestone: the version in force and whether it was reached. The timer only wakes; the predicate decides.';
