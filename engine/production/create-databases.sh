#!/bin/sh
# Runs once, when the database server's data directory is new: one role and its own databases for each of the two programs.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v tajdid_password="$(cat /run/secrets/database_password)" \
  -v temporal_password="$(cat /run/secrets/temporal_database_password)" <<'SQL'
CREATE ROLE tajdid LOGIN PASSWORD :'tajdid_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE tajdid OWNER tajdid;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE tajdid, temporal, temporal_visibility FROM PUBLIC;
SQL
