#!/usr/bin/env bash
# deploy/check/image-check.sh ARCHIVE [PORT]: unpacks an image of the silo and starts what is in it without a container engine, as the image's
# user, on a root that it cannot write, with the embedded database in /tmp; then asks whether it is ready, and ends it by SIGTERM.
# Needs root, for mounts in a namespace of its own, and python3. Ends with "image ok" and how long it took.
set -euo pipefail
archive=$(realpath "$1")
port=${2:-25080}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/image" "$work/root"
tar -xf "$archive" -C "$work/image"
python3 - "$work" <<'PY'
import json, pathlib, shlex, subprocess, sys
work = pathlib.Path(sys.argv[1]); image = work / "image"
manifest = json.loads((image / "manifest.json").read_text())[0]
for layer in manifest["Layers"]:
    subprocess.run(["tar", "-xf", image / layer, "-C", work / "root"], check=True)
config = json.loads((image / manifest["Config"]).read_text())["config"]
user = config.get("User", "")
assert user not in ("", "0", "root"), f"the image runs as root: '{user}'"
# As an orchestrator: a user of digits as it is, a name by the image's own passwd.
names = {line.split(":")[0]: line.split(":")[2] for line in (work / "root/etc/passwd").read_text().splitlines()} if not user.isdigit() else {}
(work / "start").write_text("\n".join([names.get(user, user), config.get("WorkingDir", "/"),
    " ".join(map(shlex.quote, config.get("Env", []))), " ".join(map(shlex.quote, config["Entrypoint"] + config.get("Cmd", [])))]))
PY
{ read -r user; read -r folder; read -r variables; read -r program; } < <(cat "$work/start"; echo)
mkdir -p "$work/root"/{proc,dev,tmp}
began=$(date +%s%N)
# chroot needs a right that the program must not have: it is given up on the way.
unshare --mount --pid --fork --kill-child=SIGTERM bash -euc "
    mount --bind '$work/root' '$work/root'
    mount -t proc proc '$work/root/proc'; mount --rbind /dev '$work/root/dev'; mount -t tmpfs -o mode=1777 tmpfs '$work/root/tmp'
    mount -o remount,bind,ro '$work/root'
    exec env -i $variables python3 -c '
import os, sys, warnings  # execvp wants the last, and finds nothing any more behind chroot
os.chroot(sys.argv[1]); os.chdir(sys.argv[2]); os.setgroups([]); os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[3]))
os.execvp(sys.argv[4], sys.argv[4:])' '$work/root' '$folder' '$user' $program \
        --urls=http://127.0.0.1:$port --Storage:SqlitePath=/tmp/jobtracker.db --Cluster:SiloPort=$((port + 1)) --Cluster:GatewayPort=$((port + 2))
" > "$work/log" 2>&1 &
engine=$!
# unshare itself takes no signal while it waits for what it started.
trap 'pkill -TERM -P $engine 2>/dev/null || true; wait $engine 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 300); do
    kill -0 $engine 2>/dev/null || { cat "$work/log"; echo "it ended by itself"; exit 1; }
    curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz/ready" 2>/dev/null && break
    sleep 0.1
done
curl -fsS "http://127.0.0.1:$port/healthz/ready" || { cat "$work/log"; exit 1; }
took=$((($(date +%s%N) - began) / 1000000))
curl -fsS -H 'content-type: application/json' -d '{"job_type":"image"}' "http://127.0.0.1:$port/v1/jobs" > "$work/job"
program_pid=$(pgrep -P $engine | head -1)
grep -q "^Uid:[[:space:]]*$user[[:space:]]" "/proc/$program_pid/status" || { echo "it does not run as $user"; exit 1; }
awk '$2 == "/" && $4 ~ /^ro(,|$)/ { found = 1 } END { exit !found }' "/proc/$program_pid/mounts" || { echo "its root can be written"; exit 1; }
grep -q '^CapEff:[[:space:]]*0000000000000000' "/proc/$program_pid/status" || { echo "it has capabilities"; exit 1; }
kill -TERM "$program_pid"
code=0; wait $engine || code=$?
[ $code -eq 0 ] || { cat "$work/log"; echo "it ended with $code"; exit 1; }
echo
echo "image ok: ready after $took ms as user $user on a read-only root, ended by SIGTERM with 0"
