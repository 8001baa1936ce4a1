-- What our OpenID Connect issuer keeps between requests: codes, grants, sessions. All of it runs on machine time.
CREATE TABLE identity.issuer (
  model    text   NOT NULL,
  id       text   NOT NULL,
  payload  jsonb  NOT NULL,
  grant_id text,
  uid      text,
  account  text,
  ends_ms  bigint,
  PRIMARY KEY (model, id)
);
CREATE INDEX issuer_grant ON identity.issuer (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX issuer_uid ON identity.issuer (uid) WHERE uid IS NOT NULL;
CREATE INDEX issuer_account ON identity.issuer (account) WHERE account IS NOT NULL;
