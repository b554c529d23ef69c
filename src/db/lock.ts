import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const sqliteBusy = 5

/** Another process works in this data directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
}

/**
 * One process for each DATA_DIR. Node has no file locks of its own, SQLite does: the operating system holds this one
 * for us and takes it back however we end, kill -9 included, so there is no stale lock and no pid to mistake for
 * another program's. It also holds between containers, whose pids say nothing to each other.
 */
export const lockDataDir = async (dataDir: string): Promise<() => Promise<void>> => {
  const folder = resolve(dataDir)
  await mkdir(folder, { recursive: true })
  const pidFile = join(folder, 'campanile.pid')
  const lock = new DatabaseSync(join(folder, 'campanile.lock'), { timeout: 0 })
  try {
    // Nothing is ever written; without this a journal file would lie beside the lock.
    lock.exec('pragma journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    if ((cause as { errcode?: number }).errcode !== sqliteBusy) throw cause
    throw new DataDirInUse(await sentence(folder, pidFile), { cause })
  }
  // Only for the sentence above and for operators; it proves nothing.
  await writeFile(pidFile, `${process.pid}\n`)
  let isHeld = true
  return async () => {
    if (!isHeld) return
    isHeld = false
    await rm(pidFile, { force: true })
    lock.close()
  }
}

const sentence = async (folder: string, pidFile: string): Promise<string> => {
  const pid = (await readFile(pidFile, 'utf8').catch(() => '')).trim()
  const holder = pid ? ` (process ${pid})` : ''
  return (
    `Campanile is already running on ${folder}${holder}. ` +
    'Stop that one first, or set DATA_DIR to another folder.'
  )
}
