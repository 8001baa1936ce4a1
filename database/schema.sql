-- Generated from database/migrations by `npm run check -- --fix`; compared by `npm run check`. Never edited, never run.

CREATE SCHEMA catalogue;

CREATE SCHEMA committee;

CREATE SCHEMA deposit;

CREATE SCHEMA draw;

CREATE SCHEMA evidence;

CREATE SCHEMA exchange;

CREATE SCHEMA identity;

CREATE SCHEMA live;

CREATE SCHEMA record;

CREATE SCHEMA runtime;

CREATE SCHEMA transaction;

CREATE TABLE catalogue.admission (
  admission_id text NOT NULL,
  project_id text NOT NULL,
  title text NOT NULL,
  buyer text NOT NULL,
  agent text,
  centre text NOT NULL,
  state text NOT NULL,
  submitted_at text NOT NULL,
  CONSTRAINT admission_pkey PRIMARY KEY (admission_id)
);

CREATE TABLE catalogue.admitted_lot (
  lot_id text NOT NULL,
  admission_id text NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT admitted_lot_pkey PRIMARY KEY (lot_id)
);

CREATE TABLE catalogue.project (
  project_id text NOT NULL,
  buyer text NOT NULL,
  name text NOT NULL,
  project_code text NOT NULL,
  registered_at text NOT NULL,
  CONSTRAINT project_pkey PRIMARY KEY (project_id),
  CONSTRAINT project_project_code_key UNIQUE (project_code)
);

CREATE TABLE committee.candidate (
  need_id text NOT NULL,
  pool_id text NOT NULL,
  "row" jsonb NOT NULL,
  CONSTRAINT candidate_pkey PRIMARY KEY (need_id, pool_id)
);

CREATE TABLE committee.need (
  need_id text NOT NULL,
  lot_id text NOT NULL,
  stream text NOT NULL,
  CONSTRAINT need_pkey PRIMARY KEY (need_id)
);

CREATE TABLE committee.salts (
  need_id text NOT NULL,
  sealed text NOT NULL,
  CONSTRAINT salts_pkey PRIMARY KEY (need_id)
);

CREATE TABLE committee.seat_person (
  stream text NOT NULL,
  seat integer NOT NULL,
  person_id text NOT NULL,
  organisation_id text NOT NULL,
  CONSTRAINT seat_person_pkey PRIMARY KEY (stream, seat)
);

CREATE TABLE committee.veiled (
  digest text NOT NULL,
  salt bytea NOT NULL,
  content jsonb NOT NULL,
  CONSTRAINT veiled_pkey PRIMARY KEY (digest)
);

CREATE TABLE deposit.account (
  account text NOT NULL,
  received_fen bigint NOT NULL,
  refunded_fen bigint NOT NULL,
  last_value_at text NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (account)
);

CREATE TABLE deposit.joined (
  account text NOT NULL,
  lot_id text NOT NULL,
  CONSTRAINT joined_pkey PRIMARY KEY (account)
);

CREATE TABLE deposit.refund (
  order_id text NOT NULL,
  account text NOT NULL,
  principal_fen bigint NOT NULL,
  interest_fen bigint,
  cause text NOT NULL,
  due_on text NOT NULL,
  state text NOT NULL,
  CONSTRAINT refund_pkey PRIMARY KEY (order_id)
);

CREATE TABLE draw.draw (
  draw_id text NOT NULL,
  lot_id text NOT NULL,
  purpose text NOT NULL,
  subject text NOT NULL,
  state text NOT NULL,
  plan_hash text,
  prepared_at text NOT NULL,
  CONSTRAINT draw_pkey PRIMARY KEY (draw_id),
  CONSTRAINT draw_plan_hash_key UNIQUE (plan_hash)
);

CREATE TABLE evidence.actor (
  stream text NOT NULL,
  actor text NOT NULL,
  salt bytea NOT NULL,
  CONSTRAINT actor_pkey PRIMARY KEY (stream, actor),
  CONSTRAINT actor_salt_check CHECK ((length(salt) = 32))
);

CREATE TABLE evidence.anchor (
  size bigint NOT NULL,
  tx_hash text NOT NULL,
  record text NOT NULL,
  is_lost boolean NOT NULL DEFAULT false,
  CONSTRAINT anchor_pkey PRIMARY KEY (size, tx_hash),
  CONSTRAINT anchor_size_fkey FOREIGN KEY (size) REFERENCES evidence.checkpoint(size)
);

