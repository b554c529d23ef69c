import { ImportFormat } from '../contacts/import/contract.ts'
import { inAccount } from '../db/pool.ts'
import { uuidV7 } from '../lib/ids.ts'
import { Dmarc } from '../sender-domains/contract.ts'
import type { TestApp } from './app.ts'
import { factorsOfEach } from './factors-of-each.ts'
import { peopleOfEach } from './people-of-each.ts'
import { sampleOf } from './sample.ts'
import { aSentCampaign } from './sent-campaign.ts'

/** Without credentials: what is sealed belongs to its account and could not be made here. */
const aWebhook = (id: string) => ({
  name: 'Shop',
  url: `https://example.com/${id}`,
  events: ['campaign.*'],
  secret_sealed: Buffer.from(id),
})

/** Far above what the chain of a test reaches, so that it is no record of another account. */
const sampleSeq = 1_000_000

/**
 * One object of every kind in an account, written as rows, so that tests over all routes need no feature's own way in.
 * The keys are the collections of the API; the values stand for the parameters of a path below it.
 */
export const oneOfEach = async (
  app: TestApp,
  accountId: string,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> => {
  const id = uuidV7(app.deps.clock.now())
  const { campaignId, messages } = await aSentCampaign(app, {
    accountId,
    messages: [{ email: `campaign-${id}@example.com` }],
    targets: ['https://example.com/'],
  })
  const own = { account_id: accountId, id }
  const email = `person-${id}@example.com`
  await inAccount(app.db, accountId, async (trx) => {
    const { id: owner } = await trx
      .selectFrom('users')
      .select('id')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('trusted_devices')
      .values({
        ...own,
        user_id: owner,
        token_hash: Buffer.alloc(32),
        security_epoch: 1,
        agent_family: 'Firefox',
        network: '127.0.0.0/8',
        expires_at: app.deps.clock.now(),
      })
      .execute()
    await trx
      .insertInto('sender_domains')
      .values({
        ...own,
        domain: `${id}.example`,
        return_path_label: 'bounce',
        tracking_label: 'click',
        dkim_selector: 'abc',
        dmarc: JSON.stringify(sampleOf(Dmarc)),
        ownership_token: id,
      })
      .execute()
    await trx
      .insertInto('contacts')
      .values({ ...own, email, email_key: email, external_id: id, source: 'manual' })
      .execute()
    await trx
      .insertInto('contact_groups')
      .values({ ...own, name: `Group ${id}` })
      .execute()
    await trx
      .insertInto('field_definitions')
      .values({ account_id: accountId, name: `field_${id.slice(-12)}`, type: 'text' })
      .execute()
    await trx
      .insertInto('imports')
      .values({
        ...own,
        file_name: 'people.csv',
        size: 1,
        sha256: '',
        format: JSON.stringify(sampleOf(ImportFormat)),
        state: 'analysed',
      })
      .execute()
    await trx
      .insertInto('operations')
      .values({ ...own, type: 'import' })
      .execute()
    await trx
      .insertInto('suppressions')
      .values({
        ...own,
        channel: 'email',
        address_hash: Buffer.from(id),
        reason: 'complained',
        source: 'test',
      })
      .execute()
    await trx
      .insertInto('bounce_rules')
      .values({ ...own, position: 1, code: '5.1.1', class: 'unknown_user' })
      .execute()
    await trx
      .insertInto('bounce_reports')
      .values({ ...own, source: 'mail', kind: 'bounce', state: 'unassigned' })
      .execute()
    await trx
      .insertInto('allow_requests')
      .values({ ...own, address: email, address_hash: Buffer.from(id), substantiation: 'It works again.' })
      .execute()
    await trx
      .insertInto('suppression_domains')
      .values({ ...own, domain: `d${id.slice(-12)}.example.com` })
      .execute()
    await trx
      .insertInto('sender_identities')
      .values({ ...own, channel: 'email', name: 'News', value: `news-${id}@example.com` })
      .execute()
    await trx
      .insertInto('providers')
      .values({ ...own, channel: 'email', kind: 'simulator', name: `Provider ${id}` })
      .execute()
    await trx
      .insertInto('provider_routes')
      .values({
        ...own,
        channel: 'email',
        receiving_domain: 'example.com',
        providers: JSON.stringify([{ provider_id: id }]),
      })
      .execute()
    await trx
      .insertInto('shaping_rules')
      .values({ ...own, site: `d${id.slice(-12)}.example.com` })
      .execute()
    await trx
      .insertInto('warmup_plans')
      .values({
        ...own,
        subject_kind: 'sender_domain',
        subject: `d${id.slice(-12)}.example.com`,
        target_per_day: 1_000,
        days: 10,
        started_on: '2026-01-01',
      })
      .execute()
    await trx
      .insertInto('simulator_messages')
      .values({ ...own, origin: 'smtp', from_address: 'a@example.com', to_address: email, size: 1 })
      .execute()
    await trx
      .insertInto('simulator_scripts')
      .values({ ...own, match_domain: 'example.com', class: 'ok', rate: 1, latency_ms: 0, seed: '1' })
      .execute()
    await trx
      .insertInto('simulator_attachments')
      .values({
        account_id: accountId,
        simulator_message_id: id,
        position: 0,
        file_name: 'a.txt',
        content_type: 'text/plain',
        size: 1,
        content: Buffer.from('a'),
      })
      .execute()
    await trx
      .insertInto('api_keys')
      .values({
        ...own,
        public_id: id.slice(-12),
        name: 'Shop',
        scopes: ['contacts.view'],
        secret_hash: Buffer.from(id),
        created_by: owner,
        expires_at: new Date('2100-01-01'),
      })
      .execute()
    const { id: streamId } = await trx
      .selectFrom('streams')
      .select('id')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('smtp_credentials')
      .values({
        ...own,
        public_id: id.slice(-12),
        name: 'Shop',
        stream_id: streamId,
        secret_hash: Buffer.from(id),
        created_by: owner,
      })
      .execute()
    await trx
      .insertInto('webhook_endpoints')
      .values({ ...own, ...aWebhook(id) })
      .execute()
    await trx
      .insertInto('support_grants')
      .values({ ...own, granted_by: owner, expires_at: new Date('2100-01-01') })
      .execute()
  })
  const people = await inAccount(app.db, accountId, (trx) => peopleOfEach(trx, own))
  await inAccount(app.db, accountId, async (trx) => {
    await trx
      .insertInto('audit_entries')
      .values({
        account_id: accountId,
        seq: sampleSeq,
        at: app.deps.clock.now(),
        section: 'account',
        action: 'account.changed',
        actor_type: 'system',
        result: 'ok',
        prev_hash: Buffer.alloc(32),
        hash: Buffer.alloc(32),
      })
      .execute()
    const requestedBy = await trx
      .selectFrom('users')
      .select('id')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('audit_exports')
      .values({
        ...own,
        requested_by: requestedBy.id,
        from_at: new Date(0),
        to_at: new Date(0),
        format: 'csv',
        expires_at: app.deps.clock.now(),
      })
      .execute()
  })
  const session = await inAccount(app.db, accountId, (trx) =>
    trx
      .selectFrom('sessions')
      .select(['id', 'user_id'])
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow(),
  )
  const factors = await inAccount(app.db, accountId, (trx) => factorsOfEach(trx, own, session.user_id))
  return {
    '/audit-log': { seq: String(sampleSeq) },
    '/audit-log/exports': { id },
    ...people,
    ...factors,
    '/account/support-grants': { id },
    '/api-keys': { id },
    '/campaigns': { id: campaignId, message_id: messages[0]?.messageId ?? '' },
    '/contacts/by': { key: 'external_id', value: id },
    '/contacts': { id },
    '/email/domains': { id },
    '/email/bounce-rules': { id },
    '/email/bounces': { id },
    '/email/senders': { id },
    '/email/shaping': { id },
    '/email/warmups': { id },
    '/fields': { name: `field_${id.slice(-12)}` },
    '/groups': { id },
    '/imports': { id },
    '/me/sessions': { id: session.id },
    '/me/trusted-devices': { id },
    '/operations': { id },
    '/sending/providers': { id },
    '/sending/routes': { id },
    '/simulator/messages': { id, position: '0' },
    '/simulator/scripts': { id },
    '/smtp-credentials': { id },
    '/suppressions': { id },
    '/suppressions/allow-requests': { id },
    '/suppression-domains': { id },
    '/webhooks': { id },
  }
}
