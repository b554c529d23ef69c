import { sql } from 'kysely'
import type { LookupAnswer, LookupQuestion } from '../../channels/channel.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { notify } from '../../live/index.ts'
import type { Run } from '../queue/queries.ts'
import { listUnresolvedSources } from '../recovery/queries.ts'
import {
  type DueAsk,
  dropAsks,
  insertAsks,
  listDueAsks,
  listUnaskedProviders,
  markAccepted,
  markRejected,
  type NextAsk,
  planAsks,
  repeatRows,
  suppressUnsent,
  takeDueAsks,
} from './queries.ts'

/** sending.md §5 step 1, counted from the lost answer. */
const askAfterSeconds = [30, 120, 600, 3_600]
const visibilitySecondsDefault = 900
const firstAskSeconds = 30
const asksMax = 500
const lookupTimeoutMs = 20_000

/** What a provider can say about a message it may have. */
export type Asker = {
  readonly lookup?: (
    questions: readonly LookupQuestion[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, LookupAnswer>>
  /** After so long a message that the provider does not know was not taken. */
  readonly visibilitySeconds?: number
  /** Within it the same id may be submitted again and counts once. */
  readonly idempotentSeconds?: number
}
export type FindAsker = (trx: Trx, deps: Deps, accountId: string, providerId: string) => Promise<Asker | null>

const byIds = (ids: readonly string[]) => sql<boolean>`m.message_id = any(${[...ids]}::uuid[])`

/** Finds for the open messages of a source what their providers offer: to be asked, or to take the same id again. */
const enrol = async (
  trx: Trx,
  deps: Deps,
  find: FindAsker,
  accountId: string,
  sourceId: string,
): Promise<void> => {
  for (const { provider_id: id, run_month: runMonth } of await listUnaskedProviders(
    trx,
    accountId,
    sourceId,
  )) {
    const asker = await find(trx, deps, accountId, id)
    const run: Run = { accountId, sourceId, runMonth }
    if (asker?.lookup) await insertAsks(trx, run, id)
    else if (asker?.idempotentSeconds) {
      const since = addMs(deps.clock.now(), -asker.idempotentSeconds * 1_000)
      const within = sql<boolean>`m.provider_id = ${id} and m.open_since > ${since}
        and not exists (select from campaigns c where c.account_id = m.account_id and c.id = m.source_id
          and c.status in ('canceled', 'failed'))`
      await repeatRows(trx, run, within, { doubtful: false })
    }
  }
}

const nextAsk = (ask: DueAsk, kind: 'not_found' | 'not_yet', visibilitySeconds: number): NextAsk => {
  const asked = ask.asked + 1
  const planned = askAfterSeconds[asked]
  const visible = kind === 'not_found' ? visibilitySeconds : Number.POSITIVE_INFINITY
  const seconds = Math.min(planned ?? Number.POSITIVE_INFINITY, visible)
  const at = Number.isFinite(seconds) ? addMs(ask.open_since, seconds * 1_000).toISOString() : null
  return { message_id: ask.message_id, asked, next_ask_at: at }
}

type Told = { readonly ask: DueAsk; readonly answer: LookupAnswer }

const idsOf = (told: readonly Told[]) => told.map(({ ask }) => ask.message_id)

const applyToRun = async (trx: Trx, run: Run, told: readonly Told[], notSent: readonly Told[]) => {
  const accepted = told.filter(({ answer }) => answer.kind === 'accepted')
  if (accepted.length > 0) await markAccepted(trx, run, byIds(idsOf(accepted)))
  const refusals = told.flatMap(({ ask, answer }) =>
    answer.kind === 'rejected'
      ? [{ message_id: ask.message_id, class: answer.class, code: answer.code, text: answer.text }]
      : [],
  )
  if (refusals.length > 0) await markRejected(trx, run, refusals)
  const stopped = notSent.filter(({ ask }) => ask.stopped)
  const again = notSent.filter(({ ask }) => !ask.stopped)
  if (stopped.length > 0) await suppressUnsent(trx, run, byIds(idsOf(stopped)))
  if (again.length > 0) await repeatRows(trx, run, byIds(idsOf(again)), { doubtful: false })
}

/** Writes what a provider said; answers the sources that it concerned. */
const apply = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  told: readonly Told[],
  visibilitySeconds: number,
): Promise<void> => {
  const now = deps.clock.now()
  const isGone = ({ ask, answer }: Told) =>
    answer.kind === 'not_found' && addMs(ask.open_since, visibilitySeconds * 1_000) <= now
  const isKnown = ({ answer }: Told) => answer.kind === 'accepted' || answer.kind === 'rejected'
  const decided = told.filter((one) => isKnown(one) || isGone(one))
  for (const sourceId of new Set(decided.map(({ ask }) => ask.source_id))) {
    const own = decided.filter(({ ask }) => ask.source_id === sourceId)
    const runMonth = own[0]?.ask.run_month ?? ''
    await applyToRun(trx, { accountId, sourceId, runMonth }, own.filter(isKnown), own.filter(isGone))
    await notify(trx, accountId, 'campaign', sourceId)
  }
  await dropAsks(trx, accountId, idsOf(decided))
  const open = told.filter((one) => !decided.includes(one))
  const later = open.map(({ ask, answer }) =>
    nextAsk(ask, answer.kind === 'not_found' ? 'not_found' : 'not_yet', visibilitySeconds),
  )
  await planAsks(trx, accountId, later)
}

/** A provider that cannot be asked now has not answered. */
const answersOf = async (
  deps: Deps,
  asker: Asker | null,
  questions: readonly LookupQuestion[],
): Promise<ReadonlyMap<string, LookupAnswer>> => {
  try {
    return (await asker?.lookup?.(questions, AbortSignal.timeout(lookupTimeoutMs))) ?? new Map()
  } catch (error) {
    deps.log.warn({ err: error }, 'a provider could not be asked about uncertain messages')
    return new Map()
  }
}

const askProvider = async (
  deps: Deps,
  find: FindAsker,
  accountId: string,
  providerId: string,
): Promise<void> => {
  const { asker, due } = await inAccount(deps.db, accountId, async (trx) => ({
    asker: await find(trx, deps, accountId, providerId),
    due: await takeDueAsks(trx, accountId, providerId, asksMax),
  }))
  if (due.length === 0) return
  const questions = due.map((ask) => ({ messageId: ask.message_id, providerRef: ask.provider_ref }))
  const answers = await answersOf(deps, asker, questions)
  const told = due.map((ask) => ({
    ask,
    answer: answers.get(ask.message_id) ?? { kind: 'not_yet' as const },
  }))
  const visibility = asker?.visibilitySeconds ?? visibilitySecondsDefault
  await inAccount(deps.db, accountId, (trx) => apply(trx, deps, accountId, told, visibility))
}

/** Part of the sweep, before the policies decide: what a provider can tell is asked, not guessed (sending.md §5). */
export const askAboutUncertain =
  (find: FindAsker) =>
  async (deps: Deps): Promise<void> => {
    for (const open of await listUnresolvedSources(deps.db, firstAskSeconds)) {
      await inAccount(deps.db, open.account_id, (trx) =>
        enrol(trx, deps, find, open.account_id, open.source_id),
      )
    }
    for (const due of await listDueAsks(deps.db))
      await askProvider(deps, find, due.account_id, due.provider_id)
  }
