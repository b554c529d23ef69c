import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded/index.ts'
import { shelterOf } from '../embedded/shelter.ts'

/** Nothing of a test run has to survive a power cut. */
export const hastySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
}

/** `closed`: like below a home of root, the database's unprivileged user may not enter it. */
export const makeDataDir = async (entry: 'open' | 'closed' = 'open'): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'campanile-test-'))
  if (entry === 'open') await chmod(dataDir, 0o755)
  return dataDir
}

export const removeDataDir = async (dataDir: string): Promise<void> => {
  await rm(shelterOf(dataDir), { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

export const startHastily = (
  dataDir: string,
  settings: Record<string, string> = {},
  log: (line: string) => void = () => {},
): Promise<EmbeddedDatabase> =>
  startEmbeddedDatabase({ dataDir, log, settings: { ...hastySettings, ...settings } })
