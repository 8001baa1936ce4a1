-- Systems that use our sign-in, as two persons admitted, changed or removed them; the newest released version of a code counts.
CREATE TABLE identity.connected_system (
  version     integer PRIMARY KEY,
  system_code text    NOT NULL,
  system      jsonb,
  proposed_by text    NOT NULL,
  released_by text
);
CREATE INDEX connected_system_code ON identity.connected_system (system_code, version DESC);
