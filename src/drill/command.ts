import { mkdtempSync } from 'node:fs'
import { realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ConfigError, readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { drillKill9 } from './drill.ts'

const messagesMax = 1_000_000
const roundsMax = 1_000

const count = (name: string, text: string | undefined, fallback: number, max: number): number => {
  if (text === undefined) return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= 0 && value <= max)) throw new ConfigError(name, `must be a whole number up to ${max}`)
  return value
}

const messagesMin = 200
const threads = 2

export type DrillArguments = { readonly messages?: string | undefined; readonly rounds?: string | undefined }

/**
 * `campanile drill kill9`: on a database of its own, made for it and removed after it, whatever DATABASE_URL says.
 * Answers 0 only when nothing was lost, nothing doubled, and every step was reached.
 */
export const runDrillKill9 = async (given: DrillArguments, say: (line: string) => void): Promise<number> => {
  const messages = Math.max(messagesMin, count('--messages', given.messages, 10_000, messagesMax))
  const rounds = count('--rounds', given.rounds, 0, roundsMax)
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-drill-db-'))
  const database = await openDatabase(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }), say)
  try {
    const result = await drillKill9({ messages, rounds, threads, urls: database.urls }, say)
    for (const failure of result.failures) say(`! ${failure}`)
    say(`kills ${result.kills}, accepted ${result.accepted}`)
    say(`lost ${result.lost}, doubled ${result.doubled}, uncertain ${result.uncertain}`)
    return result.lost === 0 && result.doubled === 0 && result.failures.length === 0 ? 0 : 1
  } finally {
    // The server may have had to live elsewhere, because its own user may not enter the folder.
    const place = await realpath(join(dataDir, 'postgres')).catch(() => join(dataDir, 'postgres'))
    await database.close()
    for (const folder of [dirname(place), dataDir]) await rm(folder, { recursive: true, force: true })
  }
}
