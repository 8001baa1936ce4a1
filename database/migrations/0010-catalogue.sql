-- Projects and admissions as lists and official numbering need them.
CREATE SCHEMA catalogue;

CREATE TABLE catalogue.project (
  project_id    text PRIMARY KEY,
  buyer         text NOT NULL,
  name          text NOT NULL,
  project_code  text NOT NULL UNIQUE,
  registered_at text NOT NULL
);
CREATE INDEX project_buyer ON catalogue.project (buyer);

CREATE TABLE catalogue.admission (
  admission_id text PRIMARY KEY,
  project_id   text NOT NULL,
  title        text NOT NULL,
  buyer        text NOT NULL,
  agent        text,
  centre       text NOT NULL,
  state        text NOT NULL,
  submitted_at text NOT NULL
);
CREATE INDEX admission_project ON catalogue.admission (project_id);

CREATE TABLE catalogue.admitted_lot (
  lot_id       text PRIMARY KEY,
  admission_id text NOT NULL,
  position     int  NOT NULL
);
COMMENT ON TABLE catalogue.admitted_lot IS 'Which lot came from which place of which admission; its count gives the next serial of a deal code.';
