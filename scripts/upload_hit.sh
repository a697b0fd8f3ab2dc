#!/bin/sh
# Publishes a HIT for each row of a CSV file in a running container.
#
#   scripts/upload_hit.sh CONTAINER DATA.csv [TEMPLATE.html]
#
# Without a template, the one that was uploaded last is used again.  DOCKER names another engine's
# command, such as podman.
set -eu

say() { printf '%s\n' "$*" >&2; }

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    say "Usage: $0 CONTAINER DATA.csv [TEMPLATE.html]"
    exit 2
fi
container=$1 data=$2 template=${3:-}
for file in "$data" ${template:+"$template"}; do
    [ -r "$file" ] || { say "$file cannot be read."; exit 2; }
done

inside() { ${DOCKER:-docker} exec -i "$container" "$@"; }
# A name becomes part of a path inside, and nothing else.
name_of() { basename -- "$1" | tr -c 'A-Za-z0-9._\n-' _; }

place=/data/scripts
if [ -n "$template" ]; then
    name=$(name_of "$template")
    inside sh -c 'mkdir -p "$0/templates" && cat > "$0/templates/$1" && printf "%s" "$1" > "$0/last"' \
        "$place" "$name" < "$template"
elif ! name=$(inside cat "$place/last" < /dev/null 2> /dev/null); then
    say "$container has no template yet.  Name one: $0 $container $data TEMPLATE.html"
    exit 2
fi
csv=$place/$(name_of "$data")
inside sh -c 'cat > "$0"' "$csv" < "$data"
status=0
inside kempelen publish-hits "$place/templates/$name" "$csv" < /dev/null || status=$?
inside rm -f "$csv" < /dev/null
exit $status
