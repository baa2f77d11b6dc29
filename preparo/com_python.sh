#!/bin/sh
# Finds Python 3.11 or newer, installing it on Debian and Ubuntu when there is none, and runs preparar.py with it.
# Everything else the set-up does is in Python; this file only does what must be done before there is one.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1

usable() {
    "$1" -ESs -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    # The environment's own Python comes first: it was chosen at the first set-up and starts fastest.
    for python in "$root/.venv/bin/python" python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3 python; do
        usable "$python" && return
    done
    return 1
}

with_dots() {
    "$@" >>"$log" 2>&1 </dev/null &
    while kill -0 $! 2>/dev/null; do
        printf .
        sleep 1
    done
    wait $!
}

install_python() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || return 1
        echo 'Falta o Python 3.11 ou mais novo. Para instalá-lo, o sudo pode pedir a sua senha.'
        sudo -v || return 1
        as_root=sudo
    fi
    log=$(mktemp) || return 1
    printf 'Instalando o Python '
    with_dots $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    for package in python3 python3.14 python3.13 python3.12 python3.11; do
        with_dots $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qy --no-install-recommends "$package" "$package-venv" && find_python && break
    done
    echo
    if find_python; then
        rm -f "$log"
        return 0
    fi
    echo "O Python não pôde ser instalado. Registro do apt-get: $log" >&2
    return 1
}

if ! find_python && ! install_python; then
    {
        echo 'Este sistema precisa do Python 3.11 ou mais novo, que não foi encontrado. Instale-o com:'
        if command -v apt-get >/dev/null 2>&1; then
            echo '  sudo apt-get update && sudo apt-get install python3 python3-venv python3-tk'
        elif command -v dnf >/dev/null 2>&1; then
            echo '  sudo dnf install python3.11 python3-tkinter'
        elif command -v pacman >/dev/null 2>&1; then
            echo '  sudo pacman -S python tk'
        elif command -v zypper >/dev/null 2>&1; then
            echo '  sudo zypper install python311 python311-tk'
        elif command -v brew >/dev/null 2>&1; then
            echo '  brew install python@3.13 python-tk@3.13'
        else
            echo '  o instalador que está em https://www.python.org/downloads/'
        fi
        echo 'e rode este comando outra vez.'
    } >&2
    exit 1
fi
# -E, -S, -s: neither the user's PYTHON* variables nor their own packages can disturb the set-up.
exec "$python" -ESs "$root/preparar.py" "$@"
