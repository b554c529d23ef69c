import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 100

const statOf = (pid: string): number[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number)

/** Processor time of a PostgreSQL cluster so far, its ended backends included, in seconds (proc(5)). */
export const makeDatabaseCpu = (dataDir: string) => {
  const [postmaster = ''] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  return (): number => {
    let ticks = 0
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const fields = statOf(pid)
        const own = (fields[11] ?? 0) + (fields[12] ?? 0)
        if (pid === postmaster) ticks += own + (fields[13] ?? 0) + (fields[14] ?? 0)
        else if (fields[1] === Number(postmaster)) ticks += own
      } catch {
        // It ended while we were reading.
      }
    }
    return ticks / ticksPerSecond
  }
}
