#!/bin/sh
# Makes the secrets that this installation chooses for itself, each once, and names those that others must give.
# Usage: engine/production/make-secrets.sh [directory]
set -eu

dir=${1:-secrets}
mkdir -p "$dir"
# The directory is closed; the files in it are readable, because each container reads its own as an ordinary user.
chmod 700 "$dir"

make() {
  [ -s "$dir/$1" ] || printf '%s' "$2" >"$dir/$1"
  chmod 444 "$dir/$1"
}

for name in postgres_password database_password temporal_database_password; do make "$name" "$(openssl rand -hex 32)"; done
make database_url "postgres://tajdid:$(cat "$dir/database_password")@postgres:5432/tajdid"
for name in master_key lookup_key signing_key; do make "$name" "$(openssl rand -base64 32)"; done

missing=
for name in webhook_secret_payments webhook_secret_card_bureau webhook_secret_courier \
  payments_api_key card_bureau_api_key courier_api_key messages_api_key notices_api_key; do
  if [ -s "$dir/$name" ]; then chmod 444 "$dir/$name"; else missing="$missing $name"; fi
done
if [ -n "$missing" ]; then
  echo "Ask the other side for these and put each into $dir/<name>:$missing" >&2
  exit 1
fi
echo "All secrets are in $dir. Back up master_key and lookup_key: without them the vault can not be read."
