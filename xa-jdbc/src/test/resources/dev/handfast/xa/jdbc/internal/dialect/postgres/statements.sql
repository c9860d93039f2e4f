# One text a line, with what is to be found of it: E it ends the branch, S it changes the session,
# F the server refuses it inside a transaction. Q is for preferQueryMode=simple, since the driver
# does not part such a text otherwise. \n is a newline.
#
# Transactions
E  | ABORT
E  | ABORT WORK
E  | ABORT TRANSACTION AND NO CHAIN
E  | abort and chain
   | BEGIN
   | BEGIN WORK
   | BEGIN TRANSACTION READ WRITE
E  | COMMIT
E  | COMMIT WORK
E  | COMMIT TRANSACTION AND CHAIN
F  | COMMIT PREPARED 'nothing'
E  | END
E  | END WORK AND CHAIN
   | START TRANSACTION
   | RELEASE SAVEPOINT here
   | RELEASE here
   | SAVEPOINT there
E  | ROLLBACK
E  | ROLLBACK WORK
E  | ROLLBACK TRANSACTION AND CHAIN
E  | ROLLBACK AND NO CHAIN
F  | ROLLBACK PREPARED 'nothing'
   | ROLLBACK TO here
   | ROLLBACK TO SAVEPOINT here
   | ROLLBACK WORK TO here
   | ROLLBACK TRANSACTION TO SAVEPOINT here
   | ROLLBACK /* all */ TO -- what\nhere
E  | PREPARE TRANSACTION 'branch'
E  | PREPARE TRANSACTION E'bra\'nch'
E  | PREPARE TRANSACTION U&'branch'
E  | PREPARE TRANSACTION $$branch$$
S  | PREPARE transaction AS SELECT 1
S  | PREPARE transaction(int) AS SELECT $1
S  | PREPARE "transaction" AS SELECT 1
   | LOCK TABLE item IN EXCLUSIVE MODE
# Where they begin
E  | ;COMMIT
E  | ; ; ;;COMMIT;
E  | /* a /* nested */ comment */ COMMIT
E  | -- a comment\nCOMMIT
E  | COMMIT-- a comment
E  | COMMIT/* a comment */WORK
E  | SELECT 1;COMMIT
E  | SELECT 1; /* ' */ COMMIT; SELECT '2'
E  | SELECT ';' , $$;$$, $a$ ; $$ ; $a$, E';\';', U&';', b'0', x'0', n';', ";" FROM semicolon; COMMIT
E  | INSERT INTO item VALUES (2); ROLLBACK; INSERT INTO item VALUES (3)
E  | INSERT INTO item VALUES (2); COMMIT; BEGIN
E  | SELECT (1); COMMIT
E  | SELECT a$b$ FROM dollar; COMMIT; SELECT a$b$ FROM dollar
E  | SELECT 1 AS e; COMMIT
E  | SELECT 'e'; COMMIT
E  | SELECT 'a\'; COMMIT; SELECT 'b'
E  | SELECT 1 +-- more\n 2; COMMIT
E  | SELECT 1 */* more */ 2; COMMIT
EQ | CREATE FUNCTION atomic() RETURNS int BEGIN ATOMIC SELECT 1; END; COMMIT
E  | CREATE TABLE made AS SELECT * FROM begin atomic; COMMIT; SELECT 1
   | SELECT 1; SELECT 2
   | SELECT 'COMMIT; COMMIT'
   | SELECT '; COMMIT; ''; COMMIT'
   | SELECT E'\'; COMMIT; --'
   | SELECT $$; COMMIT; $$
   | SELECT $x$; COMMIT; $$; COMMIT; $x$
   | SELECT 1 AS "; COMMIT; "
   | SELECT 1 -- ; COMMIT
   | SELECT 1 /* ; COMMIT; /* ; COMMIT */ ; COMMIT */
   | SELECT 1 AS commit, 2 AS rollback, 3 AS abort
   | CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END
