-- Run by the database's owner, before each migration: doing it again changes nothing.
--
-- The owner makes tables, the shop uses them. The rotation of the shop's password makes a second user, shop_clone, that is a member of this one and
-- takes turns with it: so the rights are given to shop, and no table belongs to either.
--
--   psql -v password=… -v database=myclothes -f roles.sql
\set ON_ERROR_STOP on
SELECT current_setting('server_version_num')::int >= 170000 AS builtin \gset
SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS missing \gset
\if :missing
	\if :builtin
		CREATE DATABASE :"database" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
	\else
		CREATE DATABASE :"database" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
	\endif
\endif
SELECT format('CREATE ROLE shop LOGIN PASSWORD %L', :'password') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shop') \gexec
\connect :"database"
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO shop;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shop;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO shop;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shop;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO shop;