CREATE TABLE evidence.checkpoint (
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL,
  signed_ms bigint NOT NULL,
  CONSTRAINT checkpoint_pkey PRIMARY KEY (size),
  CONSTRAINT checkpoint_root_check CHECK ((length(root) = 32)),
  CONSTRAINT checkpoint_size_check CHECK ((size >= 1))
);

CREATE TABLE evidence.cosignature (
  size bigint NOT NULL,
  witness text NOT NULL,
  signed_s bigint NOT NULL,
  line text NOT NULL,
  CONSTRAINT cosignature_pkey PRIMARY KEY (size, witness),
  CONSTRAINT cosignature_signed_s_check CHECK ((signed_s >= 1)),
  CONSTRAINT cosignature_size_fkey FOREIGN KEY (size) REFERENCES evidence.checkpoint(size)
);

CREATE TABLE evidence.filler_day (
  day text NOT NULL,
  fillers bigint NOT NULL,
  is_disclosed boolean NOT NULL DEFAULT false,
  CONSTRAINT filler_day_fillers_check CHECK ((fillers >= 0)),
  CONSTRAINT filler_day_pkey PRIMARY KEY (day)
);

CREATE TABLE evidence.leaf (
  seq bigint NOT NULL,
  entry text NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT leaf_hash_check CHECK ((length(hash) = 32)),
  CONSTRAINT leaf_pkey PRIMARY KEY (seq),
  CONSTRAINT leaf_seq_check CHECK ((seq >= 0))
);

CREATE TABLE evidence.tree (
  id integer NOT NULL,
  size bigint NOT NULL,
  peaks bytea NOT NULL,
  CONSTRAINT tree_id_check CHECK ((id = 1)),
  CONSTRAINT tree_pkey PRIMARY KEY (id),
  CONSTRAINT tree_size_check CHECK ((size >= 0))
);

CREATE TABLE exchange.bank_account (
  account text NOT NULL,
  main_account text NOT NULL,
  pool_id text NOT NULL,
  taken boolean NOT NULL DEFAULT false,
  CONSTRAINT bank_account_pkey PRIMARY KEY (account)
);

CREATE TABLE exchange.inbox (
  sender text NOT NULL,
  id text NOT NULL,
  object text NOT NULL,
  seq integer NOT NULL,
  message text NOT NULL,
  raw bytea NOT NULL,
  headers jsonb NOT NULL,
  body_sha256 text NOT NULL,
  received_at text NOT NULL,
  applied boolean NOT NULL DEFAULT false,
  CONSTRAINT inbox_pkey PRIMARY KEY (sender, id),
  CONSTRAINT inbox_sender_object_seq_key UNIQUE (sender, object, seq)
);

CREATE TABLE exchange.outbox (
  id text NOT NULL,
  peer text NOT NULL,
  object text NOT NULL,
  seq integer NOT NULL,
  message text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_try_ms bigint,
  last_reason text,
  written_order bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  CONSTRAINT outbox_peer_object_seq_key UNIQUE (peer, object, seq),
  CONSTRAINT outbox_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'parked'::text])))
);

