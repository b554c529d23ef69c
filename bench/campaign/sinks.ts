import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const folders = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec/postfix', '/opt/homebrew/sbin']
/** postfix's own measuring tools, where they are installed. */
export const postfixTool = (name: 'smtp-sink' | 'smtp-source'): string | null =>
  folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null

export type Sink = { readonly name: string; readonly port: number; close(): void }

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const startPostfixSink = async (program: string): Promise<Sink> => {
  const port = await freePort()
  const child = spawn(program, ['-u', 'nobody', `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await pause(50)
  return { name: 'postfix smtp-sink', port, close: () => child.kill() }
}

const startOwnSink = (): Promise<Sink> =>
  new Promise((resolve) => {
    const child: ChildProcess = fork(join(import.meta.dirname, '..', 'send', 'sink-process.ts'))
    child.once('message', (said) => {
      resolve({
        name: 'bundled sink',
        port: (said as { port: number }).port,
        close: () => child.disconnect(),
      })
    })
  })

/** Takes all mail and keeps none, in a process of its own. */
export const startSink = (): Promise<Sink> => {
  const program = postfixTool('smtp-sink')
  return program ? startPostfixSink(program) : startOwnSink()
}
