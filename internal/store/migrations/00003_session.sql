-- Who has signed in, where sessions live in the database. Additive.
-- +goose Up
CREATE TABLE session (
  key       TEXT PRIMARY KEY, -- hash of the token
  member    TEXT NOT NULL,
  sign_in   TEXT NOT NULL,
  at        BIGINT NOT NULL,  -- when they signed in
  proved_at BIGINT NOT NULL,  -- when they last proved who they are
  seen_at   BIGINT NOT NULL   -- to a day
);
CREATE INDEX session_seen ON session (seen_at);
