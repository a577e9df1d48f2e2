# shellcheck shell=bash
# Sourced by build/setup.sh. Engine torchsharp: got where it is asked for, and kept up to date from then on.

engine=$program/node/engines/torchsharp
# Newer libraries of the C and C++ runtimes, and a dotnet command that starts with them.
system=$setup/torchsharp-system

# Builds the engine into its folder if it is asked for, or was before: provide_engine [asked]
provide_engine() {
    [[ ${1-} == asked || -e $setup/torchsharp ]] || return 0
    engine_changed || return 0
    [[ $(uname -sm) == 'Linux x86_64' ]] || die "engine torchsharp is there for Linux on x86-64 only: this is $(uname -sm)"
    [[ -e $setup/torchsharp ]] || say "engine torchsharp stands on libtorch: 128 MB to download, 480 MB on disk"
    locked get_engine
}

# The stamp is as old as the start of the build. What builds the program anew takes the folder away with it.
engine_changed() {
    [[ -e $setup/torchsharp && -e $engine/FashionSweep.Training.Torch.dll ]] || return 0
    if system_is_old; then system_is_made || return 0; fi
    is_older "$setup/torchsharp" src/Shared src/Training src/Training.Torch
}

get_engine() {
    engine_changed || return 0
    [[ -x $dotnet ]] || find_dotnet
    if system_is_old && ! system_is_made; then get_system; fi
    mkdir -p "$root"/src/{Shared,Training,Training.Torch}/{bin,obj}
    touch "$setup/torchsharp.new"
    local what="building engine torchsharp"
    [[ -e $setup/torchsharp ]] || what="getting libtorch and building engine torchsharp (once)"
    if ! step "$what" "$setup/engine.log" publish_engine; then
        tail -n 5 "$setup/engine.log" >&2
        die "engine torchsharp can't be had; the full log is $setup/engine.log"
    fi
    if system_is_old; then ln -sfn "$system" "$engine/system"; fi
    mv "$setup/torchsharp.new" "$setup/torchsharp"
}

publish_engine() (
    exec {lock}>&-
    cd "$root" && rm -rf "$engine" && sdk publish src/Training.Torch/Training.Torch.csproj --configuration Release --output "$engine" \
        --nologo --verbosity quiet -nodeReuse:false -clp:NoSummary -p:RestoreLockedMode=true -p:PublishDocumentationFiles=false
)

# The dotnet command that programs with the engine run by.
engine_dotnet() { if system_is_old; then echo "$system/dotnet"; else echo "$dotnet"; fi; }

# libtorch's wrapper needs a symbol of GCC 13's libstdc++, which needs glibc 2.38.
system_is_old() {
    local library
    for library in /usr/lib/x86_64-linux-gnu /usr/lib64 /lib64 /usr/lib; do
        [[ ! -e $library/libstdc++.so.6 ]] || { ! grep -q GLIBCXX_3.4.32 "$library/libstdc++.so.6"; return; }
    done
    return 1
}

# The dotnet command is a copy of the one whose folders it uses.
system_is_made() { [[ -x $system/dotnet && $(readlink "$system/shared") == "$(dotnet_root)/shared" ]]; }

dotnet_root() { dirname -- "$(readlink -f -- "${dotnet:-$(command -v dotnet)}")"; }

get_system() {
    local mirror what="Debian 13's libc6, libstdc++6 and libgcc-s1"
    mirror=$(debian_mirror) || true
    [[ -n $mirror ]] || die "engine torchsharp needs a newer libstdc++ than this system's (GLIBCXX_3.4.32): use Debian 13, Ubuntu 24.04 or the container image"
    if ! step "getting $what, 25 MB (libtorch needs them)" "$setup/system.log" make_system "$mirror"; then
        grep -E '^(E|Err)[ :]' "$setup/system.log" | tail -n 5 >&2
        die "engine torchsharp needs $what, which could not be had; the full log is $setup/system.log"
    fi
}

# The mirror that this machine's own apt is set up with.
debian_mirror() {
    (. /etc/os-release && [[ $ID == debian ]]) && command -v apt-get dpkg-deb >/dev/null || return 1
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v release="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$2 == release && $3 == "main" { print $1; exit }'
}

# Sets the options by which apt gets packages of Debian 13 into a folder, with a state of its own: nothing is installed, and nobody need be root.
# debian_13 MIRROR FOLDER
debian_13() {
    local keys=/usr/share/keyrings/debian-archive-keyring.gpg
    [[ -e $keys ]] || keys=
    mkdir -p "$2"/{lists/partial,archives/partial,root}
    touch "$2/status"
    echo "deb [arch=amd64${keys:+ signed-by=$keys}] $1 trixie main" >"$2/sources.list"
    options=(-q -o "Dir::State=$2" -o "Dir::State::lists=$2/lists" -o "Dir::State::status=$2/status" -o "Dir::Cache=$2"
        -o "Dir::Etc::sourcelist=$2/sources.list"
        -o Dir::Etc::sourceparts=- -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
        -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=30)
    apt-get "${options[@]}" update
}

make_system() (
    set -e
    exec {lock}>&-
    work=$system.apt
    rm -rf "$work" "$system"
    mkdir -p "$system/lib"
    debian_13 "$1" "$work"
    cd "$work"
    apt-get "${options[@]}" download libc6 libstdc++6 libgcc-s1 patchelf
    for package in *.deb; do dpkg-deb -x "$package" root; done
    cp -a root/usr/lib/x86_64-linux-gnu/*.so* "$system/lib/"
    loader=$system/lib/ld-linux-x86-64.so.2
    cp "$(dotnet_root)/dotnet" dotnet
    # It comes from the same release, so it runs through that one's loader too.
    "$loader" --library-path "$system/lib" root/usr/bin/patchelf --set-interpreter "$loader" --set-rpath "$system/lib" --force-rpath dotnet
    ln -s "$(dotnet_root)"/{host,shared,sdk} "$system/"
    mv dotnet "$system/dotnet"
    "$system/dotnet" --list-runtimes
    cd "$setup" && rm -rf "$work"
)
