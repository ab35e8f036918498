-- One text for both engines. Times are microseconds since 1970 UTC; amounts are won.
-- +goose Up
CREATE TABLE brand (
  slug     TEXT PRIMARY KEY,
  name_ko  TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  story_ko TEXT NOT NULL,
  story_en TEXT NOT NULL
);

CREATE TABLE category (
  slug     TEXT PRIMARY KEY,
  parent   TEXT NOT NULL, -- '' at the top
  name_ko  TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  position BIGINT NOT NULL
);

CREATE TABLE product (
  id             BIGINT PRIMARY KEY,
  slug           TEXT NOT NULL,
  brand          TEXT NOT NULL REFERENCES brand (slug),
  category       TEXT NOT NULL REFERENCES category (slug),
  name_ko        TEXT NOT NULL,
  name_en        TEXT NOT NULL,
  description_ko TEXT NOT NULL,
  description_en TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('draft', 'on_sale', 'stopped')),
  price          BIGINT NOT NULL, -- of the cheapest variant
  list_price     BIGINT NOT NULL, -- of the same variant
  discount       BIGINT NOT NULL, -- whole percent
  folded         TEXT NOT NULL,   -- what plain search looks through
  created_at     BIGINT NOT NULL
);
CREATE INDEX product_newest ON product (status, created_at, id);
CREATE INDEX product_brand ON product (brand);
CREATE INDEX product_category ON product (category, status);

CREATE TABLE variant (
  sku           TEXT PRIMARY KEY,
  product_id    BIGINT NOT NULL REFERENCES product (id),
  position      BIGINT NOT NULL,
  color         TEXT NOT NULL,
  color_ko      TEXT NOT NULL,
  color_en      TEXT NOT NULL,
  color_hex     TEXT NOT NULL,
  size          TEXT NOT NULL,
  size_position BIGINT NOT NULL,
  price         BIGINT NOT NULL CHECK (price > 0),
  list_price    BIGINT NOT NULL,
  UNIQUE (product_id, color, size),
  CHECK (list_price >= price)
);

CREATE TABLE product_image (
  product_id BIGINT NOT NULL REFERENCES product (id),
  position   BIGINT NOT NULL, -- 0 is the one on cards
  path       TEXT NOT NULL,
  alt_ko     TEXT NOT NULL,
  alt_en     TEXT NOT NULL,
  color      TEXT NOT NULL, -- '' for all
  PRIMARY KEY (product_id, position)
);

-- Every unit of an SKU is in exactly one place; no committed state can say otherwise (invariant S1).
CREATE TABLE stock (
  sku       TEXT PRIMARY KEY REFERENCES variant (sku),
  initial   BIGINT NOT NULL CHECK (initial >= 0),
  restocked BIGINT NOT NULL DEFAULT 0 CHECK (restocked >= 0),
  on_hand   BIGINT NOT NULL CHECK (on_hand >= 0),
  reserved  BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  sold      BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
  returned  BIGINT NOT NULL DEFAULT 0 CHECK (returned >= 0),
  CHECK (initial + restocked = on_hand + reserved + sold - returned)
);

-- A cart is its lines. Each is a row of its own, so that two tabs never wait for each other.
CREATE TABLE cart_line (
  visitor    TEXT NOT NULL, -- session.Key
  sku        TEXT NOT NULL, -- may outlive its variant
  quantity   BIGINT NOT NULL CHECK (quantity > 0),
  position   BIGINT NOT NULL, -- in the order of adding; equal where two were added at once
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (visitor, sku)
);
CREATE INDEX cart_line_changed ON cart_line (changed_at);

