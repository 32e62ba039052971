#!/usr/bin/env bash
# Installs what the tests need if it is missing, runs all of them, and ends with "N passed, N failed".
# ./test.sh [--no-build]
set -uo pipefail
cd "$(dirname "$0")"

# PostgreSQL for the storage and system tests, and PgBouncer before it, with what a newer one is built by; Python and Node for the examples of docs/callbacks.md; Chromium for the pages; Werkzeug, and npm
# for busboy, because uploads are read by parsers that nobody here wrote; faketime for clocks that are wrong; runuser, because a server refuses to run as root.
install_missing() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -n "${JOBTRACKER_TEST_POSTGRES:-}" ] || missing+=(postgresql)
    command -v python3 >/dev/null || missing+=(python3)
    command -v node >/dev/null || missing+=(nodejs)
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
    command -v npm >/dev/null || missing+=(npm)
    /usr/bin/python3 -c 'import werkzeug' 2>/dev/null || missing+=(python3-werkzeug)
    command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
    local tool
    for tool in gcc make pkg-config; do command -v $tool >/dev/null || missing+=($tool); done
    [ -e /usr/include/event2/event.h ] || missing+=(libevent-dev)
    command -v faketime >/dev/null || missing+=(faketime)
    command -v runuser >/dev/null || missing+=(util-linux)
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    echo "installing ${missing[*]}"
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_missing || { echo "could not install what the tests need"; exit 1; }
tests/pgbouncer.sh artifacts/tools/pgbouncer || echo "no PgBouncer that knows prepared statements: the tests go on with Debian's own"
[ "${1:-}" = --no-build ] || dotnet build Orleans.sln || exit 1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
passed=0
failed=0
# One project after another: each of them uses the whole machine.
for project in Unit Integration System; do
    echo "== $project"
    dotnet test --project "tests/$project" --no-build --no-progress 2>&1 | tee "$results/$project.log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
    count() { sed -nE "s/^ *$1: *([0-9]+).*/\1/p" "$results/$project.log" | tail -1; }
    total=$(count total)
    skipped=$(count skipped)
    passed=$((passed + $(count succeeded || echo 0)))
    failed=$((failed + $(count failed || echo 0)))
    # A project that ran nothing, and a test that was skipped, prove nothing.
    [ "${total:-0}" -gt 0 ] && [ "${skipped:-0}" -eq 0 ] || { status=1; failed=$((failed + 1)); echo "== $project: total ${total:-0}, skipped ${skipped:-0}"; }
done

[ $status -eq 0 ] || [ $failed -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
exit $status
