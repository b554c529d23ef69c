import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbeddedDatabase } from '../../src/db/embedded/index.ts'
import { migrate } from '../../src/db/migrate.ts'
import { ensureRoles } from '../../src/db/roles.ts'
import { freePort } from './sinks.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const password = 'correct horse battery staple'
const login = 'owner@example.com'

export type Body = Record<string, unknown>
export type Program = {
  readonly owner: pg.Pool
  /** Calls the API as the account's owner. Throws unless it worked. */
  call(method: string, path: string, body?: object): Promise<Body>
  /** Resident memory of the program without its database, in megabytes. */
  memory(): { readonly now: number; readonly peak: number }
  /** Processor time so far of program and database, in seconds. */
  cpu(): { readonly program: number; readonly database: number }
  close(): Promise<void>
}

const statusLine = (pid: number, name: string): number =>
  Number(
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0,
  ) / 1024

const ticksPerSecond = 100
/** utime and stime of a process, and of its ended children when asked for (proc(5)). */
const cpuOf = (pid: number, withChildren = false): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number)
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15)
  return (user + system + (withChildren ? childUser + childSystem : 0)) / ticksPerSecond
}

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()

const descendantsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** The program as it ships, in a process of its own, on a durable PostgreSQL of its own. */
export const startProgram = async (variables: Record<string, string>): Promise<Program> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-bench-'))
  const database = await startEmbeddedDatabase({ dataDir, log: () => {} })
  const urls = await ensureRoles(database.superuserUrl, { dataDir, database: 'campanile' })
  await migrate(urls.owner)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, ['--max-semi-space-size=8', main, 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: urls.app,
      DATABASE_MIGRATION_URL: urls.owner,
      DATA_DIR: join(dataDir, 'program'),
      LISTEN_PORT: String(port),
      CONTENT_URL: `http://localhost:${await freePort()}`,
      SIMULATOR_SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
      LOG_LEVEL: 'error',
      CAMPANILE_TEST_SUPPORT: '1',
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const pid = child.pid
  if (pid === undefined) throw new Error('the program did not start')
  const superuser = new pg.Pool({
    connectionString: database.superuserUrl.replace(/\/postgres$/, '/campanile'),
    max: 2,
  })
  let cookie = ''
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        'x-campanile-request': '1',
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const session = answer.headers.getSetCookie().find((line) => line.startsWith('sid='))
    if (session) cookie = session.split(';')[0] ?? ''
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/api/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (let tries = 0; tries < 600 && !(await isReady()); tries += 1) await pause(100)
  const users = [{ email: login, password, roles: ['owner'] }]
  const settings = { postal_address: 'Acme, Długa 1, 00-001 Warszawa' }
  await ask('POST', '/test/seed', { reset: true, accounts: [{ name: 'Bench', users, settings }] })
  await ask('POST', '/api/v1/sign-in', { login, password })
  // The sink is a child, too.
  const postmaster = descendantsOf(process.pid).filter((one) => nameOf(one) === 'postgres')
  return {
    owner: superuser,
    call: async (method, path, body) => (await ask(method, `/api/v1${path}`, body)).json() as Promise<Body>,
    memory: () => ({ now: statusLine(pid, 'VmRSS'), peak: statusLine(pid, 'VmHWM') }),
    cpu: () => ({
      program: cpuOf(pid),
      database: postmaster
        .flatMap((one) => [one, ...descendantsOf(one)])
        .reduce((sum, one) => sum + cpuOf(one, postmaster.includes(one)), 0),
    }),
    close: async () => {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      await superuser.end()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
