import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { type EndpointRow, lockEndpoint } from '../queries.ts'
import type { Answered } from './call.ts'
import { disableEndpoint } from './disable.ts'
import {
  type ClaimedDelivery,
  finishDelivery,
  insertAttempt,
  insertRetry,
  noteFailure,
  noteSuccess,
} from './queries.ts'
import { waitAfter } from './retry-rules.ts'

/** RFC 9110 §15.5.11: the receiver says that nobody will ever be there again. */
const isGone = (answers: readonly Answered[]): boolean => answers.some(({ status }) => status === 410)

export type Attempt = { readonly primary: Answered; readonly secondary: Answered | null }

const conclude = async (
  trx: Trx,
  deps: Deps,
  endpoint: EndpointRow,
  accountId: string,
  claimed: ClaimedDelivery,
  { primary, secondary }: Attempt,
): Promise<void> => {
  const last = secondary ?? primary
  const taken = primary.succeeded || secondary?.succeeded === true
  const wait = taken ? null : waitAfter(endpoint.retry_rule, claimed.attempt)
  const gone = !taken && isGone(secondary ? [primary, secondary] : [primary])
  const open = !taken && wait === null
  const state = primary.succeeded ? 'succeeded' : open ? 'dead' : 'failed'
  if (!(await finishDelivery(trx, accountId, claimed, state, primary))) return
  if (secondary) {
    const of = { ...claimed, target: 'secondary' as const, succeeded: secondary.succeeded }
    await insertAttempt(trx, accountId, endpoint.id, of, secondary)
  }
  if (taken) return void (await noteSuccess(trx, accountId, endpoint.id, last.status))
  await noteFailure(trx, accountId, endpoint.id, last.status)
  if (wait !== null)
    await insertRetry(trx, accountId, endpoint.id, {
      ...claimed,
      attempt: claimed.attempt + 1,
      waitSeconds: wait,
    })
  if (gone && endpoint.enabled) await disableEndpoint(trx, deps, accountId, endpoint.id, 'gone')
}

/** Writes what an attempt came to; the endpoint may be gone or the claim taken over, then there is nothing to write. */
export const recordAttempt = (
  deps: Deps,
  accountId: string,
  endpointId: string,
  claimed: ClaimedDelivery,
  attempt: Attempt,
): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    const endpoint = await lockEndpoint(trx, accountId, endpointId)
    if (endpoint) await conclude(trx, deps, endpoint, accountId, claimed, attempt)
  })
