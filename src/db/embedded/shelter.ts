import { createHash } from 'node:crypto'
import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const root = '/var/lib/campanile'

/**
 * Where database and programs live when root's unprivileged user may not enter DATA_DIR: one folder for each
 * absolute DATA_DIR, with a note that says whose it is.
 */
export const shelterOf = (dataDir: string): string =>
  join(root, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))

const ownerNote = (shelter: string) => join(shelter, 'data-dir')

export const openShelter = async (dataDir: string): Promise<string> => {
  const shelter = shelterOf(dataDir)
  await mkdir(shelter, { recursive: true, mode: 0o755 })
  await writeFile(ownerNote(shelter), `${dataDir}\n`)
  return shelter
}

/**
 * A copied data directory brings a link to the database of the original along. Two programs must not share it, so the
 * copy is refused as long as the original still stands; after a plain move the shelter follows the new path.
 */
export const claimSheltered = async (dataDir: string, cluster: string): Promise<void> => {
  const shelter = join(cluster, '..')
  if (!cluster.startsWith(`${root}/`) || shelter === shelterOf(dataDir)) return
  const owner = (await readFile(ownerNote(shelter), 'utf8').catch(() => '')).trim()
  const ownersCluster = owner && (await realpath(join(owner, 'postgres')).catch(() => ''))
  if (ownersCluster === cluster && owner !== dataDir) {
    throw new Error(
      `${dataDir} is a copy of ${owner} and its database link leads to the database of the original (${cluster}). ` +
        `Remove ${join(dataDir, 'postgres')} to begin with an empty database.`,
    )
  }
  await writeFile(ownerNote(shelter), `${dataDir}\n`)
}

/** Somebody removed DATA_DIR to begin anew: the cluster it linked to is kept aside once, not found again by surprise. */
export const setAside = async (cluster: string): Promise<string> => {
  const aside = `${cluster}.before`
  await rm(aside, { recursive: true, force: true })
  await rename(cluster, aside)
  return aside
}
