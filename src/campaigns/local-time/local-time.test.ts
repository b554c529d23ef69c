import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf } from '../../test/run.ts'
import { planCampaign } from '../run/plan.ts'
import { answering, sendingWith } from '../test/sending.ts'
import { aCampaign, aContact, aGroup } from '../test/world.ts'

const app = await startTestApp()
const { owner, accountId } = app
const sending = sendingWith(app, answering({}))
const dayMs = 86_400_000

/** Six in the morning in Warsaw in two days, and the moment of one place's clock that shows it. */
const sixInWarsaw = (): Date => {
  const day = new Date(app.deps.clock.now().getTime() + 2 * dayMs)
  day.setUTCHours(5, 0, 0, 0)
  return day
}
const rowOf = async (id: string) => {
  const { rows } = await inAccount(app.db, accountId, (trx) =>
    sql<{ status: string; limiting_factor: string | null }>`select status, limiting_factor from campaigns
      where account_id = ${accountId} and id = ${id}`.execute(trx),
  )
  return rows[0]
}

it('a campaign at a local time begins where that hour comes first and reaches each at his own', async () => {
  const group = await aGroup(owner)
  for (const time_zone of ['Asia/Tokyo', 'Europe/Warsaw', 'America/New_York'])
    await aContact(owner, { first_name: time_zone, time_zone, groups_add: [group] })
  const at = sixInWarsaw()
  const id = await aCampaign(owner, { audience: { group_ids: [group] } })
  const planned = await owner.post(`/campaigns/${id}/schedule`, {
    planned_at: at.toISOString(),
    time_mode: 'contact_time_zone',
  })
  expect(planned.body).toMatchObject({
    status: 'scheduled',
    time_mode: 'contact_time_zone',
    planned_at: at.toISOString(),
  })
  const accepted = async () => (await accountingOf(app, id)).accepted
  const moveTo = async (hours: number): Promise<void> => {
    const target = at.getTime() + hours * 3_600_000 + 30_000
    await app.advance(Math.ceil((target - app.deps.clock.now().getTime()) / 1_000))
    await planCampaign(app.deps, { account_id: accountId, id })
    await sending.drain(id)
  }
  await moveTo(-13.5)
  expect(await rowOf(id)).toMatchObject({ status: 'scheduled' })
  await moveTo(-12.9)
  expect(await rowOf(id)).toMatchObject({ status: 'sending', limiting_factor: 'local time of recipients' })
  expect(await accepted()).toBe(0)
  await moveTo(-8)
  expect(await accepted()).toBe(1)
  await moveTo(-1)
  expect(await accepted()).toBe(1)
  await moveTo(0)
  expect(await accepted()).toBe(2)
  await moveTo(6)
  expect(await accepted()).toBe(3)
})

it('rows whose hour has passed when the run begins are decided, not dropped', async () => {
  const other = await startedLate()
  expect(await accountingOf(app, other)).toMatchObject({
    audience: 3,
    suppressed_by_reason: { expired_before_send: 1 },
    balanced: true,
  })
})

const startedLate = async (): Promise<string> => {
  const { rows } = await inAccount(app.db, accountId, (trx) =>
    sql<{ id: string }>`select id from contact_groups where account_id = ${accountId} limit 1`.execute(trx),
  )
  const at = sixInWarsaw()
  const { rows: made } = await inAccount(app.db, accountId, (trx) =>
    sql<{
      id: string
    }>`insert into campaigns (account_id, id, name, audience, content_revision, status, run_month,
        started_at, planned_at, time_mode)
      values (${accountId}, uuid_v7(), 'Late', ${JSON.stringify({ group_ids: [rows[0]?.id] })}::jsonb, 1, 'preparing',
        date_trunc('month', app_now() at time zone 'UTC')::date, app_now(), ${at}, 'contact_time_zone')
      returning id`.execute(trx),
  )
  const id = made[0]?.id ?? ''
  const target = at.getTime() - 30 * 60_000
  await app.advance(Math.ceil((target - app.deps.clock.now().getTime()) / 1_000))
  await planCampaign(app.deps, { account_id: accountId, id })
  return id
}
