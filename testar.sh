#!/bin/sh
# Sets up what is missing and runs every check; arguments go to pytest, which then runs alone. --preparar: set up only.
exec sh "$(dirname -- "$0")/preparo/com_python.sh" testar "$@"