CREATE TABLE identity.audit (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  machine_ms bigint NOT NULL,
  person_id text NOT NULL,
  what text NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.certificate (
  id text NOT NULL,
  person_id text NOT NULL,
  usage text NOT NULL,
  public_key text NOT NULL,
  serial text NOT NULL,
  certificate text NOT NULL,
  not_before text NOT NULL,
  not_after text NOT NULL,
  family text NOT NULL DEFAULT 'p256'::text,
  CONSTRAINT certificate_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.challenge (
  id text NOT NULL,
  purpose text NOT NULL,
  data jsonb NOT NULL,
  ends_ms bigint NOT NULL,
  CONSTRAINT challenge_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.connected_system (
  version integer NOT NULL,
  system_code text NOT NULL,
  system jsonb,
  proposed_by text NOT NULL,
  released_by text,
  CONSTRAINT connected_system_pkey PRIMARY KEY (version)
);

CREATE TABLE identity.failure (
  key text NOT NULL,
  machine_ms bigint NOT NULL
);

CREATE TABLE identity.issuer (
  model text NOT NULL,
  id text NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  account text,
  ends_ms bigint,
  CONSTRAINT issuer_pkey PRIMARY KEY (model, id)
);

CREATE TABLE identity.mandate (
  id text NOT NULL,
  buyer text NOT NULL,
  agent text NOT NULL,
  lot_id text,
  acts text[] NOT NULL,
  valid_from text NOT NULL,
  valid_to text NOT NULL,
  CONSTRAINT mandate_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.membership (
  id text NOT NULL,
  person_id text NOT NULL,
  organisation_id text NOT NULL,
  role text NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  delegated_from text,
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

CREATE TABLE identity.passkey (
  id text NOT NULL,
  person_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  label text NOT NULL,
  created_ms bigint NOT NULL,
  used_ms bigint,
  CONSTRAINT passkey_pkey PRIMARY KEY (id)
);

CREATE TABLE identity.password (
  person_id text NOT NULL,
  login text NOT NULL,
  salt bytea NOT NULL,
  hash bytea NOT NULL,
  second bytea NOT NULL,
  last_step bigint NOT NULL DEFAULT 0,
  CONSTRAINT password_login_key UNIQUE (login),
  CONSTRAINT password_pkey PRIMARY KEY (person_id)
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
  id text,
  means text NOT NULL DEFAULT 'sandbox'::text,
  seen_ms bigint,
  membership text,
  CONSTRAINT session_pkey PRIMARY KEY (token_hash)
);

CREATE TABLE identity.trust_list (
  version integer NOT NULL,
  rows jsonb NOT NULL,
  proposed_by text NOT NULL,
  released_by text,
  effective_from text NOT NULL,
  CONSTRAINT trust_list_pkey PRIMARY KEY (version)
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

CREATE TABLE live.line (
  lot_id text NOT NULL,
  number integer NOT NULL,
  at text NOT NULL,
  type text NOT NULL,
  zh text NOT NULL,
  en text NOT NULL,
  commitment bytea NOT NULL,
  CONSTRAINT line_commitment_check CHECK ((length(commitment) = 32)),
  CONSTRAINT line_number_check CHECK ((number > 0)),
  CONSTRAINT line_pkey PRIMARY KEY (lot_id, number)
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
  first_id bigint NOT NULL,
  ids bigint[] NOT NULL,
  is_blinded boolean NOT NULL DEFAULT false,
  CONSTRAINT unnumbered_pkey PRIMARY KEY (first_id)
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
  search text NOT NULL DEFAULT ''::text,
  grams text[] NOT NULL DEFAULT '{}'::text[],
  done_steps text[] NOT NULL DEFAULT '{}'::text[],
  bid_deadline_ms bigint,
  bid_deadline_reached boolean NOT NULL DEFAULT false,
  stage text GENERATED ALWAYS AS (
CASE
    WHEN (state = ANY (ARRAY['failed'::text, 'cancelled'::text, 'renewed'::text, 'completed'::text])) THEN state
    WHEN (NOT (done_steps @> '{tendering.publish}'::text[])) THEN 'draft'::text
    WHEN (done_steps @> '{award.publishResult}'::text[]) THEN 'result'::text
    WHEN (done_steps && '{award.candidates,evaluation.report}'::text[]) THEN 'publicity'::text
    WHEN (done_steps @> '{opening.open}'::text[]) THEN 'evaluation'::text
    WHEN bid_deadline_reached THEN 'opening'::text
    ELSE 'tendering'::text
END) STORED,
  CONSTRAINT lot_pkey PRIMARY KEY (lot_id)
);

CREATE INDEX admission_project ON catalogue.admission USING btree (project_id);

CREATE INDEX certificate_person ON identity.certificate USING btree (person_id);

CREATE INDEX connected_system_code ON identity.connected_system USING btree (system_code, version DESC);

CREATE INDEX deadline_due ON transaction.deadline USING btree (due_ms) WHERE ((NOT done) AND (frozen = 0));

CREATE INDEX draw_lot ON draw.draw USING btree (lot_id);

CREATE INDEX draw_subject ON draw.draw USING btree (subject);

CREATE INDEX failure_key ON identity.failure USING btree (key, machine_ms);

CREATE INDEX inbox_unapplied ON exchange.inbox USING btree (sender, object, seq) WHERE (NOT applied);

CREATE INDEX issuer_account ON identity.issuer USING btree (account) WHERE (account IS NOT NULL);

CREATE INDEX issuer_grant ON identity.issuer USING btree (grant_id) WHERE (grant_id IS NOT NULL);

CREATE INDEX issuer_uid ON identity.issuer USING btree (uid) WHERE (uid IS NOT NULL);

CREATE INDEX lot_agent ON transaction.lot USING btree (agent);

CREATE INDEX lot_buyer ON transaction.lot USING btree (buyer);

CREATE INDEX lot_grams ON transaction.lot USING gin (grams) WITH (fastupdate=off);

CREATE INDEX lot_newest ON transaction.lot USING btree (opened_at DESC, lot_id DESC);

CREATE INDEX mandate_pair ON identity.mandate USING btree (buyer, agent);

CREATE INDEX membership_person ON identity.membership USING btree (person_id);

CREATE INDEX membership_role ON identity.membership USING btree (role);

CREATE INDEX outbox_waiting ON exchange.outbox USING btree (peer, written_order) WHERE (state = 'waiting'::text);

CREATE INDEX passkey_person ON identity.passkey USING btree (person_id);

CREATE INDEX project_buyer ON catalogue.project USING btree (buyer);

CREATE INDEX refund_account ON deposit.refund USING btree (account);

CREATE INDEX sealed_act_tag ON record.sealed_act USING btree (tag);

CREATE INDEX session_person ON identity.session USING btree (person_id);

CREATE INDEX unnumbered_blinded ON record.unnumbered USING btree (first_id) WHERE is_blinded;

CREATE OR REPLACE FUNCTION evidence.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the evidence log is append-only';
END $function$;

CREATE OR REPLACE FUNCTION record.number_waiting(now_ms bigint, most integer, blinded boolean, OUT head bigint, OUT numbered integer)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
DECLARE
  last_at    bigint;
  last_chain bytea;
  one        record;
  ids        bigint[] := '{}';
  chains     bytea[];
BEGIN
  PERFORM pg_advisory_xact_lock(7271001);
  SELECT position, at_ms, chain INTO head, last_at, last_chain FROM record.position ORDER BY position DESC LIMIT 1;
  IF head IS NULL THEN head := -1; last_at := 0; last_chain := decode(repeat('00', 32), 'hex'); END IF;
  chains := ARRAY[last_chain];
  FOR one IN
    WITH oldest AS (
      SELECT first_id, sum(cardinality(u.ids)) OVER (ORDER BY first_id) AS events
      FROM (SELECT * FROM record.unnumbered WHERE blinded IS NULL OR is_blinded = blinded ORDER BY first_id LIMIT most) AS u),
    taken AS (
      DELETE FROM record.unnumbered u USING oldest o WHERE u.first_id = o.first_id AND o.events <= most RETURNING u.ids)
    SELECT e.id, e.commitment FROM taken CROSS JOIN unnest(taken.ids) AS x(id) JOIN record.event e ON e.id = x.id
    ORDER BY CASE WHEN blinded THEN e.commitment END, e.id
  LOOP
    last_chain := sha256(last_chain || one.commitment);
    chains := chains || last_chain;
    ids := ids || one.id;
  END LOOP;
  numbered := cardinality(ids);
  IF numbered = 0 THEN RETURN; END IF;
  INSERT INTO record.position (position, event_id, at_ms, prev_chain, chain)
    SELECT head + i, id, greatest(last_at, now_ms), chains[i], chains[i + 1] FROM unnest(ids) WITH ORDINALITY AS row(id, i);
  head := head + numbered;
  PERFORM pg_notify('record', head::text);
END $function$;

CREATE OR REPLACE FUNCTION record.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the record is append-only';
END $function$;

CREATE TRIGGER checkpoint_is_append_only BEFORE DELETE OR UPDATE ON evidence.checkpoint FOR EACH ROW EXECUTE FUNCTION evidence.refuse_change();

CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE ON record.event FOR EACH ROW EXECUTE FUNCTION record.refuse_change();

CREATE TRIGGER leaf_is_append_only BEFORE DELETE OR UPDATE ON evidence.leaf FOR EACH ROW EXECUTE FUNCTION evidence.refuse_change();

CREATE TRIGGER position_is_append_only BEFORE DELETE OR UPDATE ON record."position" FOR EACH ROW EXECUTE FUNCTION record.refuse_change();

COMMENT ON COLUMN identity.password.second IS 'Secret of the second factor (RFC 6238), encrypted under the vault key of the person.';

COMMENT ON COLUMN record.event.commitment IS 'H(salt, JCS(event)): what the evidence log will hold (evidence-v1 section 2).';

COMMENT ON COLUMN record.event.previous IS 'H(JCS(previous event of the stream)); 32 zero bytes for the first.';

COMMENT ON COLUMN transaction.lot.grams IS 'Each pair of neighbouring characters of search, once, in order; pairs with a space are left out.';

COMMENT ON COLUMN transaction.lot.search IS 'Title and deal code, NFKC and lower case: what a word is compared with.';

COMMENT ON TABLE catalogue.admitted_lot IS 'Which lot came from which place of which admission; its count gives the next serial of a deal code.';

COMMENT ON TABLE committee.candidate IS 'Rosters of the expert pool: names and join tags. Never in the record; destroyed 30 days after the archive.';

COMMENT ON TABLE committee.salts IS 'Salts of the pseudonyms, sealed to the supervisor: the platform cannot open them.';

COMMENT ON TABLE committee.veiled IS 'What opens the salted digests of seat events: who willed them, with the signature.';

COMMENT ON TABLE deposit.joined IS 'Which account belongs to which lot; filled at the opening, never before.';

COMMENT ON TABLE evidence.actor IS 'Salts of pseudonyms, per actor and stream. Deleting a row makes its pseudonym mean nothing.';

COMMENT ON TABLE evidence.anchor IS 'Anchored logs as bundles carry them; lost when the chain no longer has them (a reset of a test node).';

COMMENT ON TABLE evidence.checkpoint IS 'Every head that the log key signed; one root per size.';

COMMENT ON TABLE evidence.cosignature IS 'The lines of witnesses under each head, as they gave them.';

COMMENT ON TABLE evidence.filler_day IS 'How many fillers stand in the record for a day of trade time, and whether the day''s key was recorded.';

COMMENT ON TABLE evidence.leaf IS 'JCS(entry) as the log publishes it; seq = position in the record. Never updated, never deleted.';

COMMENT ON TABLE evidence.tree IS 'The right edge of the tree over all leaves: what an append needs, and nothing more.';

COMMENT ON TABLE exchange.bank_account IS 'Virtual accounts that the bank opened ahead of need; which lot one serves is never written here.';

COMMENT ON TABLE exchange.outbox IS 'Written in the transaction of the event that causes it; delivered at least once, or visibly parked.';

COMMENT ON TABLE identity.audit IS 'Who signed in, switched role or ended a session: never mixed with the trading record (security.md section 15).';

COMMENT ON TABLE identity.challenge IS 'Nonces of sign-in and of acts: taken once, dead after their time.';

COMMENT ON TABLE identity.session IS 'Sessions run on machine time (decisions section 1).';

COMMENT ON TABLE identity.vault IS 'Personal data, encrypted under a key per person; never in events. Not a view: erasing a key erases the person.';

COMMENT ON TABLE live.line IS 'Disclosed events of each lot in words, in order. May be made anew from the record.';

COMMENT ON TABLE record."position" IS 'Dense, commit-ordered: position = evidence leaf index. chain = H(prev_chain, commitment).';

COMMENT ON TABLE record.command IS 'First answers, so that a repeated command gets the same bytes.';

COMMENT ON TABLE record.event IS 'Events as canonical JSON text, in order of insertion. Never updated, never deleted.';

COMMENT ON TABLE record.reader IS 'The last position that each durable subscriber has handled; -1 before the first.';

COMMENT ON TABLE record.sealed_act IS 'Sealed acts of all lots alike: random id, opaque tag, padded ciphertext. Nobody can tell lots apart here.';

COMMENT ON TABLE record.unnumbered IS 'Committed events that the numberer has not yet given a position: a row for each statement that wrote some.';

COMMENT ON TABLE transaction.deadline IS 'One row a milestone: the version in force and whether it was reached. The timer only wakes; the predicate decides.';
