# shellcheck shell=bash
# Sourced by fsweep, test and .ci/run, which set $root. Installs what is missing, builds what has changed, and says one
# line per step on stderr. Where nothing is to be done it costs a few file tests and one find.

setup=$root/obj/setup
program=$root/src/Coordinator/bin/Release/net10.0
dotnet=
# shellcheck source=build/packages.sh
source "$root/build/packages.sh"
# shellcheck source=build/compile.sh
source "$root/build/compile.sh"
# shellcheck source=build/engine.sh
source "$root/build/engine.sh"
trap 'exit 130' INT

# Gets what the program or its tests need of onednn, dataset, clock, network and browser, or says what to do: provide NEED...
provide() {
    [[ -n $(missing "$@") ]] || return 0
    locked install_missing "$@"
    report_missing "$@"
}

say() { printf 'fsweep: %s\n' "$*" >&2; }

# What the user has to put right.
die() {
    say "$@"
    exit 2
}

# Runs a command with its output in a log, and says one line with its duration: step WHAT LOG COMMAND...
step() {
    local what=$1 log=$2 started=${EPOCHREALTIME//[.,]/} status=0
    shift 2
    printf 'fsweep: %s ... ' "$what" >&2
    signs &
    local signs=$!
    "$@" >"$log" 2>&1 </dev/null || status=$?
    kill "$signs" 2>/dev/null
    wait "$signs" 2>/dev/null || true
    local tenths=$(((${EPOCHREALTIME//[.,]/} - started) / 100000))
    printf '%s%d.%d s\n' "$([[ $status == 0 ]] || echo 'failed after ')" $((tenths / 10)) $((tenths % 10)) >&2
    return "$status"
}

# Says that a step still goes on: every few seconds on a terminal, else every minute. Ends by itself where who started it is gone.
signs() {
    [[ -z ${lock-} ]] || exec {lock}>&-
    local seconds=0 sleeping
    trap 'kill "$sleeping"; exit' TERM
    while kill -0 $$ 2>/dev/null; do
        sleep 5 </dev/null >/dev/null 2>&1 &
        sleeping=$!
        wait "$sleeping"
        seconds=$((seconds + 5))
        [[ ! -t 2 && $((seconds % 60)) != 0 ]] || printf '%d s ... ' "$seconds" >&2
    done
}

# Runs a command while no other start does the same: two first starts at once must not build into each other.
locked() {
    mkdir -p "$setup" 2>/dev/null && [[ -w $setup ]] ||
        die "$root must be writable for the first start, which builds. Make it so, or clone it to a folder of your own."
    exec {lock}>"$setup/lock"
    flock -n "$lock" || { say "waiting for another start to finish its set-up" && flock "$lock"; }
    "$@"
    exec {lock}>&-
}
