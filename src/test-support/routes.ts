import type { FastifyInstance, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { type Provision, resetLimits } from '../security/index.ts'
import { describeClock, moveClock } from './clock.ts'
import { emptyOutbox, listOutbox, type OutboxFilter } from './outbox.ts'
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
  app.get<{ Querystring: OutboxFilter }>('/test/outbox', async ({ query }) => ({
    data: await listOutbox(deps.db, query),
  }))
  app.delete('/test/outbox', async (_request, reply) => {
    await emptyOutbox(deps.db)
    return reply.code(204).send()
  })
  app.post('/test/reset-limits', async (_request, reply) => {
    await resetLimits(deps.db)
    return reply.code(204).send()
  })
  app.post<{ Body: Seed }>('/test/seed', { schema: { body: Seed } }, async ({ body }, reply) =>
    reply.code(201).send(await runSeed(deps, support.owner, body, support.provisions)),
  )
}
