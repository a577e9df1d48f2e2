# shellcheck shell=bash
# The Debian packages that FashionSweep uses: whether they are there, and getting them.

declare -A title=([onednn]='oneDNN' [dataset]='Fashion-MNIST' [clock]='libfaketime' [network]='iproute2' [browser]='Chromium')
# Releases differ in oneDNN's version, which is part of its package's name.
declare -A usual_name=([onednn]=libdnnl2 [dataset]=dataset-fashion-mnist [clock]=faketime [network]=iproute2 [browser]=chromium-headless-shell)
declare -A name_pattern=([onednn]='libdnnl[0-9.]+(t64)?' [dataset]='dataset-fashion-mnist' [clock]='faketime' [network]='iproute2' [browser]='chromium(-headless-shell)?')
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=30)

# Those of the needs that are missing, by file tests only.
missing() {
    local need
    for need; do
        case $need in
            onednn) library 'libdnnl.so.[0-9]*' || echo onednn ;;
            dataset) dataset >/dev/null || echo dataset ;;
            clock) library 'faketime/libfaketimeMT.so.1' || echo clock ;;
            network) PATH=$PATH:/usr/sbin:/sbin command -v tc >/dev/null || echo network ;;
            browser) command -v chromium-headless-shell chromium google-chrome >/dev/null || echo browser ;;
        esac
    done
}

library() {
    local folder
    local IFS=:
    for folder in ${LD_LIBRARY_PATH-} /usr/lib/*-linux-gnu* /lib/*-linux-gnu* /usr/lib64 /usr/lib /usr/local/lib; do
        compgen -G "$folder/$1" >/dev/null && return
    done
    return 1
}

# Says where the images are.
dataset() {
    [[ -z ${FASHION_MNIST_DIR-} ]] || { echo "$FASHION_MNIST_DIR" && return; }
    local folder
    for folder in /usr/share/datasets/fashion-mnist "${XDG_CACHE_HOME:-${HOME:-~}/.cache}/fashionsweep/fashion-mnist"; do
        [[ -e $folder/train-images-idx3-ubyte.gz ]] && echo "$folder" && return
    done
    return 1
}

install_missing() {
    local lacking failed=$setup/install-failed
    # Again: another start may have installed it while this one waited for the lock.
    mapfile -t lacking < <(missing "$@")
    ((${#lacking[@]})) && may_install || return 0
    # Where it could not be had a while ago, as without a network, it is not tried at every start.
    [[ -z $(find "$failed" -mmin -30 2>/dev/null) ]] || return 0
    if step "installing $(titles "${lacking[@]}") with apt" "$setup/install.log" apt_install "${lacking[@]}"; then
        rm -f "$failed"
    else
        grep -E '^(E|W|Err)[ :]' "$setup/install.log" | tail -n 5 >&2
        say "the full log is $setup/install.log; apt is asked again in half an hour, or after: rm '$failed'"
        touch "$failed"
    fi
}

may_install() {
    [[ -z ${FSWEEP_NO_INSTALL-} ]] && command -v apt-get >/dev/null || return 1
    ((EUID == 0)) && return
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && apt=(sudo -n "${apt[@]}")
}

# A fresh machine may have no package lists at all, or lists of packages that are superseded: then they are read anew.
# Reinstalled, because a package whose files were taken away still counts as installed.
apt_install() {
    local names
    names=$(available "$@") && "${apt[@]}" install --reinstall --no-install-recommends $names && return
    "${apt[@]}" update
    names=$(available "$@") || echo "E: This release has no package of: $(titles "$@"); found only: ${names:-none}"
    [[ -n $names ]] && "${apt[@]}" install --reinstall --no-install-recommends $names && [[ -z $(missing "$@") ]]
}

# The names of the needs' packages in this release; fails where one has none.
available() {
    local need name complete=0
    for need; do
        name=$(apt-cache search --names-only "^${name_pattern[$need]}\$" | sort -V | tail -n 1)
        [[ -n $name ]] && echo "${name%% *}" || complete=1
    done
    return "$complete"
}

# Says what is still missing and what it means.
report_missing() {
    local lacking need
    mapfile -t lacking < <(missing "$@")
    ((${#lacking[@]})) || return 0
    say "missing: $(titles "${lacking[@]}"). To install: sudo apt-get install$(for need in "${lacking[@]}"; do echo -n " ${usual_name[$need]}"; done)"
    for need in "${lacking[@]}"; do
        case $need in
            onednn) say "  oneDNN: releases after Debian 12 and Ubuntu 22.04 call it libdnnl3. Without it training is slower, on kernels in C#." ;;
            dataset) say "  Fashion-MNIST: without root, get it with: $root/fsweep data fetch" ;;
            clock) say "  libfaketime: the test that sets the clock fails without it." ;;
            network) say "  iproute2: the tests of network cuts are skipped without it." ;;
            browser) say "  Chromium: the dashboard's tests fail without it; all of Chromium or Google Chrome will do, and take longer." ;;
        esac
    done
}

titles() {
    local need text=
    for need; do text+=", ${title[$need]}"; done
    echo "${text#, }"
}
