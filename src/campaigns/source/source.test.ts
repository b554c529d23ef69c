import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import type { RenderedMessage } from '../../channels/channel.ts'
import { openLinkToken } from '../../content/index.ts'
import { inAccount } from '../../db/pool.ts'
import { drainChunk, type Engine } from '../../messages/engine/drain.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf, routeWith } from '../../test/run.ts'
import { planCampaign } from '../run/plan.ts'
import { listLinks } from '../test/queries.ts'
import { aCampaign, aContact, aGroup } from '../test/world.ts'
import { campaignSource, testSource } from './source.ts'

const app = await startTestApp()
const { owner, deps, accountId } = app
await owner.patch('/account', { postal_address: 'Długa 1\n00-001 Warszawa' })

const html = `<html><body><p>Hello {{ contact.first_name }} from {{ contact.City }}</p>
<a href="https://shop.test/{{ contact.first_name | url_encode }}">Yours</a><a href="https://shop.test/all">All</a></body></html>`
await owner.post('/fields', { name: 'City', type: 'text' })

const anAudience = async (...people: object[]) => {
  const group = await aGroup(owner)
  const ids: string[] = []
  for (const person of people) ids.push(await aContact(owner, { ...person, groups_add: [group] }))
  return { audience: { group_ids: [group] }, ids }
}