Q  | CREATE OR REPLACE PROCEDURE two(begin int) LANGUAGE sql BEGIN ATOMIC INSERT INTO item VALUES (7); END; SELECT 1
   | CREATE RULE doubled AS ON INSERT TO late DO ALSO (INSERT INTO other VALUES (1); DELETE FROM other)
   | CREATE FUNCTION three() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$
# Rows
   | SELECT * FROM item
   | (SELECT 1)
   | TABLE item
   | VALUES (1), (2)
   | WITH w AS (SELECT 1) SELECT * FROM w
   | WITH w AS (INSERT INTO item VALUES (2) RETURNING id) SELECT * FROM w
   | SELECT * FROM item FOR UPDATE
   | SELECT 1 AS id INTO kept
   | INSERT INTO item VALUES (2)
   | INSERT INTO temp VALUES (1)
   | INSERT INTO temp SELECT 1
   | INSERT INTO temp DEFAULT VALUES
   | UPDATE item SET id = 4 WHERE id = 1
   | DELETE FROM item
   | MERGE INTO item USING (SELECT 9 AS n) AS s ON item.id = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.n)
   | TRUNCATE other
   | EXPLAIN SELECT 1
   | EXPLAIN ANALYZE INSERT INTO item VALUES (2)
   | COPY (SELECT 1) TO PROGRAM 'true'
   | SHOW role
   | SELECT set_config('x.y', 'z', true)
S  | SELECT set_config('x.y', 'z', false)
S  | SELECT pg_catalog.set_config('x.y', 'z', 1 > 2)
S  | SELECT "set_config"('x.y', 'z', f.f) FROM (VALUES (false)) f(f)
S  | SELECT set_config('x.y', set_config('a.b', 'z', false), true)
   | SELECT pg_advisory_xact_lock(1)
   | SELECT pg_try_advisory_xact_lock_shared(1)
S  | SELECT pg_advisory_lock(2)
S  | SELECT pg_try_advisory_lock_shared(3, 4)
S  | WITH w AS (SELECT "pg_try_advisory_lock"(5)) SELECT * FROM w
S  | SELECT 1 AS id INTO TEMP passing
S  | SELECT 1 AS id INTO TEMPORARY TABLE passing
   | NOTIFY news, 'all'
   | SELECT pg_notify('news', 'all')
# Cursors
   | DECLARE c CURSOR FOR SELECT 1
   | DECLARE c CURSOR WITHOUT HOLD FOR WITH hold AS (SELECT 1) SELECT * FROM hold
S  | DECLARE held SCROLL CURSOR WITH HOLD FOR SELECT 1
   | FETCH ALL FROM open
   | MOVE 1 IN open
   | CLOSE open
   | CLOSE ALL
# Routines
   | CALL nothing()
F  | CALL committing()
   | SELECT three_rows()
S  | DO $$ BEGIN PERFORM 1; END $$
SF | DO $$ BEGIN COMMIT; END $$
SF | DO $$ BEGIN ROLLBACK; END $$
SF | DO $$ BEGIN EXECUTE 'COMMIT'; END $$
F  | SELECT commits()
   | EXECUTE ready
   | EXPLAIN EXECUTE ready
S  | DEALLOCATE ready
S  | DEALLOCATE PREPARE ready
S  | DEALLOCATE ALL
S  | PREPARE plan AS SELECT 1
# The session
S  | SET x.y = 'z'
S  | SET SESSION x.y TO 'z'
   | SET LOCAL x.y = 'z'
S  | SET search_path TO public
S  | SET TIME ZONE 'UTC'
S  | SET NAMES 'UTF8'
S  | SET SCHEMA 'public'
S  | SET XML OPTION DOCUMENT
S  | SET SEED TO 0.5
S  | SET ROLE pg_monitor
   | SET LOCAL ROLE pg_monitor
S  | SET SESSION AUTHORIZATION pg_monitor
   | SET LOCAL SESSION AUTHORIZATION pg_monitor
S  | SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY
   | SET TRANSACTION READ ONLY
   | SET CONSTRAINTS ALL DEFERRED
