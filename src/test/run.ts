import { sql } from 'kysely'
import { accountKeys } from '../accounts/index.ts'
import type { RenderedMessage, SubmitContext } from '../channels/channel.ts'
import { inAccount } from '../db/pool.ts'
import { uuidV7 } from '../lib/ids.ts'
import type { MessageSource, OutboundRoute, Run } from '../messages/index.ts'
import { planChunk, readAccounting } from '../messages/index.ts'
import type { TestApp } from './app.ts'

/** Renders nothing but the address: what these tests are about is the ledger. */
export const plainSource: MessageSource = {
  kind: 'campaign',
  load: async (_trx, _deps, { accountId, sourceId }) => ({
    senderId: null,
    render: async (_inner, recipients) =>
      new Map(
        recipients.map((recipient) => [
          recipient.messageId,
          recipient.address.startsWith('broken')
            ? { failed: 'render_failed' as const, detail: 'no such field' }
            : {
                messageId: recipient.messageId,
                accountId,
                sourceId,
                origin: 'campaign' as const,
                recipient: recipient.address,
                envelopeFrom: 'bounce@acme.test',
                raw: Buffer.from('Subject: hello\r\n\r\nhello\r\n'),
              },
        ]),
      ),
  }),
}

export type Submit = (batch: readonly RenderedMessage[], context: SubmitContext) => Promise<void>

export const routeWith = (submit: Submit, maxBatch = 50): OutboundRoute => ({
  providerId: '00000000-0000-7000-8000-00000000aaaa',
  name: 'test',
  maxBatch,
  limits: { per_second: null, per_minute: null, per_hour: null, per_day: null },
  submit,
  recordOutcome: async () => {},
})

/** A group of contacts and a draft campaign to it, written straight to the tables. */
export const makeRun = async (app: TestApp, addresses: readonly string[]): Promise<string> => {
  const { accountId, deps } = app
  const groupId = uuidV7(deps.clock.now())
  const campaignId = uuidV7(deps.clock.now())
  await inAccount(deps.db, accountId, async (trx) => {
    await sql`insert into contact_groups (account_id, id, name) values (${accountId}, ${groupId}, ${groupId})`.execute(
      trx,
    )
    await sql`
      with people as (
        insert into contacts (account_id, id, email, email_key, source)
        select ${accountId}, uuid_v7(), address, address, 'manual' from unnest(${addresses as string[]}::text[]) address
        returning id)
      insert into contact_group_members (account_id, group_id, contact_id) select ${accountId}, ${groupId}, id from people`.execute(
      trx,
    )
    await sql`insert into campaigns (account_id, id, name, audience, content_revision, status, run_month, started_at)
      values (${accountId}, ${campaignId}, 'Spring', ${JSON.stringify({ group_ids: [groupId], exclude_group_ids: [] })}::jsonb, 1,
        'preparing', date_trunc('month', app_now() at time zone 'UTC')::date, app_now())`.execute(trx)
  })
  return campaignId
}

export const accountingOf = (app: TestApp, campaignId: string) =>
  inAccount(app.db, app.accountId, (trx) => readAccounting(trx, app.accountId, campaignId))

export const statusOf = (app: TestApp, campaignId: string) =>
  inAccount(app.db, app.accountId, (trx) =>
    trx
      .selectFrom('campaigns')
      .select(['status', 'status_reason', 'gate'])
      .where('account_id', '=', app.accountId)
      .where('id', '=', campaignId)
      .executeTakeFirstOrThrow(),
  )

/** Freezes the run's group as its audience, plans it without asking anything and opens the gate. */
export const planRun = (app: TestApp, campaignId: string): Promise<Run> =>
  inAccount(app.db, app.accountId, async (trx) => {
    const { accountId } = app
    const { addressHash } = await accountKeys(trx, app.deps.keys, accountId)
    await sql`insert into audience_members (account_id, campaign_id, contact_id)
      select ${accountId}, c.id, m.contact_id from campaigns c join contact_group_members m
        on m.account_id = ${accountId} and m.group_id = (c.audience -> 'group_ids' ->> 0)::uuid
      where c.account_id = ${accountId} and c.id = ${campaignId}`.execute(trx)
    const { rows } = await sql<{ run_month: string }>`
      update campaigns set status = 'sending', gate = 'open', planned_all_at = app_now()
      where account_id = ${accountId} and id = ${campaignId} returning run_month`.execute(trx)
    const run = { accountId, campaignId, runMonth: rows[0]?.run_month ?? '', revision: 1 }
    let last: string | null = '00000000-0000-0000-0000-000000000000'
    while (last) last = await planChunk(trx, run, last, sql<string | null>`null::text`, addressHash, 5_000)
    return { accountId, sourceId: campaignId, runMonth: run.runMonth }
  })