/** Sends with the real engine and content; what would leave is caught at the border. */
const sendAll = async (id: string, kind: 'campaign' | 'test' = 'campaign'): Promise<RenderedMessage[]> => {
  const caught: RenderedMessage[] = []
  const engine: Engine = {
    deps,
    nodeId: '00000000-0000-7000-8000-00000000bbbb',
    sources: { campaign: campaignSource, test: testSource },
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
  while (await drainChunk(engine, { accountId, sourceId: id, kind }));
  return caught
}

const launch = async (given: object): Promise<{ id: string; sent: RenderedMessage[] }> => {
  const id = await aCampaign(owner, given)
  const started = await owner.post(`/campaigns/${id}/send`)
  expect(started.status, started.raw).toBe(200)
  await planCampaign(deps, { account_id: accountId, id })
  return { id, sent: await sendAll(id) }
}

const linkOf = (text: string, kind: 'c' | 'u' | 'v' | 'o'): string[] =>
  [...text.matchAll(new RegExp(`/${kind}/([A-Za-z0-9_-]+)`, 'g'))].map((match) => match[1] ?? '')

describe('a campaign', () => {
  test('reaches each person as an own message with own links', async () => {
    const { audience, ids } = await anAudience(
      { email: 'ania@example.org', first_name: 'Ania', last_name: 'Żak', fields: { City: 'Łódź' } },
      { email: 'bob@example.org', first_name: 'Bob & <i>', fields: { City: 'Rome' } },
    )
    const content = {
      subject: 'For {{ FirstName }}',
      html,
      reply_to: 'help@acme.test',
      from_name: 'Shop {{ City }}',
    }
    const { id, sent } = await launch({ audience, content })
    expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual(['ania@example.org', 'bob@example.org'])
    const message = sent.find(({ recipient }) => recipient === 'ania@example.org')
    if (!message) throw new Error('no message')
    expect(message).toMatchObject({ accountId, sourceId: id, origin: 'campaign' })
    const mail = await simpleParser(message.raw)
    const campaign = (await owner.get(`/campaigns/${id}`)).body
    expect(mail.subject).toBe('For Ania')
    expect(mail.from?.value[0]).toEqual({ name: 'Shop Łódź', address: campaign.sender.email })
    expect(message.envelopeFrom).toBe(campaign.sender.email)
    expect(mail.to && 'value' in mail.to && mail.to.value[0]).toEqual({
      name: 'Ania Żak',
      address: 'ania@example.org',
    })
    expect(mail.replyTo?.text).toBe('help@acme.test')
    expect(mail.headers.get('x-campanile-message')).toBe(message.messageId)
    expect(mail.messageId).toBe(`<${message.messageId}@localhost>`)
    expect(mail.html).toContain('Hello Ania from Łódź')
    expect(mail.html).toContain('Warszawa')
    expect(mail.text).toContain('Hello Ania from Łódź')
    expect(mail.text).toContain('Długa 1')
    const listed = mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? ''
    const post = mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line
    expect(post).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const token = openLinkToken(deps.keys, 'unsubscribe', linkOf(listed, 'u')[0] ?? '')
    expect(token).toMatchObject({
      accountId,
      campaignId: id,
      messageId: message.messageId,
      contactId: ids[0],
      revision: 1,
    })
    expect(await accountingOf(app, id)).toMatchObject({ audience: 2, accepted: 2, balanced: true })
  })

  test('counts its links: stored targets for all, sealed ones for one', async () => {
    const { audience } = await anAudience({ first_name: 'Cleo' })
    const { id, sent } = await launch({ audience, content: { subject: 's', html } })
    const mail = await simpleParser(sent[0]?.raw ?? '')
    const [personal, common] = linkOf(String(mail.html), 'c').map((token) =>
      openLinkToken(deps.keys, 'click', token),
    )
    expect(personal).toMatchObject({ position: 1, personalTarget: 'https://shop.test/Cleo' })
    expect(common).toMatchObject({ position: 2, personalTarget: null })
    expect(await inAccount(app.db, accountId, (trx) => listLinks(trx, accountId, id))).toEqual([
      { content_revision: 1, position: 1, target: 'https://shop.test/{{ contact.first_name | url_encode }}' },
      { content_revision: 1, position: 2, target: 'https://shop.test/all' },
    ])
    expect(linkOf(String(mail.html), 'o')).toHaveLength(1)
  })

  test('with on_missing skip leaves out who lacks a value', async () => {
    const { audience } = await anAudience({ first_name: 'Dora' }, { last_name: 'Nameless' })
    const { id, sent } = await launch({
      audience,
      content: { subject: 'Hi {{ contact.first_name }}', html: '<p>x</p>', on_missing: 'skip' },
    })
    expect(sent).toHaveLength(1)
    expect(await accountingOf(app, id)).toMatchObject({
      accepted: 1,
      suppressed: 1,
      suppressed_by_reason: { render_failed: 1 },
      balanced: true,
    })
  })

  test('has a web version with the data of its reader, unless switched off', async () => {
    const { audience } = await anAudience({ first_name: 'Emma' })
    for (const web_version of [true, false]) {
      const { sent } = await launch({
        audience,
        content: { subject: 's', html: `${html}<a href="{{ links.web_version }}">web</a>`, web_version },
      })
      const mail = await simpleParser(sent[0]?.raw ?? '')
      const page = await app.content.inject({ url: `/v/${linkOf(String(mail.html), 'v')[0]}` })
      expect(page.statusCode).toBe(web_version ? 200 : 404)
      if (!web_version) continue
      expect(page.headers['content-security-policy']).toContain('sandbox')
      expect(page.body).toContain('Hello Emma')
      expect(page.body).toContain('href="https://shop.test/all"')
      expect(linkOf(page.body, 'o')).toEqual([])
    }
  })

  test('goes on with corrected content after a pause', async () => {
    const { audience } = await anAudience({ first_name: 'Fay' })
    const id = await aCampaign(owner, { audience, content: { subject: 'Wrogn', html } })
    await owner.post(`/campaigns/${id}/send`)
    await owner.post(`/campaigns/${id}/pause`)
    await owner.patch(`/campaigns/${id}`, {
      content: { subject: 'Right', html: '<a href="https://new.test">n</a>' },
    })
    expect((await owner.post(`/campaigns/${id}/resume`)).status).toBe(200)
    await planCampaign(deps, { account_id: accountId, id })
    const [message] = await sendAll(id)
    expect((await simpleParser(message?.raw ?? '')).subject).toBe('Right')
    const links = await inAccount(app.db, accountId, (trx) => listLinks(trx, accountId, id))
    expect(links.filter((link) => link.content_revision === 2)).toMatchObject([
      { target: 'https://new.test' },
    ])
  })
})

describe('a test message', () => {
  test('shows the chosen contact, is marked on wish and can unsubscribe nobody', async () => {
    const { audience, ids } = await anAudience({ first_name: 'Gwen' })
    const id = await aCampaign(owner, { audience, content: { subject: 'Hi {{ FirstName }}', html } })
    const answer = await owner.post(`/campaigns/${id}/test`, {
      to: ['me@acme.test'],
      contact_id: ids[0],
      mark_as_test: true,
    })
    expect(answer.status, answer.raw).toBe(202)
    const [message] = await sendAll(answer.body.data[0].id, 'test')
    expect(message).toMatchObject({ recipient: 'me@acme.test', origin: 'test' })
    const mail = await simpleParser(message?.raw ?? '')
    expect(mail.subject).toBe('[Test] Hi Gwen')
    const token =
      linkOf(mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '', 'u')[0] ?? ''
    expect(openLinkToken(deps.keys, 'unsubscribe', token)).toMatchObject({ campaignId: id, contactId: null })
  })

  test('without contact shows defaults', async () => {
    const id = await aCampaign(owner, { content: { subject: 'Hi {{ FirstName | default: "you" }}', html } })
    const answer = await owner.post(`/campaigns/${id}/test`, { to: ['me@acme.test'] })
    const [message] = await sendAll(answer.body.data[0].id, 'test')
    expect((await simpleParser(message?.raw ?? '')).subject).toBe('Hi you')
  })
})
