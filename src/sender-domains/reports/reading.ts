import { inAccountSnapshot } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField } from '../../http/errors.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import type { DmarcReports } from '../contract.ts'
import { getDomain } from '../domain.ts'
import { countReports, type SourceRow, sumByDay, sumBySource } from './queries.ts'

const periodMs = hoursMs(30 * 24)
const periodMsMax = hoursMs(366 * 24)

const toSource = (row: SourceRow) => ({ ...row, known: row.passed > 0 })

/** Sums of a period; a source of which nothing ever passed is unknown: somebody else, or a forgotten program. */
export const readReports = (
  deps: Deps,
  actor: Actor,
  id: string,
  query: { readonly from?: string; readonly to?: string },
  now: Date,
): Promise<DmarcReports> => {
  const to = query.to === undefined ? now : new Date(query.to)
  const from = query.from === undefined ? addMs(to, -periodMs) : new Date(query.from)
  if (from >= to || to.getTime() - from.getTime() > periodMsMax)
    throw invalidField('/from', 'out_of_range', 'must be before the end and not more than 366 days before it')
  const { accountId } = actor
  return inAccountSnapshot(deps.db, accountId, async (trx) => {
    await getDomain(trx, accountId, id)
    const range = { domainId: id, from, to }
    const days = await sumByDay(trx, accountId, range)
    const sources = (await sumBySource(trx, accountId, range)).map(toSource)
    const messages = days.reduce((sum, day) => sum + day.messages, 0)
    const passed = days.reduce((sum, day) => sum + day.passed, 0)
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      reports: await countReports(trx, accountId, range),
      days,
      sources,
      unknown_sources: sources.filter(({ known }) => !known),
      pass_rate: messages === 0 ? null : Number((passed / messages).toFixed(6)),
    }
  })
}
