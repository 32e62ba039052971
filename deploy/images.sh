#!/usr/bin/env bash
# Both images as archives: deploy/images.sh [FOLDER]. CONTAINER_BASE names another base image than Microsoft's chiselled one.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-artifacts/images}")
base=${CONTAINER_BASE:-mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled}
mkdir -p "$folder"
for program in Silo Gateway; do
    # The images' own lock files: those that are checked in are of the program as it is built here. Compiled ahead: a pod of a rolling
    # restart is warm sooner.
    dotnet publish "$program" -c Release -t:PublishContainer --os linux -p:NuGetLockFilePath=obj/image.lock.json \
        -p:ContainerImageFormat=Docker -p:PublishReadyToRun=true \
        -p:ContainerBaseImage="$base" -p:ContainerArchiveOutputPath="$folder/jobtracker-${program,,}.tar" -v quiet
done
ls -l "$folder"
