#!/usr/bin/env bash
# Installs the suite beside the project. VERSION is a version, or what npm installs: a file, a folder, a git address.
set -euo pipefail
suite="$RUNNER_TEMP/eseries-conformance"
mkdir -p "$suite"
case "$VERSION" in
  [0-9]*.[0-9]*) package="eseries-simulator@$VERSION" ;;
  *) package="$VERSION" ;;
esac
npm install --no-audit --no-fund --prefix "$suite" "$package"
echo "$suite/node_modules/.bin" >>"$GITHUB_PATH"
