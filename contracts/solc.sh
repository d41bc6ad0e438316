#!/bin/sh
# So that forge, started in whatever way, runs the compiler on the project's own Node.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec "$here/../node_modules/.bin/node" "$here/../scripts/solc.ts" "$@"
