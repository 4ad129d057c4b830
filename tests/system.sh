#!/bin/sh
# Installs the system packages that some tests use, where that is possible, and says which tests skip where it is not.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
[ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
[ -x /usr/sbin/apache2 ] || missing="$missing apache2-bin"
sh tests/install.sh "$missing" "the tests that need them are skipped and say so"
