-- Who has an account. What is personal is sealed under a data key of each customer's own; mails are looked up by blind index. Additive.
-- +goose Up
CREATE TABLE customer (
  id         TEXT PRIMARY KEY,
  mail_index TEXT NOT NULL UNIQUE, -- blind; of who has left: their id
  data_key   TEXT NOT NULL,        -- wrapped; empty of who has left: nothing sealed can be opened any more
  sealed     TEXT NOT NULL,        -- JSON of mail, name, phone
  lang       TEXT NOT NULL,
  password   TEXT NOT NULL,        -- argon2id, PHC string format; empty: signs in otherwise
  version    BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  left_at    BIGINT NOT NULL DEFAULT 0
);

-- Who wants an account, or a customer who wants another mail, and has not shown yet that the mail is theirs.
CREATE TABLE application (
  id         TEXT PRIMARY KEY,
  customer   TEXT NOT NULL, -- who wants another mail; empty: a new account
  mail_index TEXT NOT NULL,
  data_key   TEXT NOT NULL,
  sealed     TEXT NOT NULL, -- JSON of mail, name, phone
  lang       TEXT NOT NULL,
  password   TEXT NOT NULL,
  consents   TEXT NOT NULL, -- documents, separated by spaces
  created_at BIGINT NOT NULL
);
CREATE INDEX application_created ON application (created_at);

CREATE TABLE sign_in (
  id         TEXT PRIMARY KEY,
  customer   TEXT NOT NULL REFERENCES customer (id),
  device     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sign_in_customer ON sign_in (customer, ended_at);
CREATE INDEX sign_in_seen ON sign_in (seen_at);

-- The ledger of consents: rows are added, and closed once.
CREATE TABLE consent (
  id           TEXT PRIMARY KEY,
  customer     TEXT NOT NULL REFERENCES customer (id),
  document     TEXT NOT NULL,
  version      TEXT NOT NULL,
  given_at     BIGINT NOT NULL,
  withdrawn_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX consent_customer ON consent (customer, given_at);

CREATE TABLE address (
  id         TEXT PRIMARY KEY,
  customer   TEXT NOT NULL REFERENCES customer (id),
  sealed     TEXT NOT NULL, -- JSON
  is_default BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX address_customer ON address (customer);

-- How often something was tried, over all instances (GCRA): when the next try is on time.
CREATE TABLE rate (
  name   TEXT PRIMARY KEY,
  due_at BIGINT NOT NULL
);
CREATE INDEX rate_due ON rate (due_at);
