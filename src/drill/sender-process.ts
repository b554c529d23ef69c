import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseUrls } from '../db/roles.ts'
import type { Step } from './steps.ts'

export type ProcessOrder = {
  readonly variables: Readonly<Record<string, string>>
  /** Where it dies; null = it does not by itself. */
  readonly step: Step | null
}

const startMsMax = 60_000
const deathMsMax = 90_000
const lookEveryMs = 50

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export type Reply = { readonly status: number; readonly body: Record<string, unknown> }

/** The program under drill: web, worker and sender in one process, spoken to over HTTP. */
export class SenderProcess {
  readonly #variables: Readonly<Record<string, string>>
  readonly #url: string
  #child: ChildProcess | null = null
  #cookie = ''

  private constructor(url: string, variables: Readonly<Record<string, string>>) {
    this.#url = url
    this.#variables = variables
  }

  static async make(dataDir: string, urls: DatabaseUrls, threads: number): Promise<SenderProcess> {
    const port = await freePort()
    const url = `http://localhost:${port}`
    return new SenderProcess(url, {
      DATABASE_URL: urls.app,
      DATABASE_MIGRATION_URL: urls.owner,
      DATA_DIR: dataDir,
      LISTEN_PORT: String(port),
      PUBLIC_URL: url,
      CONTENT_URL: `http://localhost:${await freePort()}`,
      SIMULATOR_SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
      SIMULATOR_MAILS_MAX: '1000000',
      SECRET_KEYS: `drill:${randomBytes(32).toString('base64')}`,
      SENDER_THREADS: String(threads),
      CAMPANILE_TEST_SUPPORT: '1',
      LOG_LEVEL: 'error',
    })
  }

  /** @throws when it does not answer in time, unless it was to die before that. */
  async start(step: Step | null): Promise<void> {
    const child = fork(new URL('../drill-process.ts', import.meta.url), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child = child
    child.send({ variables: this.#variables, step } satisfies ProcessOrder)
    const until = performance.now() + startMsMax
    while (performance.now() < until && !this.#isDead()) {
      const reply = await this.call('GET', '/api/v1/health').catch(() => null)
      if (reply?.status === 200) return
      await sleep(lookEveryMs)
    }
    if (step !== null && child.signalCode === 'SIGKILL') return
    throw new Error('the program under drill did not start')
  }

  /** Waits until it has died of its step; false when that was not reached in time. */
  async died(): Promise<boolean> {
    const child = this.#child
    if (!child || this.#isDead()) return child?.signalCode === 'SIGKILL'
    const timeout = AbortSignal.timeout(deathMsMax)
    await once(child, 'exit', { signal: timeout }).catch(() => {})
    return child.signalCode === 'SIGKILL'
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child || this.#isDead()) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child || this.#isDead()) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }

  async call(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        origin: this.#url,
        'x-campanile-request': '1',
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const session = response.headers.getSetCookie().find((line) => line.startsWith('sid='))
    if (session) this.#cookie = session.split(';')[0] ?? ''
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
  }

  /** @throws when the answer is not a success. */
  async demand(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const reply = await this.call(method, path, body)
    if (reply.status < 200 || reply.status > 202)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  #isDead(): boolean {
    return !this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null
  }
}
