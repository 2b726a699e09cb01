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
# KYCUONG_WHEELS=FOLDER: from that folder alone (./run wheels made it on a machine with a network), whatever pip is otherwise set to.
install_locked() {
  cmp -s "$here/requirements/$1.txt" "$venv/installed-$1.txt" && return
  if [ -n "${KYCUONG_WHEELS:-}" ]; then
    install_from_folder "$1" "$KYCUONG_WHEELS"
  else
    say "Cài các gói trong requirements/$1.txt (một lần) … / Installing requirements/$1.txt (once) …"
    if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/$1.txt" >&2; then
      say 'Chưa cài được các gói; hãy kiểm tra kết nối mạng rồi chạy lại (máy không có mạng: docs/guide/install.md, KYCUONG_WHEELS). / The packages could not be installed; check the network, then run this again (without a network: docs/guide/install.md, KYCUONG_WHEELS).'
      exit 1
    fi
  fi
  cp "$here/requirements/$1.txt" "$venv/installed-$1.txt"
}

install_from_folder() {
  if [ ! -f "$2/$1.txt" ]; then
    say "KYCUONG_WHEELS=$2 không phải thư mục do ./run wheels làm cho bộ gói “$1”; trên máy có mạng hãy chạy ./run wheels THƯ_MỤC rồi chép sang. / KYCUONG_WHEELS=$2 holds no set “$1” made by ./run wheels; make one on a machine with a network and bring it here."
    exit 1
  fi
  if ! cmp -s "$here/requirements/$1.txt" "$2/$1.txt"; then
    say "Thư mục $2 được làm từ phiên bản khác (requirements/$1.txt khác nhau); hãy chạy lại ./run wheels bằng đúng phiên bản này. / $2 was made by another release (its list differs); make it anew with this one."
    exit 1
  fi
  say "Cài requirements/$1.txt từ $2, không dùng mạng … / Installing requirements/$1.txt from $2, without a network …"
  if ! PIP_CONFIG_FILE=/dev/null "$venv/bin/python" -m pip install --isolated --quiet --disable-pip-version-check --no-cache-dir --require-hashes --only-binary :all: --no-index --find-links "$2" -r "$here/requirements/$1.txt" >&2; then
    say "Thư mục $2 thiếu gói cho máy này, hoặc một tệp đã bị sửa (xem dòng ngay trên); hãy làm lại trên máy cùng hệ điều hành và cùng $("$venv/bin/python" -V), hoặc xem docs/guide/install.md để làm cho máy khác loại. / $2 lacks a package for this machine, or a file in it was altered (see the line above); make it on a machine with the same system and the same Python, or see docs/guide/install.md for another kind of machine."
    exit 1
  fi
}

# fill_folder FOLDER [facts] [arguments of pip]: everything that an installation needs, for a machine that has no network.
fill_folder() {
  folder=$1
  shift
  sets=base
  if [ "${1:-}" = facts ]; then
    sets='base facts'
    shift
  fi
  mkdir -p "$folder" || {
    say "Không tạo được thư mục $folder; hãy chọn nơi khác. / Cannot make the folder $folder; choose another place."
    exit 1
  }
  for name in $sets; do
    rm -f "$folder/$name.txt"
    say "Tải các gói của requirements/$name.txt vào $folder … / Fetching the packages of requirements/$name.txt into $folder …"
    if ! "$venv/bin/python" -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: --dest "$folder" -r "$here/requirements/$name.txt" "$@" >&2; then
      say 'Chưa tải đủ các gói (xem dòng ngay trên): kiểm tra mạng, rồi chạy lại; tệp đã tải được dùng tiếp. / Not everything was fetched (see the line above): check the network and run this again; what is there is used.'
      exit 1
    fi
    cp "$here/requirements/$name.txt" "$folder/$name.txt"
  done
  say "Xong: $(ls "$folder" | grep -c '\.whl$') gói trong $folder. Chép thư mục này và mã nguồn sang máy kia, rồi: KYCUONG_WHEELS=$folder ./run / Done. Bring that folder and the sources to the other machine, then KYCUONG_WHEELS=FOLDER ./run"
}
