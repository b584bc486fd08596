#!/bin/sh
# Supports POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and POSTGRES_INITDB_ARGS like the official image's entry point. It prepares the cluster
# with a server that listens only on a local socket, so that no client reaches an unfinished cluster, and then starts the real server.
set -eu

case "${1:-}" in
  -*) set -- postgres "$@" ;;
esac
[ "${1:-}" = postgres ] || exec "$@"

if [ "$(id -u)" = 0 ]; then
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?expected POSTGRES_PASSWORD, the password of the first superuser}"
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  umask 077
  printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
  # shellcheck disable=SC2086 -- the variable holds several arguments, as with the official image
  initdb --username="$user" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust --encoding=UTF8 --no-sync \
    ${POSTGRES_INITDB_ARGS:-}
  rm /tmp/password
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  pg_ctl -w -o "-c listen_addresses='' -p 5432" start
  if [ "$database" != postgres ]; then
    psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$user" --dbname postgres -v name="$database" <<'SQL'
CREATE DATABASE :"name";
SQL
  fi
  pg_ctl -w -m fast stop
fi

exec "$@" -c listen_addresses='*'
