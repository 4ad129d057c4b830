#!/bin/sh
# Installs what the judges of `make audit` need from the system, where that is possible, and says what is not there.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
sh tests/install.sh "$missing" "the parts that need them are skipped and say so"
