#!/bin/sh
# Make the virtual environment where it is missing, moved or broken, and install into it.
# Usage: environment.sh FOLDER REQUIREMENTS
set -eu
folder=$1 requirements=$2

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo 'Cần Python 3.11 trở lên. Hãy cài Python rồi chạy lại, hoặc đặt PYTHON=đường/dẫn/python3.' >&2
    exit 1
}

# an environment that was copied or moved still points to its old place
if ! "$folder/bin/python" -c "import os, sys; sys.exit(not os.path.samefile(sys.prefix, '$folder'))" 2>/dev/null \
    || ! grep -q "$(pwd -P)" "$folder/bin/pip" 2>/dev/null; then
    python=$(find_python)
    echo "Đang tạo môi trường Python trong $folder …"
    rm -rf "$folder"
    "$python" -m venv "$folder" || {
        echo 'Không tạo được môi trường Python; trên Debian và Ubuntu hãy cài gói python3-venv.' >&2
        exit 1
    }
fi
echo "Đang cài đặt các thư viện từ $requirements …"
pip="$folder/bin/python -m pip --disable-pip-version-check --no-input --quiet install"
$pip --require-hashes --requirement "$requirements"
$pip --no-deps --no-build-isolation --editable .
