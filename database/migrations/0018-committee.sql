-- Committees: which need belongs to which lot, and, beside the record, who sits where.
CREATE SCHEMA committee;

CREATE TABLE committee.need (
  need_id text PRIMARY KEY,
  lot_id  text NOT NULL,
  stream  text NOT NULL
);

CREATE TABLE committee.candidate (
  need_id text NOT NULL,
  pool_id text NOT NULL,
  row     jsonb NOT NULL,
  PRIMARY KEY (need_id, pool_id)
);
COMMENT ON TABLE committee.candidate IS 'Rosters of the expert pool: names and join tags. Never in the record; destroyed 30 days after the archive.';

CREATE TABLE committee.salts (
  need_id text PRIMARY KEY,
  sealed  text NOT NULL
);
COMMENT ON TABLE committee.salts IS 'Salts of the pseudonyms, sealed to the supervisor: the platform cannot open them.';

CREATE TABLE committee.seat_person (
  stream          text NOT NULL,
  seat            int  NOT NULL,
  person_id       text NOT NULL,
  organisation_id text NOT NULL,
  PRIMARY KEY (stream, seat)
);

CREATE TABLE committee.veiled (
  digest  text PRIMARY KEY,
  salt    bytea NOT NULL,
  content jsonb NOT NULL
);
COMMENT ON TABLE committee.veiled IS 'What opens the salted digests of seat events: who willed them, with the signature.';
