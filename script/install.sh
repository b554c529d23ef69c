# Read by the other scripts: goes to the root of the checkout, installs what is missing, puts Node 24 first.

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# A relative DATA_DIR means the folder the caller stands in.
case ${DATA_DIR:-/} in
  /*) ;;
  *) DATA_DIR=$PWD/$DATA_DIR; export DATA_DIR ;;
esac
cd -- "$(dirname -- "$0")/.."
root=$PWD

command -v node >/dev/null 2>&1 || die 'Campanile needs Node 20 or newer with npm (https://nodejs.org); there is no "node" here.'
found=$(node -p 'process.versions.node')
[ "${found%%.*}" -ge 20 ] || die "Campanile needs Node 20 or newer; this is $found."
command -v npm >/dev/null 2>&1 || die 'Campanile needs npm, which comes with Node; there is no "npm" here.'

# The packages of this lock file on this machine; anything else is installed anew.
lock=$(node -e '
  const { createHash } = require("node:crypto")
  const { readFileSync } = require("node:fs")
  const hash = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex")
  process.stdout.write(`${hash} ${process.platform} ${process.arch}`)
')
stamp=node_modules/.campanile-installed
if [ "$(cat "$stamp" 2>/dev/null)" != "$lock" ]; then
  say 'Installing packages (once, a minute or two) ...'
  rm -f "$stamp"
  # NODE_ENV=production would leave out what builds the console.
  npm ci --include=dev --loglevel=error --no-fund --no-audit --no-update-notifier ||
    die 'The packages could not be installed; npm has said why above.'
  node_modules/.bin/node -e 'process.exit(parseInt(process.versions.node) >= 24 ? 0 : 1)' 2>/dev/null ||
    die 'npm did not bring Node 24. Are install scripts switched off? (npm config set ignore-scripts false)'
  printf '%s' "$lock" >"$stamp"
fi

PATH=$root/node_modules/.bin:$PATH
export PATH
