import { setTimeout as pause } from 'node:timers/promises'
import { stopLeftover } from './leftover.ts'
import { freeLoopbackPort } from './port.ts'
import { type Server, type ServerOptions, startServer } from './server.ts'

const startAttemptsMax = 4
const restartPauseMs = 500
const restartPauseMsMax = 15_000

export type SupervisedServer = { readonly port: number; stop(): Promise<void> }

/** A server that is started again, on the same port, when it ends without being told to (killed, out of memory). */
export const superviseServer = async (options: ServerOptions): Promise<SupervisedServer> => {
  const first = await startOnFreePort(options)
  const settled = { ...options, port: first.port }
  const stopping = new AbortController()
  let server: Server | null = first.server

  const keepRunning = async () => {
    while (server) {
      await server.ended.catch(() => null)
      if (stopping.signal.aborted) return
      options.log('The database server has ended unexpectedly; starting it again.')
      server = await restart(settled, stopping.signal)
    }
  }
  const kept = keepRunning()
  return {
    port: first.port,
    stop: async () => {
      stopping.abort()
      await server?.stop()
      await kept
    },
  }
}

/** A port that was free a moment ago may be taken by now; a killed server's shared memory may take a moment to go. */
const startOnFreePort = async (options: ServerOptions): Promise<{ server: Server; port: number }> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port || (await freeLoopbackPort())
    try {
      return { port, server: await startServer({ ...options, port }) }
    } catch (error) {
      const passing = options.port ? /still in use/ : /still in use|Address already in use/
      const mayPass = error instanceof Error && passing.test(error.message)
      if (!mayPass || attempt >= startAttemptsMax) throw error
      await pause(restartPauseMs)
    }
  }
}

const restart = async (options: ServerOptions, signal: AbortSignal): Promise<Server | null> => {
  for (let pauseMs = restartPauseMs; ; pauseMs = Math.min(pauseMs * 2, restartPauseMsMax)) {
    try {
      await stopLeftover(options.directory, options.log)
      const server = await startServer(options)
      if (!signal.aborted) return server
      await server.stop()
      return null
    } catch (error) {
      options.log(error instanceof Error ? error.message : String(error))
    }
    await pause(pauseMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return null
  }
}
