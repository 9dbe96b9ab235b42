#!/bin/sh
# Creates Temporal's tables, or brings them up to this version's. Harmless to run again.
# Reads SQL_HOST, SQL_PORT and SQL_USER as temporal-sql-tool does, and the password from a file.
set -eu

SQL_PLUGIN=postgres12
SQL_PASSWORD=$(cat "${SQL_PASSWORD_FILE:-/run/secrets/temporal_database_password}")
export SQL_PLUGIN SQL_PASSWORD
schemas=${TEMPORAL_SCHEMAS:-/etc/temporal/schema}/postgresql/v12

set_up() {
  SQL_DATABASE=$1
  export SQL_DATABASE
  temporal-sql-tool setup-schema --version 0.0
  temporal-sql-tool update-schema --schema-dir "$schemas/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
