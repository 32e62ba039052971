#!/usr/bin/env bash
# Both images as archives: deploy/images.sh [FOLDER]. CONTAINER_BASE names another base image than Microsoft's chiselled one.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-artifacts/images}")
base=${CONTAINER_BASE:-mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled}
mkdir -p "$folder"
for program in Silo Gateway; do
    dotnet publish "$program" -c Release -t:PublishContainer --os linux \
        -p:ContainerBaseImage="$base" -p:ContainerArchiveOutputPath="$folder/jobtracker-${program,,}.tar.gz" -v quiet
done
ls -l "$folder"
