# shellcheck shell=bash
# Sourced by benchmarks/training/run and benchmarks/search/run: PyTorch 2.6 and Optuna 4.1 as Debian 13 has them, in a folder of their own, and a python that
# runs in it on whichever Debian.

debian13=$setup/debian13

provide_debian13() { [[ -x $debian13/python ]] || locked get_debian13; }

get_debian13() {
    [[ ! -x $debian13/python ]] || return 0
    local mirror
    mirror=$(debian_mirror) || true
    if [[ -z $mirror ]]; then
        say "PyTorch and Optuna are not measured: their packages are Debian's, and this is none"
    elif ! step "getting PyTorch 2.6 and Optuna 4.1 from Debian 13 (once, 230 MB)" "$setup/debian13.log" make_debian13 "$mirror"; then
        tail -n 5 "$setup/debian13.log" >&2
        say "PyTorch and Optuna are not measured; the full log is $setup/debian13.log"
    fi
}

# OpenBLAS, because without it PyTorch would run on a reference BLAS that no user of it would accept. What packages would set up when they are installed is
# not needed: paths are given to the loader and to Python instead. The last line says whether it works.
make_debian13() (
    exec {lock}>&-
    work=$debian13.apt
    rm -rf "$work" "$debian13"
    debian_13 "$1" "$work" &&
        apt-get "${options[@]}" -y -o Debug::NoLocking=1 --no-install-recommends --download-only \
            install python3-torch python3-optuna python3-cmaes python3-scipy libopenblas0-pthread || exit 1
    for package in "$work"/archives/*.deb; do dpkg-deb -x "$package" "$work/root" || exit 1; done
    mkdir -p "$debian13"
    mv "$work/root" "$debian13/"
    rm -rf "$work"
    write_python >"$debian13/python.new"
    chmod +x "$debian13/python.new"
    "$debian13/python.new" -c 'import cmaes, optuna, scipy, torch; print(torch.__version__, optuna.__version__)' &&
        mv "$debian13/python.new" "$debian13/python"
)

write_python() {
    local usr=$debian13/root/usr
    local libraries=$usr/lib/x86_64-linux-gnu binaries=("$usr"/bin/python3.[0-9]*)
    cat <<END
#!/bin/sh
export PYTHONHOME='$usr' PYTHONPATH='$usr/lib/python3/dist-packages' PYTHONDONTWRITEBYTECODE=1
exec '$libraries/ld-linux-x86-64.so.2' --library-path '$libraries/openblas-pthread:$libraries:$usr/lib' '${binaries[0]}' "\$@"
END
}
