-- What else belongs to a customer: wishes, passkeys, accounts elsewhere by which they sign in. What staff looked at, and what was erased when its time was over. Additive.
-- +goose Up
CREATE TABLE wish (
  customer   TEXT NOT NULL REFERENCES customer (id),
  product_id BIGINT NOT NULL, -- may outlive its product
  created_at BIGINT NOT NULL,
  PRIMARY KEY (customer, product_id)
);

CREATE TABLE passkey (
  id         TEXT PRIMARY KEY, -- the authenticator's name for it, base64url
  customer   TEXT NOT NULL REFERENCES customer (id),
  public_key TEXT NOT NULL,    -- COSE, base64url
  uses       BIGINT NOT NULL,  -- as the authenticator counts; 0 where it does not
  transports TEXT NOT NULL,    -- separated by spaces
  synced     BIGINT NOT NULL,  -- 0: of one device; 1: may be copied to others; 2: is
  sealed     TEXT NOT NULL,    -- JSON of its name
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL
);
CREATE INDEX passkey_customer ON passkey (customer);

-- Accounts elsewhere. A provider's name for somebody is looked up by blind index.
CREATE TABLE identity (
  subject_index TEXT PRIMARY KEY,
  customer      TEXT NOT NULL REFERENCES customer (id),
  provider      TEXT NOT NULL,
  sealed        TEXT NOT NULL, -- JSON of the provider's name for them
  created_at    BIGINT NOT NULL,
  UNIQUE (customer, provider)
);

-- What a browser was asked and has not answered yet. Each is answered once.
CREATE TABLE challenge (
  id      TEXT PRIMARY KEY,
  visitor TEXT NOT NULL,   -- session.Key of who was asked
  purpose TEXT NOT NULL,
  state   TEXT NOT NULL,
  until   BIGINT NOT NULL
);
CREATE INDEX challenge_until ON challenge (until);

-- Who of the staff saw whose data, and why. Rows are only ever added, each bound to the one before by its hash.
CREATE TABLE access_log (
  number   BIGINT PRIMARY KEY,
  at       BIGINT NOT NULL,
  staff    TEXT NOT NULL,
  act      TEXT NOT NULL,
  subject  TEXT NOT NULL, -- of a customer: their ID
  reason   TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
);
CREATE INDEX access_log_subject ON access_log (subject, number);

-- The end of that chain: rows that are taken off it are missed, and whoever adds one waits for the one before.
CREATE TABLE access_head (
  one    BIGINT PRIMARY KEY CHECK (one = 1),
  number BIGINT NOT NULL,
  hash   TEXT NOT NULL
);
INSERT INTO access_head (one, number, hash) VALUES (1, 0, '');

-- +engine

-- session.MemberKey of the customer, under which their orders are filed; empty: not filled in yet.
ALTER TABLE customer ADD COLUMN member_key TEXT NOT NULL DEFAULT '';
CREATE INDEX customer_member ON customer (member_key);
CREATE INDEX customer_left ON customer (left_at) WHERE left_at > 0;

-- When what is personal of an order was erased; 0: it was not.
ALTER TABLE orders ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX orders_kept ON orders (placed_at) WHERE erased_at = 0;
CREATE INDEX consent_withdrawn ON consent (withdrawn_at) WHERE withdrawn_at > 0;

-- +goose Down
DROP INDEX consent_withdrawn;
DROP INDEX orders_kept;
ALTER TABLE orders DROP COLUMN erased_at;
DROP INDEX customer_left;
DROP INDEX customer_member;
ALTER TABLE customer DROP COLUMN member_key;
DROP TABLE access_head;
DROP TABLE access_log;
DROP TABLE challenge;
DROP TABLE identity;
DROP TABLE passkey;
DROP TABLE wish;
