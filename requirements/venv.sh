# Sourced by ./run and ./test: finds Python, makes .venv, installs a locked list when it changed. POSIX sh. Expects $here.
venv=$here/.venv

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
  say 'Cần Python 3.11 trở lên; hãy cài (ví dụ: apt-get install python3) rồi chạy lại. / Python 3.11 or later is needed; install it, then run this again.'
  exit 1
}

# Debian and Ubuntu split venv from Python: install it when we may, else say the exact command.
need_venv_module() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Cài $package … / Installing $package …"
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >&2 && return
  fi
  say "Python này thiếu mô-đun venv; hãy chạy: sudo apt-get install $package — rồi chạy lại. / This Python lacks venv; run that command, then this one again."
  exit 1
}

ready_venv() {
  "$venv/bin/python" -c 'import pip' 2>/dev/null && return
  python=$(find_python)
  need_venv_module "$python"
  say 'Tạo .venv … / Making .venv …'
  "$python" -m venv --clear "$venv"
}

# install_locked NAME: requirements/NAME.txt, every file checked against its hash; nothing to do when the list is the same as last time.
install_locked() {
  cmp -s "$here/requirements/$1.txt" "$venv/installed-$1.txt" && return
  say "Cài các gói trong requirements/$1.txt (một lần) … / Installing requirements/$1.txt (once) …"
  if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/$1.txt" >&2; then
    say 'Chưa cài được các gói; hãy kiểm tra kết nối mạng rồi chạy lại. / The packages could not be installed; check the network, then run this again.'
    exit 1
  fi
  cp "$here/requirements/$1.txt" "$venv/installed-$1.txt"
}
