import { isIP } from 'node:net'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { conflict, invalid, invalidField, notFound, versionConflict } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { canonicalHost } from '../../lib/outbound-guard/index.ts'
import { notify } from '../../live/index.ts'
import { holdProviders } from '../queries.ts'
import type { NewWarmupPlan, WarmupPlan, WarmupPlanChange } from './contract.ts'
import { addDays, dayOf } from './curve.ts'
import { toPlan } from './presentation.ts'
import {
  holdsSourceAddress,
  insertPlan,
  listDays,
  listPlanRows,
  lockPlan,
  type PlanColumns,
  type PlanRow,
  type PlanState,
  readToday,
  releaseWaiting,
  removePlan,
  updatePlan,
} from './queries.ts'
import { factorOf } from './reserve.ts'

const present = async (trx: Trx, accountId: string, rows: readonly PlanRow[]): Promise<WarmupPlan[]> => {
  const { today } = await readToday(trx, accountId)
  const days = await listDays(
    trx,
    accountId,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    toPlan(
      row,
      days.filter((day) => day.plan_id === row.id),
      today,
    ),
  )
}

const presentOne = async (trx: Trx, accountId: string, row: PlanRow): Promise<WarmupPlan> => {
  const [plan] = await present(trx, accountId, [row])
  if (!plan) throw notFound()
  return plan
}

export const listPlans = (deps: Deps, actor: Actor, query: PageQuery, now: Date) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const page = await pageById(
      query,
      ['warmups', {}],
      now,
      (after, limit) => listPlanRows(trx, accountId, after, limit),
      (row) => row,
    )
    return { ...page, data: await present(trx, accountId, page.data) }
  })

const getPlan = async (trx: Trx, accountId: string, id: string): Promise<PlanRow> => {
  const row = await lockPlan(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readPlan = (deps: Deps, actor: Actor, id: string): Promise<WarmupPlan> =>
  inAccount(deps.db, actor.accountId, async (trx) =>
    presentOne(trx, actor.accountId, await getPlan(trx, actor.accountId, id)),
  )

const readSubject = async (trx: Trx, accountId: string, given: NewWarmupPlan): Promise<string> => {
  if (given.subject_kind === 'sender_domain') {
    const domain = parseEmail(`a@${given.subject.replace(/\.$/, '')}`)?.domain
    if (domain === undefined) throw invalidField('/subject', 'pattern', 'is no domain')
    return domain
  }
  const address = isIP(given.subject) === 0 ? null : canonicalHost(given.subject)
  if (address === null) throw invalidField('/subject', 'pattern', 'is no address')
  if (!(await holdsSourceAddress(trx, accountId, address)))
    throw invalidField('/subject', 'not_in_list', 'no provider of direct delivery comes from this address')
  return address
}

/** Judges the whole plan, however little of it was given. */
const checkColumns = async (trx: Trx, accountId: string, columns: PlanColumns): Promise<void> => {
  if (columns.target_per_day < columns.start_per_day)
    throw invalidField('/target_per_day', 'out_of_range', 'is less than the first day')
  const id = columns.established_provider_id
  if (columns.rest === 'wait') {
    if (id !== null)
      throw invalidField('/established_provider_id', 'not_in_list', 'is for the rest `established` only')
    return
  }
  if (id === null)
    throw invalid({ pointer: '/established_provider_id', code: 'required', detail: 'is needed' })
  const [provider] = await holdProviders(trx, accountId, [id])
  if (provider?.channel !== 'email')
    throw invalidField('/established_provider_id', 'not_in_list', 'is no provider of e-mail')
}

const claimingSubject = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === 'warmup_plans_subject' ? conflict('duplicate') : error
  }
}

export const createPlan = (
  deps: Deps,
  actor: Actor,
  given: NewWarmupPlan,
  now: Date,
): Promise<WarmupPlan> => {
  const { accountId } = actor
  return claimingSubject(
    inAccount(deps.db, accountId, async (trx) => {
      const columns: PlanColumns = {
        start_per_day: given.start_per_day ?? 200,
        growth: given.growth ?? 1.5,
        target_per_day: given.target_per_day,
        days: given.days,
        rest: given.rest ?? 'wait',
        established_provider_id: given.established_provider_id ?? null,
      }
      await checkColumns(trx, accountId, columns)
      const subject = await readSubject(trx, accountId, given)
      const { today } = await readToday(trx, accountId)
      const id = uuidV7(now)
      const own = { id, subject_kind: given.subject_kind, subject, started_on: today }
      const after = await presentOne(trx, accountId, await insertPlan(trx, accountId, { ...columns, ...own }))
      await notify(trx, accountId, 'provider', id)
      await recordAct(trx, deps, actor, { action: 'warmup_plan.changed', type: 'warmup_plan', id, after })
      return after
    }),
  )
}

const changedColumns = (row: PlanRow, change: WarmupPlanChange): PlanColumns => {
  const rest = change.rest ?? row.rest
  const given = change.established_provider_id
  return {
    start_per_day: change.start_per_day ?? row.start_per_day,
    growth: change.growth ?? row.growth,
    target_per_day: change.target_per_day ?? row.target_per_day,
    days: change.days ?? row.days,
    rest,
    // Who goes over to waiting has named no provider and means none.
    established_provider_id:
      given === undefined ? (rest === 'wait' ? null : row.established_provider_id) : given,
  }
}

/** A plan that is resumed goes on with the day at which it stopped. */
const changedState = (row: PlanRow, wanted: WarmupPlanChange['state'], today: string): PlanState => {
  const { state, stop_reason, stopped_on, started_on } = row
  if (wanted === undefined || wanted === state) return { state, stop_reason, stopped_on, started_on }
  if (wanted === 'stopped') return { state: 'stopped', stop_reason: 'person', stopped_on: today, started_on }
  const idle = stopped_on === null ? 0 : dayOf({ ...row, started_on: stopped_on }, today) - 1
  return {
    state: 'active',
    stop_reason: null,
    stopped_on: null,
    started_on: addDays(started_on, Math.max(0, idle)),
  }
}

export const changePlan = (
  deps: Deps,
  actor: Actor,
  id: string,
  change: WarmupPlanChange,
  ifMatch: number | null,
): Promise<WarmupPlan> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await getPlan(trx, accountId, id)
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    if (row.state === 'finished') throw conflict('not_active')
    const before = await presentOne(trx, accountId, row)
    const columns = changedColumns(row, change)
    await checkColumns(trx, accountId, columns)
    const { today } = await readToday(trx, accountId)
    const changed = await updatePlan(trx, accountId, id, {
      ...columns,
      ...changedState(row, change.state, today),
    })
    const after = await presentOne(trx, accountId, changed)
    await releaseWaiting(trx, accountId, factorOf(changed))
    await notify(trx, accountId, 'provider', id)
    await recordAct(trx, deps, actor, {
      action: 'warmup_plan.changed',
      type: 'warmup_plan',
      id,
      before,
      after,
    })
    return after
  })

export const deletePlan = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await getPlan(trx, accountId, id)
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    const before = await presentOne(trx, accountId, row)
    await removePlan(trx, accountId, id)
    await releaseWaiting(trx, accountId, factorOf(row))
    await notify(trx, accountId, 'provider', id)
    await recordAct(trx, deps, actor, { action: 'warmup_plan.changed', type: 'warmup_plan', id, before })
  })
