import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { readPidFile } from './leftover.ts'
import { exitOf, type Programs, start } from './program.ts'
import { settingArguments } from './settings.ts'

const readyPollMs = 20
/** Long, because after a crash PostgreSQL first repeats what its log holds. */
const readyLimitMs = 300_000
const fastStopMs = 20_000
const lastLinesMax = 20

export type Server = {
  /** Settles when the server has ended, whoever ended it. */
  readonly ended: Promise<number | null>
  stop(): Promise<void>
}

export type ServerOptions = {
  readonly programs: Programs
  readonly directory: string
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
  readonly log: (line: string) => void
}

/** Starts `postgres` as our child and waits until it takes connections. */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const { programs, directory, port, settings, log } = options
  const child = start(programs, 'postgres', ['-D', directory, ...settingArguments(port, settings)], {
    stdin: 'ignore',
    isServer: true,
  })
  const lastLines: string[] = []
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue
    createInterface({ input }).on('line', (line) => {
      lastLines.push(line)
      if (lastLines.length > lastLinesMax) lastLines.shift()
      log(line)
    })
  }
  const ended = exitOf(child)
  // Whatever ends this process in an orderly way also ends the database; kill -9 is the next start's business.
  const endWithUs = () => child.kill('SIGINT')
  process.once('exit', endWithUs)
  const state = { hasEnded: false }
  const forget = () => {
    state.hasEnded = true
    process.removeListener('exit', endWithUs)
  }
  ended.then(forget, forget)

  const stop = async () => {
    if (state.hasEnded) return
    child.kill('SIGINT')
    const timer = setTimeout(() => child.kill('SIGQUIT'), fastStopMs)
    await ended.catch(() => null)
    clearTimeout(timer)
  }

  for (let waitedMs = 0; ; waitedMs += readyPollMs) {
    if (state.hasEnded) {
      await ended
      throw new Error(`The database server did not start:\n${lastLines.join('\n')}`)
    }
    const note = await readPidFile(directory)
    if (note?.pid === child.pid && note?.status === 'ready') return { ended, stop }
    if (waitedMs >= readyLimitMs) {
      await stop()
      throw new Error(`The database server was not ready after ${readyLimitMs / 1000} s`)
    }
    await pause(readyPollMs)
  }
}