S  | RESET x.y
S  | RESET ALL
S  | RESET ROLE
S  | RESET SESSION AUTHORIZATION
SF | DISCARD ALL
S  | DISCARD PLANS
S  | DISCARD SEQUENCES
S  | DISCARD TEMP
S  | LISTEN news
S  | UNLISTEN news
S  | UNLISTEN *
S  | LOAD 'plpgsql'
S  | CREATE TEMP TABLE passing(id int)
S  | CREATE TEMPORARY VIEW passing AS SELECT 1
S  | CREATE OR REPLACE TEMP VIEW passing AS SELECT 1
S  | CREATE LOCAL TEMP TABLE passing(id int)
S  | CREATE TEMP SEQUENCE passing
S  | CREATE TABLE pg_temp.passing(id int)
# Definitions
   | ALTER DATABASE postgres SET x.y = 'z'
   | ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
   | ALTER DOMAIN positive DROP CONSTRAINT more
   | ALTER FUNCTION commits() STABLE
   | ALTER INDEX item_pkey SET (fillfactor = 70)
   | ALTER ROLE side_role SET x.y = 'z'
   | ALTER SCHEMA side RENAME TO aside
   | ALTER SEQUENCE counter RESTART
F  | ALTER SYSTEM SET work_mem = '4MB'
   | ALTER TABLE item ADD COLUMN note text
   | ALTER TYPE mood ADD VALUE 'so-so'
   | ALTER VIEW seen RENAME TO looked_at
   | ANALYZE item
   | CHECKPOINT
F  | CLUSTER
   | COMMENT ON TABLE item IS 'COMMIT; ROLLBACK'
   | CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)
   | CREATE CAST (mood AS positive) WITH INOUT
   | CREATE COLLATION plain FROM "C"
F  | CREATE DATABASE another
   | CREATE DOMAIN negative AS int CHECK (VALUE < 0)
   | CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watched()
   | CREATE FUNCTION four() RETURNS int LANGUAGE sql RETURN 4
   | CREATE INDEX ON item (id)
F  | CREATE INDEX CONCURRENTLY ON item (id)
   | CREATE MATERIALIZED VIEW kept AS SELECT 1
   | CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)
   | CREATE POLICY own ON item USING (true)
   | CREATE PROCEDURE five() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'
   | CREATE PUBLICATION told FOR TABLE item
   | CREATE ROLE statements_role
   | CREATE SCHEMA beside CREATE TABLE inner_table(id int)
   | CREATE SEQUENCE another_counter
   | CREATE STATISTICS about ON id, (id + 1) FROM item
F  | CREATE SUBSCRIPTION heard CONNECTION 'dbname=none' PUBLICATION told
   | CREATE TABLE another(id int)
   | CREATE UNLOGGED TABLE another(id int)
   | CREATE TABLE another AS SELECT 1
F  | CREATE TABLESPACE space LOCATION '/nowhere'
   | CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple)
   | CREATE TRIGGER rung BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION rang()
   | CREATE TYPE pair AS (a int, b int)
   | CREATE VIEW another AS SELECT 1
F  | DROP DATABASE none
   | DROP TABLE other
   | DROP OWNED BY side_role
   | GRANT SELECT ON item TO PUBLIC
   | GRANT pg_monitor TO postgres
F  | IMPORT FOREIGN SCHEMA none FROM SERVER none INTO side
   | REASSIGN OWNED BY side_role TO postgres
   | REFRESH MATERIALIZED VIEW taken
   | REINDEX TABLE item
F  | REINDEX TABLE CONCURRENTLY item
   | REVOKE ALL ON item FROM PUBLIC
F  | SECURITY LABEL ON TABLE item IS 'x'
F  | VACUUM
# The driver's escapes
   | {call three_rows()}
E  | {oj COMMIT}
E  | SELECT {fn abs(1)}; {oj COMMIT}
   | SELECT {d '2026-01-01'}, {fn abs(1)}
