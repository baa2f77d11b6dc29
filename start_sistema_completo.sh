#!/bin/sh
# Sets up what is missing and starts API, monitor and register program. --preparar: set up, start nothing.
exec sh "$(dirname -- "$0")/preparo/com_python.sh" iniciar "$@"
