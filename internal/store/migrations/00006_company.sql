-- Businesses as customers. What is personal (representative, mails, addresses of requests) is sealed under a data key of each row's own. Additive.
-- +goose Up
CREATE TABLE price_list (
  name       TEXT PRIMARY KEY,
  percent    BIGINT NOT NULL CHECK (percent BETWEEN 0 AND 90), -- off today's price, for SKUs without entries
  changed_at BIGINT NOT NULL
);

CREATE TABLE price_entry (
  list          TEXT NOT NULL REFERENCES price_list (name),
  sku           TEXT NOT NULL, -- may outlive its variant
  from_quantity BIGINT NOT NULL CHECK (from_quantity > 0),
  price         BIGINT NOT NULL CHECK (price > 0), -- each, VAT included
  PRIMARY KEY (list, sku, from_quantity)
);

CREATE TABLE price_least (
  list  TEXT NOT NULL REFERENCES price_list (name),
  sku   TEXT NOT NULL,
  least BIGINT NOT NULL CHECK (least > 0), -- fewest units of a line
  PRIMARY KEY (list, sku)
);

CREATE TABLE company (
  id           TEXT PRIMARY KEY,
  registration TEXT NOT NULL, -- 사업자등록번호, ten digits
  name         TEXT NOT NULL, -- 상호
  trade        TEXT NOT NULL, -- 업태; may be empty
  item         TEXT NOT NULL, -- 종목; may be empty
  data_key     TEXT NOT NULL, -- wrapped
  wrapped_by   TEXT NOT NULL, -- which of the vault's keys
  sealed       TEXT NOT NULL, -- JSON of representative and mail
  status       TEXT NOT NULL CHECK (status IN ('applied', 'approved', 'refused', 'suspended')),
  reason       TEXT NOT NULL, -- what staff said
  standing     TEXT NOT NULL, -- with the tax office; empty: not asked
  asked_at     BIGINT NOT NULL,
  price_list   TEXT NOT NULL DEFAULT '', -- '' for everybody's prices
  credit_limit BIGINT NOT NULL DEFAULT 0 CHECK (credit_limit >= 0),
  days_to_pay  BIGINT NOT NULL DEFAULT 30 CHECK (days_to_pay BETWEEN 0 AND 180),
  applied_at   BIGINT NOT NULL,
  decided_at   BIGINT NOT NULL -- 0 while it waits
);
-- Anybody may apply with any number; one company has it.
CREATE UNIQUE INDEX company_registration ON company (registration) WHERE status IN ('approved', 'suspended');
CREATE INDEX company_status ON company (status, applied_at);

-- Who buys for a company: a customer for one at most.
CREATE TABLE company_buyer (
  customer TEXT PRIMARY KEY,
  company  TEXT NOT NULL REFERENCES company (id),
  visitor  TEXT NOT NULL, -- the customer's session.Key, as orders name their buyer
  buys     BIGINT NOT NULL CHECK (buys IN (0, 1)),
  approves BIGINT NOT NULL CHECK (approves IN (0, 1)),
  pays     BIGINT NOT NULL CHECK (pays IN (0, 1)),
  since    BIGINT NOT NULL,
  CHECK (buys + approves + pays > 0)
);
CREATE INDEX company_buyer_company ON company_buyer (company);
CREATE INDEX company_buyer_visitor ON company_buyer (visitor);

CREATE TABLE company_invitation (
  id         TEXT PRIMARY KEY,
  company    TEXT NOT NULL REFERENCES company (id),
  data_key   TEXT NOT NULL,
  sealed     TEXT NOT NULL, -- JSON of the mail
  buys       BIGINT NOT NULL,
  approves   BIGINT NOT NULL,
  pays       BIGINT NOT NULL,
  lang       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX company_invitation_company ON company_invitation (company);

-- What somebody who may not order asks for.
CREATE TABLE order_request (
  id         TEXT PRIMARY KEY,
  company    TEXT NOT NULL REFERENCES company (id),
  customer   TEXT NOT NULL,
  visitor    TEXT NOT NULL, -- whose order it becomes
  state      TEXT NOT NULL CHECK (state IN ('open', 'ordered', 'declined', 'withdrawn')),
  lines      TEXT NOT NULL, -- JSON of SKUs and quantities
  method     TEXT NOT NULL,
  data_key   TEXT NOT NULL,
  wrapped_by TEXT NOT NULL,
  sealed     TEXT NOT NULL, -- JSON of contact and delivery
  number     TEXT NOT NULL, -- the order; empty before
  asked_at   BIGINT NOT NULL,
  decided_at BIGINT NOT NULL
);
CREATE INDEX order_request_company ON order_request (company, asked_at);

-- 견적서, frozen when it is made.
CREATE TABLE company_quote (
  number      TEXT PRIMARY KEY,
  company     TEXT NOT NULL REFERENCES company (id),
  customer    TEXT NOT NULL,
  lines       TEXT NOT NULL, -- JSON
  subtotal    BIGINT NOT NULL,
  delivery    BIGINT NOT NULL,
  total       BIGINT NOT NULL,
  supply      BIGINT NOT NULL,
  vat         BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  valid_until BIGINT NOT NULL,
  CHECK (total = subtotal + delivery AND total = supply + vat)
);
CREATE INDEX company_quote_company ON company_quote (company, made_at);

-- 세금계산서 that were asked for. Issuing them is outside.
CREATE TABLE tax_invoice (
  number    TEXT PRIMARY KEY REFERENCES orders (number),
  company   TEXT NOT NULL REFERENCES company (id),
  state     TEXT NOT NULL CHECK (state IN ('requested', 'exported', 'withdrawn', 'to_correct')),
  supply    BIGINT NOT NULL,
  vat       BIGINT NOT NULL,
  asked_by  TEXT NOT NULL, -- customer
  asked_at  BIGINT NOT NULL,
  passed_at BIGINT NOT NULL -- to who issues it; 0 before
);
CREATE INDEX tax_invoice_state ON tax_invoice (state, asked_at);

ALTER TABLE orders ADD COLUMN company TEXT NOT NULL DEFAULT ''; -- for which it was bought; '' for nobody
ALTER TABLE orders ADD COLUMN due_at  BIGINT NOT NULL DEFAULT 0; -- until when an order on account is to be paid
CREATE INDEX orders_company ON orders (company, placed_at) WHERE company <> '';

-- +goose Down
DROP INDEX orders_company;
ALTER TABLE orders DROP COLUMN due_at;
ALTER TABLE orders DROP COLUMN company;
DROP TABLE tax_invoice;
DROP TABLE company_quote;
DROP TABLE order_request;
DROP TABLE company_invitation;
DROP TABLE company_buyer;
DROP TABLE company;
DROP TABLE price_least;
DROP TABLE price_entry;
DROP TABLE price_list;
