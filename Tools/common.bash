# What the scripts of this folder share. Source it; it changes into the project's root.
#
# STATICGRAPH_SCRATCH names another build folder than .build; STATICGRAPH_BUILD_OPTIONS are more
# options for building.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"

scratch="${STATICGRAPH_SCRATCH:-.build}"
swift_options=()
if [ "$scratch" != .build ]; then swift_options=(--scratch-path "$scratch"); fi
build_options=(${STATICGRAPH_BUILD_OPTIONS:-})
binaries="$scratch/release"
environment=.venv

# Ends the script with a message and an exit code.
fail() {
  local code=$1
  shift
  echo "${0##*/}: $*" >&2
  exit "$code"
}

# Shows a command in the form in which it can be pasted, then runs it.
shown() {
  local word line='$'
  for word in "$@"; do
    case "$word" in
      *[!A-Za-z0-9_./:=@,+-]* | '') line+=" '${word//\'/\'\\\'\'}'" ;;
      *) line+=" $word" ;;
    esac
  done
  echo "$line"
  "$@"
}
