#!/bin/sh
# Creates the namespace unless it is there. Closed histories are kept for 30 days; the case log keeps the facts for good.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
