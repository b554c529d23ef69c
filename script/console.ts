import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'dist', 'console.stamp')

/** Everything the console is built from: its own files, the contracts, the tools and their versions. */
const sources = ['console/**/*', 'src/**/contract.ts', 'package-lock.json', 'vite.config.ts']

const fingerprint = (): string => {
  const hash = createHash('sha256')
  const entries = globSync(sources, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

const isBuilt = (print: string): boolean =>
  existsSync(join(root, 'dist', 'console', 'index.html')) &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === print

const print = fingerprint()
if (!isBuilt(print)) {
  console.log('Building the console ...')
  rmSync(stamp, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const build = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (build.status !== 0) {
    console.error('The console could not be built.')
    process.exit(1)
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, print)
}
