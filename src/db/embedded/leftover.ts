import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const pollMs = 25
const stopLadder = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

const pidFile = (directory: string) => join(directory, 'postmaster.pid')

export type PidFile = { readonly pid: number; readonly status: string | null }

/** PostgreSQL's own note beside its data: pid in the first line, state in the eighth. */
export const readPidFile = async (directory: string): Promise<PidFile | null> => {
  const text = await readFile(pidFile(directory), 'utf8').catch(() => null)
  const lines = text?.split('\n')
  const pid = Number(lines?.[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, status: lines?.[7]?.trim() || null } : null
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether this pid is a PostgreSQL on this very folder. After a restart of the machine the number may belong to
 * anybody, and a copied data directory brings the pid file of the original along.
 */
const servesFolder = async (pid: number, directory: string): Promise<boolean> => {
  if (!isAlive(pid)) return false
  // A server's working folder is its data folder.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (folder !== null) return folder === (await realpath(directory))
  const command = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return command.stdout.includes('postgres') && command.stdout.includes(directory)
}

const endedWithin = async (pid: number, directory: string, limitMs: number): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pollMs) {
    if (!(await servesFolder(pid, directory))) return true
    await pause(pollMs)
  }
  return false
}

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * A program that was killed leaves its database running. It is stopped here, gently first (SIGINT is a fast
 * shutdown with checkpoint). The caller holds the lock on DATA_DIR, so nobody is using it.
 */
export const stopLeftover = async (directory: string, log: (line: string) => void): Promise<void> => {
  const left = await readPidFile(directory)
  if (!left) return
  if (!(await servesFolder(left.pid, directory))) {
    // PostgreSQL clears a dead server's pid file itself and checks its shared memory first; only a number that
    // now belongs to another program would mislead it.
    if (isAlive(left.pid)) await rm(pidFile(directory), { force: true })
    return
  }
  log(`A database server of an earlier run is still there (pid ${left.pid}); stopping it first.`)
  for (const [signal, limitMs] of stopLadder) {
    send(left.pid, signal)
    if (await endedWithin(left.pid, directory, limitMs)) return
  }
}
