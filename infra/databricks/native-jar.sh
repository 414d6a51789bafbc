#!/usr/bin/env bash
# Cluster init script: put the native functions' jar on the class path before the session starts.
# The jar lies beside this script on the volume: udfs/jars/decantry-native_2.13.jar, as `make jar` writes it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cp "${DECANTRY_JAR_DIR:-$here}/decantry-native_2.13.jar" /databricks/jars/
