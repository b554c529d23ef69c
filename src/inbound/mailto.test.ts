import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { planCampaign } from '../campaigns/run/plan.ts'
import { campaignSource } from '../campaigns/source/source.ts'
import { aCampaign, aContact, aGroup } from '../campaigns/test/world.ts'
import type { RenderedMessage } from '../channels/channel.ts'
import { inAccount } from '../db/pool.ts'
import { drainChunk, type Engine } from '../messages/engine/drain.ts'
import { startTestApp } from '../test/app.ts'
import { routeWith } from '../test/run.ts'
import { receiveReturnMail } from './index.ts'
import { readInboundMail } from './mails/read.ts'

const app = await startTestApp({ env: { BOUNCE_SMTP_LISTEN: '127.0.0.1:8426', MAIL_HOST: 'mail.acme.test' } })
const { deps, owner, accountId } = app

test('with a listener a message names an address to leave, and a mail to it is enough', async () => {
  await owner.patch('/account', { postal_address: 'Długa 1\n00-001 Warszawa' })
  const group = await aGroup(owner)
  const contact = await aContact(owner, { email: 'leaver@example.org', groups_add: [group] })
  const id = await aCampaign(owner, {
    audience: { group_ids: [group] },
    content: { subject: 'Spring', html: '<p>Spring</p>' },
  })
  expect((await owner.post(`/campaigns/${id}/send`)).status).toBe(200)
  await planCampaign(deps, { account_id: accountId, id })
  const caught: RenderedMessage[] = []
  const engine: Engine = {
    deps,
    nodeId: '00000000-0000-7000-8000-00000000bbbb',
    sources: { campaign: campaignSource },
    resolveRoutes: async () => [
      routeWith(async (batch, context) => {
        caught.push(...batch)
        for (const { messageId } of batch)
          context.report(messageId, { kind: 'accepted', providerRef: null, text: '250' })
      }),
    ],
    signal: new AbortController().signal,
    closedGates: new Set(),
  }
  while (await drainChunk(engine, { accountId, sourceId: id, kind: 'campaign' }));
  const mail = await simpleParser(caught[0]?.raw ?? '')
  const listed = mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? ''
  const address = /<mailto:([0-9a-z]{64}@mail\.acme\.test)\?subject=unsubscribe>/.exec(listed)?.[1] ?? ''
  expect(listed).toMatch(/<http[^>]+\/u\/[^>]+>/)
  expect(
    await receiveReturnMail(deps, {
      envelopeFrom: 'x@example.org',
      envelopeTo: address,
      raw: Buffer.from(''),
    }),
  ).toBe(true)
  const stored = await inAccount(app.db, accountId, (trx) =>
    trx.selectFrom('inbound_mails').select('id').where('account_id', '=', accountId).execute(),
  )
  for (const one of stored) await readInboundMail(deps, { account_id: accountId, id: one.id })
  const { channels } = (await owner.get(`/contacts/${contact}`)).body
  expect(channels.email.unsubscribed_at).not.toBeNull()
  expect((await owner.get(`/campaigns/${id}/report`)).body.counts.unsubscribed).toBe(1)
})
