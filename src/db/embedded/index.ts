import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readSecretFile, writeSecretFile } from '../secret-file.ts'
import { binariesFor } from './binaries.ts'
import { hasCluster, makeCluster, setSuperuserPassword, superuser } from './cluster.ts'
import { stopLeftover } from './leftover.ts'
import { placeCluster } from './placement.ts'
import type { Programs } from './program.ts'
import { superviseServer } from './supervision.ts'

export type EmbeddedDatabase = { superuserUrl: string; stop(): Promise<void>; notice: string | null }

export type EmbeddedOptions = {
  dataDir: string
  /** 0 or absent: a free port of 127.0.0.1. */
  port?: number
  log: (line: string) => void
  /** Further settings of postgres; tests switch fsync off. */
  settings?: Record<string, string>
}

/** Starts the built-in PostgreSQL on DATA_DIR/postgres. The caller holds the lock on DATA_DIR. */
export const startEmbeddedDatabase = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const { log, settings = {} } = options
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const passwordFile = join(dataDir, 'postgres.password')
  const known = await readSecretFile(passwordFile)
  const placement = await placeCluster(dataDir, known !== null)
  const { cluster, user, notice } = placement
  const programs = { native: await binariesFor(user, dataDir), user }
  await stopLeftover(cluster, log)
  const password = known ?? randomBytes(24).toString('base64url')
  await prepareCluster(programs, cluster, {
    password,
    isNew: known === null,
    isDurable: settings['fsync'] !== 'off',
  })
  if (known === null) await writeSecretFile(passwordFile, password)
  await placement.link()
  const server = await superviseServer({
    programs,
    directory: cluster,
    port: options.port ?? 0,
    settings,
    log,
  })
  return {
    superuserUrl: `postgres://${superuser}:${password}@127.0.0.1:${server.port}/postgres`,
    stop: server.stop,
    notice,
  }
}

type Preparation = { password: string; isNew: boolean; isDurable: boolean }

const prepareCluster = async (programs: Programs, cluster: string, options: Preparation): Promise<void> => {
  if (!(await hasCluster(cluster))) return makeCluster(programs, cluster, options)
  if (options.isNew) await setSuperuserPassword(programs, cluster, options.password)
}
