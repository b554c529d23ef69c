import { randomBytes } from 'node:crypto'
import { accountKeys } from '../accounts/index.ts'
import { recordAct } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import { notFound, unprocessable } from '../http/errors.ts'
import { refuseWhileHeld } from '../instance-guard/index.ts'
import { uuidV7 } from '../lib/ids.ts'
import { spendLimits } from '../security/index.ts'
import { type Answered, callReceiver } from './delivery/call.ts'
import { bodyOf } from './delivery/message.ts'
import { insertAttempt } from './delivery/queries.ts'
import type { WebhookWork } from './endpoint.ts'
import { insertTestEvent } from './log/queries.ts'
import { type EndpointRow, findEndpoint, lockEndpoint, noteAnswer, proveEndpoint } from './queries.ts'
import { openSecrets } from './secrets.ts'

/** For the whole account: many endpoints are no way to look around in networks. */
const testsPerHourMax = 10

const open = ({ deps, actor, now }: WebhookWork, id: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    await refuseWhileHeld(trx)
    const endpoint = await findEndpoint(trx, actor.accountId, id)
    if (!endpoint) throw notFound()
    return {
      endpoint,
      secrets: openSecrets(await accountKeys(trx, deps.keys, actor.accountId), endpoint, now),
    }
  })

/** Proven by the challenge alone: an address that answers 2xx to everything has not agreed to anything. */
const keepVerdict = (
  { deps, actor, now }: WebhookWork,
  { id, version }: EndpointRow,
  eventId: string,
  answer: Answered,
  challenge: string,
): Promise<boolean> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    if (!(await lockEndpoint(trx, accountId, id))) throw notFound()
    const brought = answer.succeeded && answer.text.includes(challenge)
    const proven = brought && (await proveEndpoint(trx, accountId, id, version))
    await noteAnswer(trx, accountId, id, answer.status)
    await insertTestEvent(trx, accountId, eventId, now)
    const of = { event_id: eventId, event_type: 'webhook.test', event_at: now, replay: false }
    await insertAttempt(
      trx,
      accountId,
      id,
      { ...of, attempt: 1, target: 'primary', succeeded: brought },
      answer,
    )
    const after = { status: answer.status, failure: answer.failure, proven }
    await recordAct(trx, deps, actor, { action: 'webhook.tested', type: 'webhook', id, after })
    return proven
  })

/** Sends a signed sample now and tells what came back. */
export const tryWebhook = async (work: WebhookWork, id: string) => {
  const { deps, actor, now } = work
  const { endpoint, secrets } = await open(work, id)
  const key = `webhook-test:${actor.accountId}`
  await spendLimits(deps.db, [{ key, max: testsPerHourMax, windowSeconds: 3_600 }])
  const [eventId, challenge] = [uuidV7(now), randomBytes(24).toString('base64url')]
  const body = bodyOf({
    accountId: actor.accountId,
    eventId,
    type: 'webhook.test',
    at: now,
    data: { challenge },
    sequence: null,
    personalData: 'full',
    test: true,
  })
  const answer = await callReceiver(deps, { url: endpoint.url, eventId, body, replay: false, secrets })
  const proven = await keepVerdict(work, endpoint, eventId, answer, challenge)
  if (answer.failure === 'url_refused') throw unprocessable('url_refused', answer.refusal ?? '')
  const { status, durationMs, excerpt, failure } = answer
  return { status, duration_ms: durationMs, excerpt, proven, failure }
}
