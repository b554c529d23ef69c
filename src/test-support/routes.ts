import type { FastifyInstance, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { Deps } from '../http/deps.ts'
import { invalidField, notFound } from '../http/errors.ts'
import { setLimiterAvailable } from '../http/limiter.ts'
import { answerLookups } from '../http/outbound.ts'
import { parseTextValues } from '../http/schema-input.ts'
import type { Provision } from '../security/index.ts'
import { emptyOutbox, listOutbox, resetSmsGuard } from '../system-stream/index.ts'
import { AuditTamper, tamperWithLog } from './audit-tamper.ts'
import { describeClock, moveClock } from './clock.ts'
import { DnsRecords, LimiterSwitch, OutboxQuery } from './outbox-contract.ts'
import { emptyCounters } from './reset.ts'
import { runSeed } from './seed.ts'
import { ClockMove, Seed } from './seed-contract.ts'

export type TestSupport = {
  /** Signed in as campanile_owner, for what the runtime role must not do. */
  readonly owner: pg.Pool
  readonly runDue: () => Promise<void>
  readonly provisions: readonly Provision[]
}

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address)
const isLoopbackHost = (host: string | undefined): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '')

/** Another guard beside the switch: only the machine itself may ask (security.md §7). */
const refuseStrangers = async (request: FastifyRequest): Promise<void> => {
  if (!isLoopback(request.raw.socket.remoteAddress) || !isLoopbackHost(request.headers.host)) throw notFound()
}

const readTime = (text: string): Date => {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw invalidField('/since', 'pattern', 'is not a time')
  return at
}

const readQuery = (request: FastifyRequest): void => {
  request.query = parseTextValues(OutboxQuery, request.query as Record<string, unknown>)
}

export const testSupportRoutes = async (
  app: FastifyInstance,
  deps: Deps,
  support: TestSupport,
): Promise<void> => {
  app.addHook('onRequest', refuseStrangers)
  app.get('/test/clock', async () => describeClock(deps))
  app.post<{ Body: ClockMove }>('/test/clock', { schema: { body: ClockMove } }, ({ body }) =>
    moveClock(deps, body, support.runDue),
  )
  app.get<{ Querystring: OutboxQuery }>(
    '/test/outbox',
    { schema: { querystring: OutboxQuery }, preValidation: async (request) => readQuery(request) },
    async ({ query: { since, ...filter } }) => ({
      data: await listOutbox(deps, { ...filter, ...(since === undefined ? {} : { since: readTime(since) }) }),
    }),
  )
  app.delete('/test/outbox', async (_request, reply) => {
    await emptyOutbox(deps)
    return reply.code(204).send()
  })
  app.post('/test/reset-limits', async (_request, reply) => {
    await emptyCounters(support.owner)
    await resetSmsGuard(deps)
    return reply.code(204).send()
  })
  app.post<{ Body: LimiterSwitch }>(
    '/test/limiter',
    { schema: { body: LimiterSwitch } },
    async ({ body }, reply) => {
      setLimiterAvailable(deps.db, body.available)
      return reply.code(204).send()
    },
  )
  app.post<{ Body: DnsRecords }>('/test/dns', { schema: { body: DnsRecords } }, async ({ body }, reply) => {
    answerLookups(deps, body.records)
    return reply.code(204).send()
  })
  app.post<{ Body: AuditTamper }>(
    '/test/audit-tamper',
    { schema: { body: AuditTamper } },
    async ({ body }, reply) => {
      await tamperWithLog(support.owner, body)
      return reply.code(204).send()
    },
  )
  app.post<{ Body: Seed }>('/test/seed', { schema: { body: Seed } }, async ({ body }, reply) =>
    reply.code(201).send(await runSeed(deps, support.owner, body, support.provisions)),
  )
}
