import type { SubmitAnswer } from '../../channels/channel.ts'
import { bounceGroupOf } from '../../channels/email/bounce-classes.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { LRU } from '../../lib/lru.ts'
import { notify } from '../../live/index.ts'
import { capOf, dayOf, stopReason } from './curve.ts'
import {
  addAnswers,
  addReserved,
  type DayRow,
  endPlan,
  lockDay,
  type PlanRow,
  putOffLessEngaged,
  rankMessages,
  readToday,
  sourceOfMessage,
  type Today,
} from './queries.ts'

/** Lanes of codes, transactional mail and tests: counted, never delayed. */
export const isFree = (lane: number): boolean => lane <= 2

export type WarmRow = { readonly recipientKey: string; readonly messageId: string; readonly lane: number }
export type Warmth = {
  /** Keys that may go by the warmed way. */
  readonly now: ReadonlySet<string>
  readonly later: { key: string; seconds: number; factor: string }[]
  /** Keys that go by the established provider, which the plan names. */
  readonly diverted: { key: string; providerId: string }[]
}

/** A word in `withheld` and in the limiting factor; rows that wait for a plan are found by it. */
export const factorOf = (plan: Pick<PlanRow, 'subject'>): string => `warm-up ${plan.subject}`

/** What stopped is looked at by a person; rows come back by themselves when it is resumed. */
const stoppedSeconds = 3_600
/** The sources of a day whose messages have been put in order. */
const ordered = new WeakMap<Deps, LRU<string, true>>()

const isOrdered = (deps: Deps, key: string): boolean => {
  const known = ordered.get(deps) ?? new LRU<string, true>(10_000)
  ordered.set(deps, known)
  if (known.get(key)) return true
  known.set(key, true)
  return false
}

const untilNextDay = ({ now, next_day_at }: Today): number =>
  Math.max(1, Math.ceil((next_day_at.getTime() - now.getTime()) / 1_000))

/** Room of the day for campaigns; null when the plan is over. */
const roomOf = async (
  trx: Trx,
  plan: PlanRow,
  today: Today,
): Promise<{ room: number; day: DayRow } | null> => {
  const cap = capOf(plan, dayOf(plan, today.today))
  if (cap === null) return null
  const day = await lockDay(trx, plan.account_id, plan.id, today.today, plan.state === 'stopped' ? 0 : cap)
  return { day, room: Math.max(0, day.cap - day.campaign_sent - day.transactional_sent - day.reserved) }
}

/** Once a day and source: whoever is less engaged than the day has room for waits in the queue, not only here. */
const putInOrder = async (
  trx: Trx,
  deps: Deps,
  plan: PlanRow,
  rows: readonly WarmRow[],
  given: { room: number; today: Today; factor: string },
): Promise<void> => {
  const [first] = rows
  const sourceId = first && (await sourceOfMessage(trx, plan.account_id, first.messageId))
  if (!sourceId || isOrdered(deps, `${plan.id} ${plan.version} ${given.today.today} ${sourceId}`)) return
  await putOffLessEngaged(trx, plan.account_id, {
    sourceId,
    atHand: rows.map((row) => row.messageId),
    room: given.room,
    until: given.today.next_day_at,
    factor: given.factor,
  })
}

/** Which rows the plan lets by its way today. The room is taken; answers give back what did not leave. */
export const reserveOf = async (
  trx: Trx,
  deps: Deps,
  plan: PlanRow,
  rows: readonly WarmRow[],
): Promise<Warmth & { readonly day: DayRow | null }> => {
  const today = await readToday(trx, plan.account_id)
  const found = await roomOf(trx, plan, today)
  const everyKey = new Set(rows.map((row) => row.recipientKey))
  if (!found) return { now: everyKey, later: [], diverted: [], day: null }
  const { day, room } = found
  const capped = rows.filter((row) => !isFree(row.lane))
  const stopped = plan.state === 'stopped'
  const factor = stopped ? `${factorOf(plan)} stopped` : `${factorOf(plan)}: ${day.cap}/day`
  if (!stopped && plan.rest === 'wait' && capped.length > 0)
    await putInOrder(trx, deps, plan, capped, { room, today, factor })
  const order =
    capped.length > room
      ? await rankMessages(
          trx,
          plan.account_id,
          capped.map((row) => row.messageId),
        )
      : []
  const places = new Map(order.map((id, place) => [id, place]))
  const first = capped.toSorted((a, b) => (places.get(a.messageId) ?? 0) - (places.get(b.messageId) ?? 0))
  const over = first.slice(room)
  for (const row of over) everyKey.delete(row.recipientKey)
  const provider = plan.established_provider_id
  const seconds = stopped ? stoppedSeconds : untilNextDay(today)
  const later =
    provider === null ? over.map(({ recipientKey }) => ({ key: recipientKey, seconds, factor })) : []
  const diverted =
    provider === null ? [] : over.map(({ recipientKey }) => ({ key: recipientKey, providerId: provider }))
  await addReserved(trx, plan.account_id, day, {
    reserved: Math.min(room, capped.length),
    diverted: diverted.length,
  })
  return { now: everyKey, later, diverted, day }
}

/** Gives back what another limit holds back after the plan had let it through. */
export const giveBack = async (trx: Trx, accountId: string, day: DayRow, count: number): Promise<void> => {
  if (count > 0) await addAnswers(trx, accountId, day, { ...none, released: count })
}

const none = { campaignSent: 0, transactionalSent: 0, released: 0, answered: 0, hard: 0, blocked: 0 }

const hasLeft = (answer: SubmitAnswer): boolean =>
  answer.kind === 'accepted' || answer.kind === 'permanent' || answer.kind === 'unanswered'

/** Books the answers of a batch on the day; a day that went badly stops its plan. */
export const bookAnswers = async (
  deps: Deps,
  plan: PlanRow,
  day: DayRow,
  answers: readonly SubmitAnswer[],
  campaign: boolean,
): Promise<void> => {
  const left = answers.filter(hasLeft).length
  const groups = answers.flatMap((answer) => (answer.kind === 'permanent' ? bounceGroupOf(answer.class) : []))
  const added = {
    campaignSent: campaign ? left : 0,
    transactionalSent: campaign ? 0 : left,
    released: campaign ? answers.length : 0,
    answered: answers.filter(({ kind }) => kind === 'accepted' || kind === 'permanent').length,
    hard: groups.filter((group) => group === 'hard').length,
    blocked: groups.filter((group) => group === 'block').length,
  }
  await inAccount(deps.db, plan.account_id, async (trx) => {
    const after = await addAnswers(trx, plan.account_id, day, added)
    const reason = after && stopReason(after)
    if (!reason) return
    if (await endPlan(trx, plan.account_id, plan.id, { state: 'stopped', reason, today: day.day }))
      await notify(trx, plan.account_id, 'provider', plan.id)
  })
}
