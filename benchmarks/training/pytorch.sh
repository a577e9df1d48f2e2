# shellcheck shell=bash
# Sourced by benchmarks/training/run: PyTorch 2.6 as Debian 13 has it, in a folder of its own, and a python that runs in it on whichever Debian.

pytorch=$setup/pytorch

provide_pytorch() { [[ -x $pytorch/python ]] || locked get_pytorch; }

get_pytorch() {
    [[ ! -x $pytorch/python ]] || return 0
    local mirror
    mirror=$(debian_mirror) || true
    if [[ -z $mirror ]]; then
        say "PyTorch is not measured: its packages are Debian's, and this is none"
    elif ! step "getting PyTorch 2.6 from Debian 13 (once, 211 MB)" "$setup/pytorch.log" make_pytorch "$mirror"; then
        tail -n 5 "$setup/pytorch.log" >&2
        say "PyTorch is not measured; the full log is $setup/pytorch.log"
    fi
}

# OpenBLAS, because without it PyTorch would run on a reference BLAS that no user of it would accept. What packages would set up when they are installed is
# not needed: paths are given to the loader and to Python instead. The last line says whether it works.
make_pytorch() (
    exec {lock}>&-
    work=$pytorch.apt
    rm -rf "$work" "$pytorch"
    debian_13 "$1" "$work" &&
        apt-get "${options[@]}" -y -o Debug::NoLocking=1 --no-install-recommends --download-only install python3-torch libopenblas0-pthread || exit 1
    for package in "$work"/archives/*.deb; do dpkg-deb -x "$package" "$work/root" || exit 1; done
    mkdir -p "$pytorch"
    mv "$work/root" "$pytorch/"
    rm -rf "$work"
    write_python >"$pytorch/python.new"
    chmod +x "$pytorch/python.new"
    "$pytorch/python.new" -c 'import torch; print(torch.__version__)' && mv "$pytorch/python.new" "$pytorch/python"
)

write_python() {
    local usr=$pytorch/root/usr
    local libraries=$usr/lib/x86_64-linux-gnu binaries=("$usr"/bin/python3.[0-9]*)
    cat <<END
#!/bin/sh
export PYTHONHOME='$usr' PYTHONPATH='$usr/lib/python3/dist-packages' PYTHONDONTWRITEBYTECODE=1
exec '$libraries/ld-linux-x86-64.so.2' --library-path '$libraries/openblas-pthread:$libraries:$usr/lib' '${binaries[0]}' "\$@"
END
}
