#!/usr/bin/env bash
# Judges the driver; writes the reports and the summary, and annotates what failed. Ends as the suite does.
set -euo pipefail
mkdir -p "$REPORTS"
arguments=(run --level "$LEVEL" --save-report "$REPORTS/report.json" --junit "$REPORTS/conformance.xml"
  --html "$REPORTS/conformance.html" --markdown "$REPORTS/summary.md")
[ -z "$SUBJECT" ] || arguments+=(--subject "$SUBJECT")
[ -z "$CINDER_DRIVER" ] || arguments+=(--cinder-driver "$CINDER_DRIVER")
[ -z "$ONLY" ] || arguments+=(--only "$ONLY")
[ -z "$WAIVERS" ] || arguments+=(--waivers "$WAIVERS")
[ -z "$SHARD" ] || arguments+=(--shard "$SHARD")
code=0
eseries-conformance "${arguments[@]}" || code=$?
if [ -f "$REPORTS/report.json" ]; then
  cat "$REPORTS/summary.md" >>"$GITHUB_STEP_SUMMARY"
  node "$(dirname "$0")/annotate.js" "$REPORTS/report.json"
fi
exit "$code"
