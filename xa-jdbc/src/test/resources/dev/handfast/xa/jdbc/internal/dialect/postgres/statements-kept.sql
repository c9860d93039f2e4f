SELECT 'setting ' || name || setting FROM pg_settings
  WHERE source = 'session' AND name NOT LIKE 'transaction%'
UNION ALL SELECT 'setting x.y' || coalesce(current_setting('x.y', true), '')
UNION ALL SELECT 'plan ' || name FROM pg_prepared_statements WHERE from_sql
UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE is_holdable
UNION ALL SELECT 'lock ' || objid FROM pg_locks
  WHERE locktype = 'advisory' AND pid = pg_backend_pid()
UNION ALL SELECT 'channel ' || pg_listening_channels()
UNION ALL SELECT 'relation ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
UNION ALL SELECT 'role ' || current_user || session_user
ORDER BY 1
