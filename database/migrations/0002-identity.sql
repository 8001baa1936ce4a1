-- Who is who: organisations, people, memberships, certificates; the vault of personal data; sessions.
CREATE SCHEMA identity;

CREATE TABLE identity.organisation (
  id          text PRIMARY KEY,
  credit_code text NOT NULL UNIQUE,
  name        text NOT NULL,
  roles       text[] NOT NULL,
  region_code text NOT NULL,
  sector      text,
  profile     jsonb NOT NULL
);

CREATE TABLE identity.person (
  id              text PRIMARY KEY,
  organisation_id text NOT NULL,
  details_sha256  text NOT NULL
);

CREATE TABLE identity.membership (
  id              text PRIMARY KEY,
  person_id       text NOT NULL,
  organisation_id text NOT NULL,
  role            text NOT NULL,
  valid_from      text NOT NULL,
  valid_to        text
);
CREATE INDEX membership_person ON identity.membership (person_id);
CREATE INDEX membership_role ON identity.membership (role);

CREATE TABLE identity.certificate (
  id           text PRIMARY KEY,
  person_id    text NOT NULL,
  usage        text NOT NULL,
  public_key   text NOT NULL,
  serial       text NOT NULL,
  certificate  text NOT NULL,
  not_before   text NOT NULL,
  not_after    text NOT NULL
);
CREATE INDEX certificate_person ON identity.certificate (person_id);

CREATE TABLE identity.vault (
  person_id text PRIMARY KEY,
  sealed    bytea NOT NULL
);
COMMENT ON TABLE identity.vault IS 'Personal data, encrypted under a key per person; never in events. Not a view: erasing a key erases the person.';

CREATE TABLE identity.vault_key (
  person_id text PRIMARY KEY,
  key       bytea NOT NULL CHECK (length(key) = 32)
);

CREATE TABLE identity.session (
  token_hash bytea PRIMARY KEY,
  person_id  text NOT NULL,
  opened_ms  bigint NOT NULL,
  ends_ms    bigint NOT NULL
);
COMMENT ON TABLE identity.session IS 'Sessions run on machine time (decisions section 1).';