CREATE TABLE orders (
  number      TEXT PRIMARY KEY,
  status      TEXT NOT NULL,
  units       TEXT NOT NULL CHECK (units IN ('held', 'sold', 'released', 'returned')), -- where its units are in stock
  lang        TEXT NOT NULL,
  buyer       TEXT NOT NULL, -- session.Key
  idem_key    TEXT NOT NULL,
  digest      TEXT NOT NULL, -- of the request that came with the key
  name        TEXT NOT NULL,
  phone       TEXT NOT NULL,
  email       TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  to_phone    TEXT NOT NULL,
  postcode    TEXT NOT NULL,
  road        TEXT NOT NULL,
  detail      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  subtotal    BIGINT NOT NULL,
  delivery    BIGINT NOT NULL,
  surcharge   BIGINT NOT NULL,
  total       BIGINT NOT NULL,
  supply      BIGINT NOT NULL,
  vat         BIGINT NOT NULL,
  placed_at   BIGINT NOT NULL,
  hold_until  BIGINT NOT NULL,
  UNIQUE (buyer, idem_key),
  CHECK (total = subtotal + delivery + surcharge AND total = supply + vat)
);
CREATE INDEX orders_status ON orders (status, hold_until);

CREATE TABLE order_line (
  number       TEXT NOT NULL REFERENCES orders (number),
  position     BIGINT NOT NULL,
  sku          TEXT NOT NULL,
  product_id   BIGINT NOT NULL,
  product_slug TEXT NOT NULL,
  brand_ko     TEXT NOT NULL,
  brand_en     TEXT NOT NULL,
  name_ko      TEXT NOT NULL,
  name_en      TEXT NOT NULL,
  color_ko     TEXT NOT NULL,
  color_en     TEXT NOT NULL,
  size         TEXT NOT NULL,
  image        TEXT NOT NULL,
  quantity     BIGINT NOT NULL CHECK (quantity > 0),
  unit_price   BIGINT NOT NULL,
  list_price   BIGINT NOT NULL,
  PRIMARY KEY (number, position)
);

CREATE TABLE order_event (
  number      TEXT NOT NULL REFERENCES orders (number),
  position    BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  from_status TEXT NOT NULL,
  to_status   TEXT NOT NULL,
  reason      TEXT NOT NULL,
  PRIMARY KEY (number, position)
);

-- Who, besides the buyer's own session, may see an order: visitors who knew its number and phone.
CREATE TABLE order_visitor (
  number     TEXT NOT NULL REFERENCES orders (number),
  visitor    TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (number, visitor)
);

CREATE TABLE payment (
  order_id      TEXT PRIMARY KEY, -- the provider's name for the attempt
  number        TEXT NOT NULL REFERENCES orders (number),
  provider      TEXT NOT NULL,
  method        TEXT NOT NULL,
  amount        BIGINT NOT NULL,
  state         TEXT NOT NULL,
  payment_key   TEXT NOT NULL,
  checkout_url  TEXT NOT NULL,
  captured      BIGINT NOT NULL,
  refunded      BIGINT NOT NULL CHECK (refunded <= captured),
  refusal       TEXT NOT NULL,
  checks        BIGINT NOT NULL,
  refund_no     BIGINT NOT NULL DEFAULT 1, -- which request to refund this is: a refused one is asked again under a new name
  recheck       BIGINT NOT NULL DEFAULT 0, -- 1: somebody says that the provider moved money of a captured payment
  next_check_at BIGINT NOT NULL, -- for the worker, while the outcome or the refund is open
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL
);
CREATE INDEX payment_number ON payment (number, created_at);
CREATE INDEX payment_open ON payment (next_check_at) WHERE state IN ('confirming', 'unknown', 'refunding') OR recheck = 1;

-- Effects outside the database, written with their cause and delivered by the worker.
CREATE TABLE outbox (
  id         TEXT PRIMARY KEY, -- UUIDv7: in order of time
  topic      TEXT NOT NULL,
  subject    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  next_at    BIGINT NOT NULL,
  attempts   BIGINT NOT NULL,
  done_at    BIGINT, -- NULL until delivered
  failure    TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE done_at IS NULL;

-- +goose Down
DROP TABLE outbox;
DROP TABLE payment;
DROP TABLE order_visitor;
DROP TABLE order_event;
DROP TABLE order_line;
DROP TABLE orders;
DROP TABLE cart_line;
DROP TABLE stock;
DROP TABLE product_image;
DROP TABLE variant;
DROP TABLE product;
DROP TABLE category;
DROP TABLE brand;
