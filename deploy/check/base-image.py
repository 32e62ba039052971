#!/usr/bin/env python3
"""Serves, on loopback, a base image made of this machine's own .NET runtime: for deploy/images.sh where no registry answers.

    deploy/check/base-image.py 25050 & CONTAINER_BASE=localhost:25050/dotnet/aspnet:10.0 deploy/images.sh

For a check of the images alone: it has what the program loads, and user 1654, and nothing that a distribution would mend."""
import gzip, hashlib, http.server, io, json, os, pathlib, re, subprocess, sys, tarfile

port = int(sys.argv[1])
dotnet = pathlib.Path(os.environ.get("DOTNET_ROOT", "/usr/share/dotnet"))
parts = [dotnet / "dotnet", dotnet / "host"] + [max((dotnet / "shared" / name).glob("10.*")) for name in ("Microsoft.NETCore.App", "Microsoft.AspNetCore.App")]
natives = [file for part in parts for file in ([part] if part.is_file() else part.rglob("*.so"))]
libraries = set(re.findall(r"(/\S+\.so\S*)", subprocess.run(["ldd", *map(str, natives)], capture_output=True, text=True).stdout))
libraries |= {path for path in re.findall(r"=> (/\S+)", subprocess.run(["ldconfig", "-p"], capture_output=True, text=True).stdout)
              if re.search(r"/lib(ssl|crypto)\.so\.3$", path)}
tarred = io.BytesIO()
with tarfile.open(fileobj=tarred, mode="w") as tar:
    for part in parts:
        tar.add(part, "usr/share/dotnet/" + str(part.relative_to(dotnet)))
    for library in sorted(libraries):
        if not library.startswith(str(dotnet)):
            tar.add(os.path.realpath(library), library.lstrip("/"))
    for name, text in {"etc/passwd": "root:x:0:0::/:\napp:x:1654:1654::/home/app:\n", "etc/group": "root:x:0:\napp:x:1654:\n"}.items():
        entry = tarfile.TarInfo(name); entry.size = len(text); entry.mode = 0o644
        tar.addfile(entry, io.BytesIO(text.encode()))
layer = gzip.compress(tarred.getvalue(), 1)
digest = lambda data: "sha256:" + hashlib.sha256(data).hexdigest()
config = json.dumps({
    "architecture": "amd64", "os": "linux",
    "config": {"User": "1654", "WorkingDir": "/", "Env": [
        "PATH=/usr/share/dotnet:/usr/bin:/bin", "APP_UID=1654", "DOTNET_RUNNING_IN_CONTAINER=true", "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_ROOT=/usr/share/dotnet"]},
    "rootfs": {"type": "layers", "diff_ids": [digest(tarred.getvalue())]}, "history": [{"created_by": "base-image.py"}]}).encode()
manifest = json.dumps({
    "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest(config), "size": len(config)},
    "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": digest(layer), "size": len(layer)}]}).encode()
blobs = {digest(config): config, digest(layer): layer, digest(manifest): manifest}


class Registry(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        is_manifest = "/manifests/" in self.path
        body = b"{}" if self.path == "/v2/" else manifest if is_manifest else blobs.get(name)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "application/vnd.oci.image.manifest.v1+json" if is_manifest else "application/octet-stream")
        if body is not None:
            self.send_header("Docker-Content-Digest", digest(body))
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body or b"")

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


print(f"localhost:{port}/dotnet/aspnet:10.0, {len(layer) >> 20} MiB", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", port), Registry).serve_forever()
