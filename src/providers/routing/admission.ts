import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channels/channel.ts'
import type { MxSettings } from '../../channels/email/mx/settings.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { StoredConfig } from '../config.ts'
import type { ProviderRow } from '../queries.ts'
import { admitToSites, type Shapes, shapesFor } from '../shaping/admit.ts'
import { noteReceivers } from '../shaping/notes.ts'
import { type DayRow, listPlansFor, type PlanRow } from '../warmup/queries.ts'
import { bookAnswers, giveBack, isFree, reserveOf } from '../warmup/reserve.ts'

export type AdmissionRow = {
  readonly recipientKey: string
  readonly messageId: string
  readonly domain: string | null
  readonly lane: number
}
export type Later = { readonly key: string; readonly seconds: number; readonly factor: string }
export type Gated = {
  readonly now: readonly string[]
  readonly later: readonly Later[]
  /** By the provider that a warm-up plan names for what is beyond the day's cap. */
  readonly diverted: readonly { readonly key: string; readonly providerId: string }[]
}

type Kept = { shapes: Shapes | null; campaign: boolean; plans: { plan: PlanRow; day: DayRow }[] }

const without = (rows: readonly AdmissionRow[], keys: ReadonlySet<string>): AdmissionRow[] =>
  rows.filter((row) => !keys.has(row.recipientKey))

/** Lets one plan after the other say which rows it has room for today. */
const askPlans = async (
  trx: Trx,
  deps: Deps,
  plans: readonly PlanRow[],
  rows: readonly AdmissionRow[],
  kept: Kept,
): Promise<Gated> => {
  let asked = [...rows]
  const later: Later[] = []
  const diverted: { key: string; providerId: string }[] = []
  for (const plan of plans) {
    const warmth = await reserveOf(trx, deps, plan, asked)
    later.push(...warmth.later)
    diverted.push(...warmth.diverted)
    if (!warmth.day) continue
    const before = kept.plans
    const held = asked.filter((row) => !isFree(row.lane) && !warmth.now.has(row.recipientKey)).length
    // What this plan holds back had been let through by the plans before it.
    for (const one of before) await giveBack(trx, plan.account_id, one.day, held)
    kept.plans = [...before, { plan, day: warmth.day }]
    asked = asked.filter((row) => warmth.now.has(row.recipientKey))
  }
  return { now: asked.map((row) => row.recipientKey), later, diverted }
}

const limitsOf = (shapes: Shapes): NonNullable<MxSettings['limits']> =>
  Object.fromEntries(
    [...shapes].map(([domain, { limits }]) => [
      domain,
      { connections: limits.connections, messages_per_connection: limits.messages_per_connection },
    ]),
  )

/**
 * What stands between a chunk and its receivers at one provider: warm-up, then shaping by site; and what is done with the
 * answers. Made anew for each chunk, whose rows are all of one lane.
 */
export const makeGate = (
  deps: Deps,
  row: ProviderRow,
  options: { readonly senderId: string | null; readonly warms: boolean },
) => {
  const provider = { accountId: row.account_id, providerId: row.id }
  const kept: Kept = { shapes: null, campaign: true, plans: [] }
  const { source_addresses: sourceAddresses = [] } = row.config as StoredConfig

  const admit = async (trx: Trx, rows: readonly AdmissionRow[]): Promise<Gated> => {
    kept.campaign = rows.some(({ lane }) => !isFree(lane))
    const { senderId, warms } = options
    const plans = warms ? await listPlansFor(trx, row.account_id, { senderId, sourceAddresses }) : []
    const warm = await askPlans(trx, deps, plans, rows, kept)
    const held = new Set([...warm.later, ...warm.diverted].map(({ key }) => key))
    const left = without(rows, held)
    kept.shapes = await shapesFor(
      trx,
      deps,
      row.account_id,
      left.flatMap(({ domain }) => domain ?? []),
    )
    const shaped = await admitToSites(trx, provider, kept.shapes, left)
    const back = kept.campaign ? shaped.later.length : 0
    for (const { day } of kept.plans) await giveBack(trx, row.account_id, day, back)
    return { now: shaped.now, later: [...warm.later, ...shaped.later], diverted: warm.diverted }
  }

  return {
    admit,
    /** Settings of the adapter for the receivers of this chunk. */
    settingsFor: (settings: unknown): unknown =>
      row.kind === 'mx' && kept.shapes
        ? { ...(settings as MxSettings), limits: limitsOf(kept.shapes) }
        : settings,
    note: async (answers: readonly { domain: string | null; answer: SubmitAnswer }[]): Promise<void> => {
      await noteReceivers(deps, provider, kept.shapes, answers)
      for (const { plan, day } of kept.plans)
        await bookAnswers(
          deps,
          plan,
          day,
          answers.map(({ answer }) => answer),
          kept.campaign,
        )
    },
  }
}
export type Gate = ReturnType<typeof makeGate>

export type Submit = (batch: readonly RenderedMessage[], context: SubmitContext) => Promise<void>
