import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { buildContentApp } from '../content-app.ts'
import { connectPool, type Db, openDb } from '../db/pool.ts'
import { createTestDatabase } from '../db/test/databases.ts'
import type { Deps } from '../http/deps.ts'
import { makeLog } from '../http/log.ts'
import { preparePartitions, switchClock } from '../instance/index.ts'
import { startJobs } from '../jobs/index.ts'
import { systemClock } from '../lib/clock.ts'
import { openKeyRing } from '../lib/secrets.ts'
import { openHub } from '../live/index.ts'
import { ensureInstanceAccount } from '../security/index.ts'
import { jobs, runDue } from '../worker.ts'
import { checkDescribed } from './described.ts'
import { checkRecorded, watchRecords } from './recorded.ts'

export type Answer = { status: number; body: any; headers: Record<string, string>; raw: string }
type Headers = Record<string, string>

/** A program that is signed in (or, with an empty cookie, nobody). */
export type Client = {
  readonly cookie: string
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  del(path: string, headers?: Headers): Promise<Answer>
  send(options: InjectOptions): Promise<Answer>
  /** Makes the session fresh, as POST /step-up does. */
  stepUp(): Promise<void>
}

export type TestApp = {
  readonly app: FastifyInstance
  readonly content: FastifyInstance
  readonly deps: Deps
  readonly db: Db
  readonly urls: { owner: string; app: string; jobs: string }
  readonly owner: Client
  readonly other: Client
  readonly staff: Client
  readonly nobody: Client
  readonly accountId: string
  readonly otherAccountId: string
  readonly ownerId: string
  /** Moves the one clock and runs what became due. */
  advance(seconds: number): Promise<void>
  /** Runs one sweep. */
  due(): Promise<void>
}

export const password = 'correct horse battery staple'
export const origin = 'http://localhost:8420'

const toAnswer = (response: Awaited<ReturnType<FastifyInstance['inject']>>): Answer => {
  const type = String(response.headers['content-type'] ?? '')
  return {
    status: response.statusCode,
    body: type.includes('json') && response.body ? JSON.parse(response.body) : response.body,
    headers: response.headers as Record<string, string>,
    raw: response.body,
  }
}

const pairOf = (line: string): [string, string] => {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  return [name, value]
}

export const makeClient = (app: FastifyInstance, startCookie = ''): Client => {
  const jar = new Map(startCookie ? startCookie.split('; ').map((line) => pairOf(line)) : [])
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (options: InjectOptions): Promise<Answer> => {
    const response = await app.inject({
      ...options,
      headers: {
        host: 'localhost:8420',
        origin,
        'x-campanile-request': '1',
        ...(jar.size > 0 ? { cookie: cookies() } : {}),
        ...options.headers,
      },
    })
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [name, value] = pairOf(line)
      if (line.includes('; Max-Age=0')) jar.delete(name)
      else jar.set(name, value)
    }
    const answer = toAnswer(response)
    const { method = 'GET', url } = options
    checkDescribed(app.served, { method, url: String(url), status: answer.status, body: answer.body })
    await checkRecorded(app, {
      method,
      url: String(url),
      status: answer.status,
      requestId: answer.headers['x-request-id'] ?? '',
    })
    return answer
  }
  const act =
    (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') =>
    (path: string, body?: unknown, headers?: Headers) =>
      send({
        method,
        url: path.startsWith('/test/') ? path : `/api/v1${path}`,
        ...(body === undefined ? {} : { payload: body as object }),
        ...(headers ? { headers } : {}),
      })
  const client: Client = {
    get cookie() {
      return cookies()
    },
    get: (path, headers) => act('GET')(path, undefined, headers),
    post: (path, body = {}, headers) => act('POST')(path, body, headers),
    put: (path, body = {}, headers) => act('PUT')(path, body, headers),
    patch: (path, body = {}, headers) => act('PATCH')(path, body, headers),
    del: (path, headers) => act('DELETE')(path, undefined, headers),
    send,
    stepUp: async () => {
      const answer = await client.post('/step-up', { purpose: 'general', password })
      if (answer.status !== 200) throw new Error(`step-up failed: ${answer.raw}`)
    },
  }
  return client
}

const signedIn = async (app: FastifyInstance, login: string): Promise<Client> => {
  const client = makeClient(app)
  const answer = await client.post('/sign-in', { login, password })
  if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.raw}`)
  return client
}

const seed = {
  staff: [{ email: 'staff@example.com', password }],
  accounts: [
    { name: 'Acme', key: 'acme', users: [{ email: 'owner@acme.test', password, roles: ['owner'] }] },
    { name: 'Other', key: 'other', users: [{ email: 'owner@other.test', password, roles: ['owner'] }] },
  ],
}

/** The whole program without sockets on a database of its own; closed after the test file. */
export const startTestApp = async (
  options: { jobs?: boolean; env?: Record<string, string>; log?: (line: string) => void } = {},
): Promise<TestApp> => {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-app-'))
  const config = readConfig({
    DATA_DIR: dataDir,
    CAMPANILE_TEST_SUPPORT: '1',
    LOG_LEVEL: 'error',
    ...options.env,
  })
  await switchClock(database.urls.owner, true)
  const pool = connectPool(database.urls.app, { max: 8, name: 'test' })
  const jobsPool = connectPool(database.urls.jobs, { max: 4, name: 'test-jobs' })
  const owner = connectPool(database.urls.owner, { max: 2, name: 'test-owner' })
  const stop = new AbortController()
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: makeLog(config, options.log && { write: options.log }),
    stopping: stop.signal,
  }
  await preparePartitions(deps)
  await ensureInstanceAccount(deps)
  const hub = openHub(database.urls.app, deps.log)
  const due = () => runDue(deps)
  const app = buildApp({ deps, hub, isReady: () => true, testSupport: { owner, runDue: due } })
  const content = buildContentApp(deps)
  await Promise.all([app.ready(), content.ready()])
  const superuser = connectPool(database.urls.superuser, { max: 2, name: 'test-superuser' })
  watchRecords(app, superuser)
  const runner = options.jobs ? await startJobs(deps, jobsPool, jobs) : null
  afterAll(async () => {
    stop.abort()
    await runner?.stop()
    await Promise.all([app.close(), content.close(), hub.close()])
    await Promise.all([pool.end(), jobsPool.end(), owner.end(), superuser.end()])
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const nobody = makeClient(app)
  const seeded = await nobody.post('/test/seed', seed)
  if (seeded.status !== 201) throw new Error(`seed failed: ${seeded.raw}`)
  return {
    app,
    content,
    deps,
    db: deps.db,
    urls: database.urls,
    owner: await signedIn(app, 'owner@acme.test'),
    other: await signedIn(app, 'owner@other.test'),
    staff: await signedIn(app, 'staff@example.com'),
    nobody,
    accountId: seeded.body.accounts.acme.id,
    otherAccountId: seeded.body.accounts.other.id,
    ownerId: seeded.body.accounts.acme.users['owner@acme.test'].id,
    advance: async (seconds) => {
      const moved = await nobody.post('/test/clock', { advance_seconds: seconds })
      if (moved.status !== 200) throw new Error(`clock failed: ${moved.raw}`)
    },
    due,
  }
}
