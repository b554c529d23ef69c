import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Who writes a journal. */
export type Owner = {
  readonly nodeId: string
  /** Where process numbers mean what they mean here: containers have their own. */
  readonly place: string
  readonly pid: number
  /** Ticks from the start of the machine to that of the process: numbers of dead processes are given out again. */
  readonly startedAt: string
  /** Changes with each start of the machine; empty where the system does not tell. */
  readonly boot: string
}

const readOr = (read: () => string, otherwise: string): string => {
  try {
    return read().trim()
  } catch {
    return otherwise
  }
}

/** The 22nd field of `/proc/<pid>/stat`; the name before it may hold anything, brackets and spaces too. */
const startOf = (pid: number): string => {
  const stat = readOr(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A process that ended and was not yet waited for runs no more.
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '')
}

const placeHere = (): string => readOr(() => readlinkSync('/proc/self/ns/pid'), `host:${hostname()}`)
const bootHere = (): string => readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), '')

export const thisOwner = (nodeId: string): Owner => ({
  nodeId,
  place: placeHere(),
  pid: process.pid,
  startedAt: startOf(process.pid),
  boot: bootHere(),
})

/** True, false, or null where it cannot be seen from here. */
export const isRunning = (owner: Owner): boolean | null => {
  const here = bootHere()
  if (owner.boot !== '' && here !== '' && owner.boot !== here) return false
  if (owner.place !== placeHere()) return null
  if (owner.startedAt !== '') return startOf(owner.pid) === owner.startedAt
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH'
  }
}

/** Whether all that was written can still be read: a machine that went down may have lost the end of the file. */
export const isComplete = (owner: Owner): boolean => owner.boot !== '' && owner.boot === bootHere()
