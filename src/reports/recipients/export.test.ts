import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { aSentCampaign } from '../../test/sent-campaign.ts'

const app = await startTestApp()

const aLargeCampaign = async (recipients: number): Promise<string> => {
  const { campaignId, runMonth } = await aSentCampaign(app, { messages: [] })
  await inAccount(app.db, app.accountId, (trx) =>
    sql`insert into messages (account_id, source_id, recipient_key, channel, run_month, source_kind, message_id, address, state)
      select ${app.accountId}, ${campaignId}, uuid_v7()::text, 'email', ${runMonth}::date, 'campaign', uuid_v7(),
        'person-' || n || '@example.com', 'planned'
      from generate_series(1, ${recipients}::int) n`.execute(trx),
  )
  return campaignId
}

const openTransactions = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%' and pid <> pg_backend_pid()`.execute(
    app.db,
  )
  return rows[0]?.n ?? 0
}

test('a large export holds every recipient once and asks for a fresh confirmation first', async () => {
  const id = await aLargeCampaign(10_001)
  const refused = await app.owner.get(`/campaigns/${id}/recipients.csv`)
  expect([refused.status, refused.body.code, refused.body.purpose]).toEqual([
    403,
    'step_up_required',
    'general',
  ])
  await app.owner.stepUp()
  const { status, raw } = await app.owner.get(`/campaigns/${id}/recipients.csv`)
  const addresses = raw
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0])
  expect([status, addresses.length, new Set(addresses).size]).toEqual([200, 10_001, 10_001])
})

test('neither a refused nor a finished export leaves a transaction open', async () => {
  const id = await aLargeCampaign(2_500)
  await app.owner.get(`/campaigns/${id}/recipients.csv`)
  await app.other.get(`/campaigns/${id}/recipients.csv`)
  // The answer is complete a moment before its transaction has ended.
  await expect.poll(openTransactions, { timeout: 10_000 }).toBe(0)
})

test('a caller who goes away ends the export', async () => {
  const id = await aLargeCampaign(9_000)
  const address = await app.app.listen({ host: '127.0.0.1', port: 0 })
  const leave = new AbortController()
  const response = await fetch(`${address}/api/v1/campaigns/${id}/recipients.csv`, {
    headers: { cookie: app.owner.cookie },
    signal: leave.signal,
  })
  await response.body?.getReader().read()
  leave.abort()
  await expect.poll(openTransactions, { timeout: 10_000 }).toBe(0)
})
