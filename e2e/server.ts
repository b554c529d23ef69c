import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const startMsMax = 60_000

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export type Server = { readonly url: string; readonly setupLink: string; stop(): Promise<void> }

const linkIn = (output: string): string | undefined =>
  /http:\/\/localhost:\d+\/setup#token=\S+/.exec(output)?.[0]

const whenReady = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), startMsMax)
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const link = linkIn(output)
      if (!link) return
      clearTimeout(timer)
      resolve(link)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })

/** The program as a newcomer starts it: its own database, an empty data directory, the set-up link on the terminal. */
export const startServer = async (env: Record<string, string> = {}): Promise<Server> => {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-e2e-'))
  const child = spawn(process.execPath, [main, 'serve'], {
    env: {
      ...process.env,
      LISTEN_PORT: String(port),
      CONTENT_URL: `http://localhost:${await freePort()}`,
      SIMULATOR_SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const setupLink = await whenReady(child)
  return {
    url: `http://localhost:${port}`,
    setupLink,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
