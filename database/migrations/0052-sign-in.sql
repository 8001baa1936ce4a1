-- Ways in: single-use challenges, passkeys, passwords with their second factor, failures. All of it runs on machine time.
CREATE TABLE identity.challenge (
  id      text   PRIMARY KEY,
  purpose text   NOT NULL,
  data    jsonb  NOT NULL,
  ends_ms bigint NOT NULL
);
COMMENT ON TABLE identity.challenge IS 'Nonces of sign-in and of acts: taken once, dead after their time.';

CREATE TABLE identity.passkey (
  id         text   PRIMARY KEY,
  person_id  text   NOT NULL,
  public_key bytea  NOT NULL,
  counter    bigint NOT NULL,
  label      text   NOT NULL,
  created_ms bigint NOT NULL,
  used_ms    bigint
);
CREATE INDEX passkey_person ON identity.passkey (person_id);

CREATE TABLE identity.password (
  person_id   text   PRIMARY KEY,
  login       text   NOT NULL UNIQUE,
  salt        bytea  NOT NULL,
  hash        bytea  NOT NULL,
  second      bytea  NOT NULL,
  last_step   bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN identity.password.second IS 'Secret of the second factor (RFC 6238), encrypted under the vault key of the person.';

CREATE TABLE identity.failure (
  key        text   NOT NULL,
  machine_ms bigint NOT NULL
);
CREATE INDEX failure_key ON identity.failure (key, machine_ms);
