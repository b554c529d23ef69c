import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { findWaiting, mergeAnswers, readAccounting, readLastAnswers } from '../../messages/index.ts'
import { type Downtime, findDowntime } from '../../providers/index.ts'
import type { StatusDetail } from '../contract.ts'
import { type CampaignRun, updateRun } from '../run/queries.ts'
import { bySystem, moveRun } from '../run/states.ts'
import { percentOf, statusDetail, withoutAddresses } from '../run/status-detail.ts'
import { countAuthenticationBounces } from './queries.ts'
import { isRunWithoutSender, senderLost } from './sender-domain.ts'

/** sending.md §4.3. */
const downMinutesMax = 10
const answersWanted = 1_000
const errorShareMax = 0.2
/** email.md §11.1: receivers do not believe who sends. */
const authenticationShareMax = 0.01
const mergeAfterMinutes = 15

const pauseFor = async (
  trx: Trx,
  run: CampaignRun,
  reason: string,
  detail: Partial<StatusDetail>,
): Promise<true> => {
  await moveRun(
    trx,
    run,
    { status: 'paused', status_reason: reason, status_detail: statusDetail(detail), gate: 'closed' },
    { kind: 'paused', by: bySystem, detail: { cause: reason, ...withoutAddresses(detail) } },
  )
  return true
}

/** Whether the run's route leads to no provider that works now. */
export const downtimeOf = (trx: Trx, run: CampaignRun): Promise<Downtime | null> =>
  findDowntime(trx, {
    accountId: run.account_id,
    channel: 'email',
    traffic: 'campaign',
    senderId: run.sender_id,
  })

/** A run that only waits for its next attempts does not miss its provider. */
const hasDueRows = async (trx: Trx, run: CampaignRun): Promise<boolean> => {
  const { account_id: accountId, id: sourceId, run_month: runMonth } = run
  return (await findWaiting(trx, { accountId, sourceId, runMonth: runMonth ?? '' }))?.due === true
}

const watchProvider = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<boolean> => {
  const now = deps.clock.now()
  const downtime = await downtimeOf(trx, run)
  const since = run.provider_down_since
  if (!downtime) {
    if (since) await updateRun(trx, run.account_id, run.id, { provider_down_since: null })
    return false
  }
  if (!since) {
    await updateRun(trx, run.account_id, run.id, { provider_down_since: now })
    return false
  }
  if (addMs(since, minutesMs(downMinutesMax)) >= now || !(await hasDueRows(trx, run))) return false
  const { example } = await readLastAnswers(trx, keyOf(run), 1)
  return pauseFor(trx, run, 'provider_down', { example, next_at: downtime.retryAt?.toISOString() ?? null })
}

const keyOf = (run: CampaignRun) => ({
  accountId: run.account_id,
  sourceId: run.id,
  since: run.answers_since,
})

/**
 * More than a fifth of the last 1,000 answers were refusals. With fewer answers so far, as many refusals as would be a
 * fifth of 1,000: nothing that follows could make it less.
 */
const watchErrors = async (trx: Trx, run: CampaignRun): Promise<boolean> => {
  const { answers, refused, example } = await readLastAnswers(trx, keyOf(run), answersWanted)
  const of = Math.max(answers, answersWanted)
  if (refused <= of * errorShareMax) return false
  return pauseFor(trx, run, 'error_rate', {
    figure: 'errors',
    share: percentOf(refused, answers),
    limit: errorShareMax * 100,
    example,
  })
}

/** More than one in a hundred is refused because of SPF, DKIM or DMARC: going on would only harm the domain. */
const watchAuthentication = async (trx: Trx, run: CampaignRun): Promise<boolean> => {
  const { n, code, text } = await countAuthenticationBounces(trx, keyOf(run))
  if (n <= answersWanted * authenticationShareMax) return false
  const { answers } = await readLastAnswers(trx, keyOf(run), Number.MAX_SAFE_INTEGER)
  if (n <= Math.max(answers, answersWanted) * authenticationShareMax) return false
  return pauseFor(trx, run, 'authentication', {
    figure: 'errors',
    share: percentOf(n, answers),
    limit: authenticationShareMax * 100,
    example: text === null ? null : { code: code ?? '', text },
  })
}

/** Part of the sweep for every run that sends: true when a guard has closed its gate. */
export const watchRun = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<boolean> => {
  await mergeAnswers(trx, run.account_id, run.id, mergeAfterMinutes)
  return (
    (await watchProvider(trx, deps, run)) ||
    (await watchAuthentication(trx, run)) ||
    (await watchErrors(trx, run))
  )
}

/** What stopped a run is still so: a person cannot go on by asking (sending.md §4.3). */
export const isCauseThere = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<boolean> => {
  if (run.status_reason === 'accounting_mismatch') {
    const { balanced, missing, surplus } = await readAccounting(trx, run.account_id, run.id)
    return !balanced || missing > 0 || surplus > 0
  }
  if (run.status_reason === senderLost) return isRunWithoutSender(trx, deps, run)
  if (run.status_reason !== 'provider_down') return false
  const downtime = await downtimeOf(trx, run)
  // The wait of an open circuit is over: whoever goes on makes the probe.
  return downtime !== null && (downtime.retryAt === null || downtime.retryAt > deps.clock.now())
}
