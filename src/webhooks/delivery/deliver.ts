import { accountKeys, effectiveEntitlements, listEntitlementOverrides } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findHeldReason } from '../../instance-guard/index.ts'
import type { JobHandler } from '../../jobs/index.ts'
import { type EndpointRow, findEndpoint } from '../queries.ts'
import { type OpenedSecrets, openSecrets } from '../secrets.ts'
import { type Answered, callReceiver } from './call.ts'
import { bodyOf } from './message.ts'
import { recordAttempt } from './outcome.ts'
import { type ClaimedDelivery, claimDeliveries, listDueEndpoints, releaseDelivery } from './queries.ts'

/** Two addresses with ten seconds each, and time to write down what they said. */
const leaseSeconds = 60
/** Calls to one receiver at a time. */
const perEndpointMax = 2
/** Receivers of one account at a time. */
const endpointsMax = 16
/** Then the account makes room for others; the sweep brings it back. */
const budgetMs = 30_000
const lookAgainMs = 1_000

type Batch = {
  readonly endpoint: EndpointRow
  readonly secrets: OpenedSecrets
  readonly claimed: readonly ClaimedDelivery[]
}

const claim = (deps: Deps, accountId: string, endpointId: string): Promise<Batch | null> =>
  inAccount(deps.db, accountId, async (trx) => {
    if (await findHeldReason(trx)) return null
    const endpoint = await findEndpoint(trx, accountId, endpointId)
    if (!endpoint?.enabled || !endpoint.proven_at) return null
    const claimed = await claimDeliveries(trx, accountId, endpointId, { max: perEndpointMax, leaseSeconds })
    if (claimed.length === 0) return null
    const keys = await accountKeys(trx, deps.keys, accountId)
    return { endpoint, secrets: openSecrets(keys, endpoint, deps.clock.now()), claimed }
  })

const lost: Answered = {
  status: null,
  succeeded: false,
  durationMs: 0,
  failure: 'event_lost',
  refusal: null,
  excerpt: '',
  text: '',
}

const attempt = async (
  deps: Deps,
  accountId: string,
  { endpoint, secrets }: Batch,
  one: ClaimedDelivery,
): Promise<void> => {
  const { event_id: eventId, replay, payload } = one
  if (!payload) return recordAttempt(deps, accountId, endpoint.id, one, { primary: lost, secondary: null })
  const body = bodyOf({
    accountId,
    eventId,
    type: one.event_type,
    at: one.event_at,
    data: payload,
    sequence: one.sequence,
    personalData: endpoint.personal_data,
  })
  const callAt = (url: string) => callReceiver(deps, { url, eventId, body, replay, secrets })
  const primary = await callAt(endpoint.url)
  const secondary =
    primary.succeeded || endpoint.secondary_url === null ? null : await callAt(endpoint.secondary_url)
  if (deps.stopping.aborted && !primary.succeeded && !secondary?.succeeded)
    return void (await inAccount(deps.db, accountId, (trx) => releaseDelivery(trx, accountId, one)))
  await recordAttempt(deps, accountId, endpoint.id, one, { primary, secondary })
}

const drain = async (deps: Deps, accountId: string, endpointId: string, untilMs: number): Promise<void> => {
  while (performance.now() < untilMs && !deps.stopping.aborted) {
    const batch = await claim(deps, accountId, endpointId)
    if (!batch) return
    await Promise.all(batch.claimed.map((one) => attempt(deps, accountId, batch, one)))
  }
}

const pause = (ms: number) => {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return { over, end: () => clearTimeout(timer) }
}

const listDue = (deps: Deps, accountId: string, busy: readonly string[]): Promise<readonly string[]> =>
  inAccount(deps.db, accountId, async (trx) => {
    const entitlements = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
    if (entitlements['webhooks'] !== true || (await findHeldReason(trx))) return []
    return listDueEndpoints(trx, accountId, busy, endpointsMax - busy.length)
  })

/** Each receiver has its own line: a slow one delays nobody but itself. */
const drainAccount = async (deps: Deps, accountId: string): Promise<void> => {
  const untilMs = performance.now() + budgetMs
  const running = new Map<string, Promise<void>>()
  const faults: unknown[] = []
  const begin = (id: string) =>
    running.set(
      id,
      drain(deps, accountId, id, untilMs)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => running.delete(id)),
    )
  for (;;) {
    if (performance.now() < untilMs && !deps.stopping.aborted)
      for (const id of await listDue(deps, accountId, [...running.keys()])) begin(id)
    if (running.size === 0) break
    const { over, end } = pause(lookAgainMs)
    await Promise.race([over, ...running.values()])
    end()
  }
  if (faults.length > 0) throw new Error('webhooks could not be delivered', { cause: faults[0] })
}

/** What this process is working on: a second job for the account would only take a place from others. */
const underWay = new WeakMap<Deps, Set<string>>()

/** Delivers what is due in one account. A second run finds nothing to claim. */
export const deliverWebhooks: JobHandler = async (deps, { account_id: accountId }) => {
  const busy = underWay.get(deps) ?? new Set()
  underWay.set(deps, busy)
  if (busy.has(accountId)) return
  busy.add(accountId)
  try {
    await drainAccount(deps, accountId)
  } finally {
    busy.delete(accountId)
  }
}
