import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue, type JobHandler } from '../../jobs/index.ts'
import { openContent } from '../content.ts'
import { isCodeKind } from '../kinds.ts'
import { mayNotifyBySms } from '../sms/notices.ts'
import { type Answer, outcomeOf } from './outcome.ts'
import {
  type ClaimedMessage,
  claimSystemMessage,
  deleteOldMessages,
  expireSystemMessages,
  finishSystemMessage,
  listDueMessages,
  listStaleMessages,
  requeueSystemMessage,
} from './queries.ts'
import { sendMail, sendText } from './submission.ts'

/** Longer than any dialogue with a relay may take. */
const staleSeconds = 300
const dueMax = 500
const keptDays = 30

/** What this process is handing over now; a jump of the test clock must not take it for lost. */
const underWay = new WeakMap<Deps, Set<string>>()
const underWayOf = (deps: Deps): Set<string> => {
  const known = underWay.get(deps) ?? new Set()
  underWay.set(deps, known)
  return known
}

/** Words and ids only: neither recipient nor content ever reaches the log. */
const record = async (deps: Deps, message: ClaimedMessage, answer: Answer): Promise<void> => {
  const { id, kind, channel, attempts } = message
  const outcome = outcomeOf(message, answer)
  const told = { part: 'system-stream', id, kind, channel, attempts }
  await inAccount(deps.db, instanceAccountId, (trx) =>
    outcome.kind === 'again'
      ? requeueSystemMessage(trx, id, outcome.failure, outcome.waitSeconds)
      : finishSystemMessage(trx, id, outcome, deps.config.testSupport),
  )
  if (outcome.kind === 'again')
    deps.log.warn(
      { ...told, failure: outcome.failure, repeated: answer.kind === 'unknown' },
      'tried again later',
    )
  else if (outcome.state !== 'sent')
    deps.log.error(
      { ...told, failure: outcome.failure, state: outcome.state },
      'a system message did not arrive',
    )
}

const hand = async (deps: Deps, message: ClaimedMessage): Promise<Answer> => {
  const content = openContent(deps, message.id, message.content_sealed)
  if (!content) return { kind: 'never', code: 'content_lost' }
  if (message.channel === 'email') return sendMail(deps, message, content)
  if (!isCodeKind(message.kind) && !(await mayNotifyBySms(deps, message, content.to)))
    return { kind: 'never', code: 'sms_limited' }
  return sendText(deps, message, content)
}

/** Hands one message over. A second run finds nothing to claim. */
export const deliverSystem: JobHandler = async (deps, { id }) => {
  const message = await inAccount(deps.db, instanceAccountId, (trx) => claimSystemMessage(trx, id))
  if (!message) return
  const busy = underWayOf(deps)
  busy.add(id)
  try {
    await record(deps, message, await hand(deps, message))
  } finally {
    busy.delete(id)
  }
}

const cleanedAt = new WeakMap<Deps, number>()
const cleanEveryMs = 3_600_000

const clean = async (deps: Deps): Promise<void> => {
  const nowMs = deps.clock.now().getTime()
  if (Math.abs(nowMs - (cleanedAt.get(deps) ?? 0)) < cleanEveryMs) return
  cleanedAt.set(deps, nowMs)
  await inAccount(deps.db, instanceAccountId, (trx) => deleteOldMessages(trx, keptDays))
}

/** What is due by the clock: retries, messages too late to be of use, and what a dead process left behind. */
export const sweepSystemMessages = async (deps: Deps): Promise<void> => {
  const { stale, expired } = await inAccount(deps.db, instanceAccountId, async (trx) => {
    for (const id of await listDueMessages(trx, dueMax))
      await enqueue(trx, 'deliver_system', { account_id: instanceAccountId, id })
    return {
      expired: await expireSystemMessages(trx, deps.config.testSupport),
      stale: await listStaleMessages(trx, staleSeconds),
    }
  })
  if (expired > 0)
    deps.log.error({ part: 'system-stream', expired }, 'system messages were too late to be sent')
  for (const message of stale) {
    if (!underWayOf(deps).has(message.id))
      await record(deps, message, { kind: 'unknown', code: 'interrupted' })
  }
  await clean(deps)
}
