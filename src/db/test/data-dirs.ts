import { chmod, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded/index.ts'
import { stopLeftover } from '../embedded/leftover.ts'
import { shelterOf } from '../embedded/shelter.ts'
import { lockDataDir } from '../lock.ts'

const prefix = 'campanile-test-'
const youngMs = 600_000

/** Nothing of a test run has to survive a power cut. */
const hastySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
}

const releases = new Map<string, () => Promise<void>>()

/** `closed`: like below a home of root, the database's unprivileged user may not enter it. */
export const makeDataDir = async (entry: 'open' | 'closed' = 'open'): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), prefix))
  if (entry === 'open') await chmod(dataDir, 0o755)
  releases.set(dataDir, await lockDataDir(dataDir))
  return dataDir
}

export const removeDataDir = async (dataDir: string): Promise<void> => {
  await releases.get(dataDir)?.()
  releases.delete(dataDir)
  await rm(shelterOf(dataDir), { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

/** Ends and removes what test runs that were killed have left; running ones hold the lock on theirs. */
export const sweepDataDirs = async (own: string): Promise<void> => {
  const { mtimeMs } = await stat(own)
  for (const name of await readdir(tmpdir())) {
    const dataDir = join(tmpdir(), name)
    if (!name.startsWith(prefix) || dataDir === own) continue
    if (mtimeMs - (await stat(dataDir)).mtimeMs < youngMs) continue
    const release = await lockDataDir(dataDir).catch(() => null)
    if (!release) continue
    await release()
    const cluster = await realpath(join(dataDir, 'postgres')).catch(() => null)
    if (cluster) await stopLeftover(cluster, () => {})
    await removeDataDir(dataDir)
  }
}

export const startHastily = (
  dataDir: string,
  settings: Record<string, string> = {},
  log: (line: string) => void = () => {},
): Promise<EmbeddedDatabase> =>
  startEmbeddedDatabase({ dataDir, log, settings: { ...hastySettings, ...settings } })
