#!/bin/sh
# Writes the answers to all batches of the template that was uploaded last, or of the one that is named,
# from a running container into a CSV file.
#
#   scripts/download_annotations.sh CONTAINER OUT.csv [TEMPLATE.html]
#
# DOCKER names another engine's command, such as podman.
set -eu

say() { printf '%s\n' "$*" >&2; }

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    say "Usage: $0 CONTAINER OUT.csv [TEMPLATE.html]"
    exit 2
fi
container=$1 out=$2 template=${3:-}

inside() { ${DOCKER:-docker} exec -i "$container" "$@" < /dev/null; }

place=/data/scripts
if [ -n "$template" ]; then
    name=$(basename -- "$template" | tr -c 'A-Za-z0-9._\n-' _)
elif ! name=$(inside cat "$place/last" 2> /dev/null); then
    say "$container has no template yet: nothing was uploaded by upload_hit.sh."
    exit 2
fi
# A file that is there stays as it is until the new one is whole.
part=$out.part
trap 'rm -f "$part"' EXIT
inside kempelen dump-results "$place/templates/$name" - > "$part"
mv -- "$part" "$out"
trap - EXIT
