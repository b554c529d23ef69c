import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { pageLimit, readPosition, toPage } from '../http/page.ts'
import { readCounts, readRatePerHour } from '../messages/index.ts'
import { isSimulated } from '../providers/index.ts'
import type { Campaign, CampaignFilter } from './contract.ts'
import { toCampaign, toCampaignRow } from './presentation.ts'
import { type CampaignRecord, findCampaign, listCampaignRows } from './queries.ts'

/** @throws AppError 404. */
export const getRecord = async (trx: Trx, accountId: string, id: string): Promise<CampaignRecord> => {
  const row = await findCampaign(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

/** Before its start a campaign is as simulated as the routes are now; a run keeps what they were. */
const simulatedNow = async (
  trx: Trx,
  accountId: string,
  row: Pick<CampaignRecord, 'started_at' | 'simulated'>,
): Promise<boolean> => (row.started_at ? row.simulated : isSimulated(trx, { accountId, channel: 'email' }))

/** The campaign as the API shows it. */
export const readCampaign = async (
  trx: Trx,
  _deps: Deps,
  accountId: string,
  id: string,
): Promise<Campaign> => {
  const row = await getRecord(trx, accountId, id)
  const counts = (await readCounts(trx, accountId, [id])).get(id)
  const rate =
    row.status === 'sending' || row.status === 'testing' ? await readRatePerHour(trx, accountId, id) : null
  return toCampaign({ ...row, simulated: await simulatedNow(trx, accountId, row) }, counts, rate)
}

export const listCampaigns = async (trx: Trx, deps: Deps, actor: Actor, query: CampaignFilter) => {
  const { limit: _limit, cursor: _cursor, ...filter } = query
  const now = deps.clock.now()
  const limit = pageLimit(query)
  const byName = filter.sort?.endsWith('name') === true
  const rows = await listCampaignRows(
    trx,
    actor.accountId,
    query,
    readPosition(query, filter, now),
    limit + 1,
  )
  const counts = await readCounts(
    trx,
    actor.accountId,
    rows.filter((row) => row.started_at !== null).map((row) => row.id),
  )
  const simulated = await isSimulated(trx, { accountId: actor.accountId, channel: 'email' })
  return toPage(rows, {
    limit,
    filter,
    now,
    position: (row) => (byName ? [row.name, row.id] : [row.id]),
    present: (row) => toCampaignRow(row.started_at ? row : { ...row, simulated }, counts.get(row.id)),
  })
}
