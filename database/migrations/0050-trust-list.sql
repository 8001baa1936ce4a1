-- Recognised certificate authorities, by version: proposed by one person, released by another.
CREATE TABLE identity.trust_list (
  version        int  PRIMARY KEY,
  rows           jsonb NOT NULL,
  proposed_by    text NOT NULL,
  released_by    text,
  effective_from text NOT NULL
);
