#!/usr/bin/env bash
# Builds a PgBouncer that knows prepared statements (1.21 and later), which Debian 12 has not, from the source of Debian's next release, signed
# as all of Debian's packages are: tests/pgbouncer.sh FILE puts the program there. Needs a compiler and libevent's headers (test.sh has them
# installed). Where that source is not to be had the tests go on with the older one alone.
set -euo pipefail
program=$(realpath -m "$1")
[ -x "$program" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/state/lists/partial "$work"/cache/archives/partial "$(dirname "$program")"
echo 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main' > "$work/sources.list"
private=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State=$work/state" -o "Dir::Cache=$work/cache"
    -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=20)
cd "$work"
apt-get "${private[@]}" update -qq
apt-get "${private[@]}" source -qq --download-only pgbouncer
tar -xf pgbouncer_*.orig.tar.gz
cd pgbouncer-*/
./configure --without-openssl --without-cares --without-pam --without-systemd > /dev/null
make -s -j "$(nproc)" pgbouncer > /dev/null 2>&1
install -m 755 pgbouncer "$program"
"$program" --version | head -1
