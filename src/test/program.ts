import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { createTestDatabase } from '../db/test/databases.ts'
import { password } from './app.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export type Answer = { status: number; body: any }

/** The program as a process of its own, on a test database, spoken to over HTTP alone. */
export type Program = {
  readonly url: string
  readonly databaseName: string
  /** All roles, unless one or some are named. */
  start(role?: string): Promise<void>
  /** Signal 9: no handler runs, nothing is tidied up. */
  kill(): Promise<void>
  /** Together with the nodes beside it. */
  stop(): Promise<void>
  call(method: string, path: string, body?: unknown): Promise<Answer>
  signIn(login: string): Promise<void>
  advance(seconds: number): Promise<void>
  /** One more process on the same database and keys, with files and addresses of its own. */
  startNode(role: string): Promise<ProgramNode>
}

export type ProgramNode = {
  /** Stops it in the middle of whatever it does, until `goOn`. */
  freeze(): void
  goOn(): void
  kill(): Promise<void>
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()))

export const makeProgram = async (env: Record<string, string> = {}): Promise<Program> => {
  const database = await createTestDatabase()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-program-'))
  const variables = {
    ...process.env,
    DATABASE_URL: database.urls.app,
    DATABASE_MIGRATION_URL: database.urls.owner,
    DATA_DIR: dataDir,
    LISTEN_PORT: String(port),
    CONTENT_URL: `http://localhost:${await freePort()}`,
    SIMULATOR_SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
    SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    CAMPANILE_TEST_SUPPORT: '1',
    LOG_LEVEL: 'error',
    ...env,
  }
  let child: ChildProcess | null = null
  const nodes: (() => Promise<void>)[] = []
  let cookie = ''

  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}${path.startsWith('/test/') ? path : `/api/v1${path}`}`, {
      method,
      headers: {
        origin: url,
        'x-campanile-request': '1',
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const session = response.headers.getSetCookie().find((line) => line.startsWith('sid='))
    if (session) cookie = session.split(';')[0] ?? ''
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  const isReady = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/api/v1/health`)).status === 200
    } catch {
      return false
    }
  }

  const program: Program = {
    url,
    databaseName: database.name,
    call,
    start: async (role) => {
      const started = spawn(process.execPath, [main, 'serve', ...(role ? ['--role', role] : [])], {
        env: variables,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      child = started
      for (let tries = 0; tries < 300 && !(await isReady()); tries += 1) {
        if (started.exitCode !== null) throw new Error(`the program ended with ${started.exitCode}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    kill: async () => {
      child?.kill('SIGKILL')
      if (child) await ended(child)
    },
    stop: async () => {
      await Promise.all(nodes.map((kill) => kill()))
      child?.kill('SIGTERM')
      if (child) await ended(child)
    },
    signIn: async (login) => {
      const answer = await call('POST', '/sign-in', { login, password })
      if (answer.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(answer.body)}`)
    },
    advance: async (seconds) => {
      const answer = await call('POST', '/test/clock', { advance_seconds: seconds })
      if (answer.status !== 200) throw new Error(`clock failed: ${JSON.stringify(answer.body)}`)
    },
    startNode: async (role) => {
      const node = spawn(process.execPath, [main, 'serve', '--role', role], {
        env: {
          ...variables,
          DATA_DIR: mkdtempSync(join(tmpdir(), 'campanile-node-')),
          LISTEN_PORT: String(await freePort()),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const kill = async () => {
        node.kill('SIGKILL')
        await ended(node)
      }
      nodes.push(kill)
      await once(node.stdout, 'data')
      return { freeze: () => void node.kill('SIGSTOP'), goOn: () => void node.kill('SIGCONT'), kill }
    },
  }
  afterAll(async () => {
    await Promise.all(nodes.map((kill) => kill()))
    await program.kill()
    await database.drop()
  })
  return program
}
