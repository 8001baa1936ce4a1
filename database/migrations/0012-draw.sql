-- Which draws a lot has, and of which subject. A plan hash stands once: a plan is never drawn twice.
CREATE SCHEMA draw;

CREATE TABLE draw.draw (
  draw_id     text PRIMARY KEY,
  lot_id      text NOT NULL,
  purpose     text NOT NULL,
  subject     text NOT NULL,
  state       text NOT NULL,
  plan_hash   text UNIQUE,
  prepared_at text NOT NULL
);
CREATE INDEX draw_lot ON draw.draw (lot_id);
CREATE INDEX draw_subject ON draw.draw (subject);
