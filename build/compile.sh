# shellcheck shell=bash
# Building with the .NET SDK, once, and again when a source has changed.

# Builds TARGET unless it was built since the last change to the folders: build NAME TARGET FOLDER...
build() {
    local stamp=$setup/$1
    if changed "$stamp" "${@:3}"; then locked build_changed "$stamp" "$@"; fi
    read -r dotnet <"$stamp"
    [[ -x $dotnet ]] || find_dotnet
    # Nodes and tests start it by its name.
    [[ $(command -v dotnet) == "$dotnet" ]] || export PATH=${dotnet%/*}:$PATH
}

# The stamp holds the path of dotnet and is as old as the start of the build.
changed() {
    [[ -e $1 && -e $program/fsweep.dll ]] || return 0
    is_older "$@"
}

# Whether a file in the folders is newer than a stamp: is_older STAMP FOLDER... Folders count too: their time tells of removed files.
is_older() {
    local stamp=$1 folders=("${@:2}")
    [[ -n $(find "${folders[@]/#/$root/}" "$root"/Directory.* "$root/global.json" "$root/.editorconfig" \
        \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit) ]]
}

build_changed() {
    local stamp=$1 target=$3
    changed "$stamp" "${@:4}" || return 0
    find_dotnet
    # Made beforehand, so that the build doesn't change the folders around them after the stamp.
    local project
    for project in "$root"/{src,tests}/*/; do mkdir -p "$project"/{bin,obj}; done
    echo "$dotnet" >"$stamp.new"
    # A program that runs keeps the files it has open; a build that writes into them would crash it.
    rm -rf "$program"
    local what="building"
    [[ -e $stamp ]] || what="building (once, from half a minute to four)"
    if ! step "$what" "$setup/build.log" compile "$target"; then
        cat "$setup/build.log" >&2
        say "the build failed; its log is in $setup/build.log"
        exit 1
    fi
    mv "$stamp.new" "$stamp"
}

# In the root, whose global.json names the SDK; the lock isn't for servers that outlive the build.
compile() (
    exec {lock}>&-
    cd "$root" && sdk build "$1" --configuration Release --nologo --verbosity quiet -nodeReuse:false -clp:NoSummary -p:RestoreLockedMode=true
)

sdk() { on_bare_machine "$dotnet" "$@"; }

# Runs a dotnet command with what it needs on a bare machine: a home it can write to, and no ICU. Pages of memory may be both written and run, which is cheaper.
on_bare_machine() {
    local home=${HOME:-~}
    [[ -w $home ]] || { home=$setup/home && mkdir -p "$home"; }
    HOME=$home DOTNET_CLI_HOME=$home DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
        DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_EnableWriteXorExecute=0 "$@"
}

# Sets $dotnet to one that has the SDK of version 10.
find_dotnet() {
    local candidate seen=
    for candidate in "$(command -v dotnet)" "${DOTNET_ROOT-}/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet "${HOME:-~}/.dotnet/dotnet"; do
        [[ -x $candidate ]] || continue
        dotnet=$candidate
        local versions
        versions=$("$candidate" --list-sdks 2>/dev/null | cut -d' ' -f1)
        grep -q '^10\.' <<<"$versions" && return
        seen+=" ${versions//$'\n'/ }"
    done
    die "the .NET 10 SDK is missing (found:${seen:- none}). Get it in one of these ways, then start again:
  sudo apt-get install dotnet-sdk-10.0                                              where the release has it, as Ubuntu does
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0        any Linux, into ~/.dotnet, without root
  https://learn.microsoft.com/dotnet/core/install/linux                             everything else"
}
