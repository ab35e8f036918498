-- Who bought, and where it goes, sealed under a data key of each order's own. The columns name to memo are empty where it is. Additive.
-- +goose Up
ALTER TABLE orders ADD COLUMN data_key    TEXT NOT NULL DEFAULT ''; -- wrapped
ALTER TABLE orders ADD COLUMN wrapped_by  TEXT NOT NULL DEFAULT ''; -- which of the vault's keys; empty: not sealed yet
ALTER TABLE orders ADD COLUMN sealed      TEXT NOT NULL DEFAULT ''; -- JSON of contact and delivery
ALTER TABLE orders ADD COLUMN phone_index TEXT NOT NULL DEFAULT ''; -- blind, of the contact's phone
CREATE INDEX orders_wrapped ON orders (wrapped_by);
