-- What a fashion catalogue knows besides names and prices. Additive: the version before runs on it.
-- +goose Up
ALTER TABLE category ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE category ADD COLUMN plan   TEXT NOT NULL DEFAULT '';
ALTER TABLE category ADD COLUMN sizes  TEXT NOT NULL DEFAULT ''; -- names of size schemes, separated by spaces

ALTER TABLE product ADD COLUMN fabric_ko TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN fabric_en TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN weight    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN details   TEXT NOT NULL DEFAULT '{}'; -- JSON of what is only ever read and written whole

-- price is what holds now. It is regular, or sale_price from sale_from until sale_until; a job changes it when sale_next has come.
ALTER TABLE variant ADD COLUMN regular    BIGINT NOT NULL DEFAULT 0; -- 0: as price
ALTER TABLE variant ADD COLUMN sale_price BIGINT NOT NULL DEFAULT 0; -- 0: no sale
ALTER TABLE variant ADD COLUMN sale_from  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN sale_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN sale_next  BIGINT NOT NULL DEFAULT 0; -- when price changes next; 0: never
CREATE INDEX variant_sale ON variant (sale_next) WHERE sale_next > 0;

-- The editorial pictures of the front page.
CREATE TABLE banner (
  position BIGINT PRIMARY KEY,
  title_ko TEXT NOT NULL,
  title_en TEXT NOT NULL,
  text_ko  TEXT NOT NULL,
  text_en  TEXT NOT NULL,
  link     TEXT NOT NULL,
  wide     TEXT NOT NULL,
  tall     TEXT NOT NULL,
  alt_ko   TEXT NOT NULL,
  alt_en   TEXT NOT NULL
);

-- What instances that keep an index of the catalogue must look at again. Rows go after a day.
CREATE TABLE catalog_change (
  number     BIGINT PRIMARY KEY, -- random
  product_id BIGINT NOT NULL,    -- 0: the whole catalogue
  at         BIGINT NOT NULL
);
CREATE INDEX catalog_change_at ON catalog_change (at);
