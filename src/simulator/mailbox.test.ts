import { describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { uuidV7 } from '../lib/ids.ts'
import { startTestApp } from '../test/app.ts'
import { deliverTo } from './keeping/deliver.ts'

const app = await startTestApp()
const { owner, other, staff, nobody, deps, accountId, otherAccountId } = app

const mail = (given: { subject: string; from?: string; html?: string; attachments?: string }) =>
  Buffer.from(
    [
      `From: News <${given.from ?? 'news@acme.test'}>`,
      'To: Eve <eve@example.com>',
      `Subject: ${given.subject}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      given.html ?? '<p>Hello</p>',
      '--b',
      'Content-Type: text/plain; name="tariff.txt"',
      'Content-Disposition: attachment; filename="Preisliste ł.html"',
      'Content-ID: <p1@x>',
      '',
      given.attachments ?? '<script>1</script>',
      '--b--',
      '',
    ].join('\r\n'),
  )

type Extra = { account?: string; to?: string; campaignId?: string }
const put = async (subject: string, extra: Extra = {}, html?: string): Promise<string> => {
  const messageId = uuidV7(deps.clock.now())
  const delivery = await deliverTo(deps)([
    {
      acts: [],
      message: {
        messageId,
        accountId: extra.account ?? accountId,
        sourceId: extra.campaignId ?? uuidV7(deps.clock.now()),
        origin: 'campaign',
        recipient: extra.to ?? 'Eve@example.com',
        envelopeFrom: 'bounce@acme.test',
        raw: mail({ subject, ...(html === undefined ? {} : { html }) }),
      },
    },
  ])
  expect(delivery).toEqual({ kind: 'kept' })
  const { rows } = await inAccount(deps.db, extra.account ?? accountId, async (trx) => ({
    rows: await trx
      .selectFrom('simulator_messages')
      .select('id')
      .where('message_id', '=', messageId)
      .execute(),
  }))
  return rows[0]?.id ?? ''
}

const subjects = async (query: string): Promise<string[]> => {
  const { body } = await owner.get(`/simulator/messages?${query}`)
  return body.data.map((entry: { subject: string }) => entry.subject)
}

test('a mail is listed without its body and read with it', async () => {
  const campaignId = uuidV7(deps.clock.now())
  const id = await put('Hello Eve', { campaignId })
  const list = await owner.get('/simulator/messages')
  expect(list.status).toBe(200)
  const [head] = list.body.data
  expect(head).toMatchObject({
    id,
    mailbox: 'account',
    channel: 'email',
    origin: 'campaign',
    campaign_id: campaignId,
    from: { email: 'news@acme.test', name: 'News' },
    to: { email: 'Eve@example.com', name: 'Eve' },
    envelope_from: 'bounce@acme.test',
    subject: 'Hello Eve',
    authentication: null,
    events: [],
  })
  expect(head).not.toHaveProperty('html')
  expect(head.attachments).toEqual([{ filename: 'Preisliste ł.html', content_type: 'text/plain', size: 18 }])
  const whole = await owner.get(`/simulator/messages/${id}`)
  expect(whole.body).toMatchObject({ html: expect.stringContaining('<p>Hello</p>'), text: null })
  expect(whole.body.headers[0]).toEqual({ name: 'From', value: 'News <news@acme.test>' })
})

test('the source comes byte for byte, an attachment never as a page', async () => {
  const id = await put('source')
  const raw = await owner.get(`/simulator/messages/${id}/raw`)
  expect(raw.headers['content-type']).toBe('message/rfc822')
  expect(raw.raw).toBe(mail({ subject: 'source' }).toString())
  const part = await owner.get(`/simulator/messages/${id}/attachments/0`)
  expect(part.raw.trim()).toBe('<script>1</script>')
  expect(part.headers['content-type']).toBe('application/octet-stream')
  expect(part.headers['content-disposition']).toBe(
    `attachment; filename="Preisliste _.html"; filename*=UTF-8''Preisliste%20%C5%82.html`,
  )
  expect((await owner.get(`/simulator/messages/${id}/attachments/1`)).status).toBe(404)
})

describe('the list is narrowed', async () => {
  const campaignId = uuidV7(deps.clock.now())
  await put('Zażółć 100%', { to: 'a@narrow.test', campaignId })
  await put('under_score', { to: 'b@narrow.test' })

  test.each([
    ['to=A@Narrow.test', ['Zażółć 100%']],
    [`campaign_id=${campaignId}`, ['Zażółć 100%']],
    ['q=zażółć', ['Zażółć 100%']],
    ['q=100%25', ['Zażółć 100%']],
    ['q=r_s', ['under_score']],
    ['q=rxs', []],
    ['q=%5C', []],
    ['q=b@narrow', ['under_score']],
    ['from=nobody@acme.test', []],
    ['since=2999-01-01T00:00:00Z', []],
    ['channel=email&q=narrow', ['under_score', 'Zażółć 100%']],
  ])('by %s', async (query, expected) => {
    expect(await subjects(query)).toEqual(expected)
  })

  test.each([
    ['limit=0'],
    ['limit=1001'],
    ['channel=sms'],
    ['mailbox=system'],
    ['campaign_id=1'],
    ['since=yesterday'],
    ['since=0000-01-01T00:00:00Z'],
    ['since=2026-06-30T23:59:60Z'],
    [`q=${'x'.repeat(201)}`],
    ['nonsense=1'],
    ['q=%00'],
  ])('never by %s', async (query) => {
    expect((await owner.get(`/simulator/messages?${query}`)).status).toBe(422)
  })
})

test('pages follow each other, newest first, and a made-up cursor is refused', async () => {
  for (const n of [1, 2, 3]) await put(`page ${n}`, { to: 'pages@example.com' })
  const first = await owner.get('/simulator/messages?to=pages@example.com&limit=2')
  expect(first.body.data.map((m: { subject: string }) => m.subject)).toEqual(['page 3', 'page 2'])
  const next = `to=pages@example.com&limit=2&cursor=${first.body.next_cursor}`
  expect(await subjects(next)).toEqual(['page 1'])
  const made = Buffer.from(JSON.stringify([['x'], 'y', 1])).toString('base64url')
  for (const cursor of [made, 'x', first.body.next_cursor]) {
    const answer = await owner.get(`/simulator/messages?cursor=${cursor}`)
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_cursor' })
  }
})

test('one mail and the whole mailbox can be deleted, those of others stay', async () => {
  const [one, foreign] = [await put('one'), await put('foreign', { account: otherAccountId })]
  expect((await owner.del(`/simulator/messages/${one}`)).status).toBe(204)
  expect((await owner.get(`/simulator/messages/${one}`)).status).toBe(404)
  expect((await owner.del('/simulator/messages')).status).toBe(204)
  expect((await owner.get('/simulator/messages')).body.data).toEqual([])
  expect((await other.get(`/simulator/messages/${foreign}`)).status).toBe(200)
})

describe('a mail of another account', async () => {
  const id = await put('secret', { account: otherAccountId })
  const missing = '00000000-0000-7000-8000-00000000dead'
  test.each([
    ['GET', `/simulator/messages/ID`],
    ['GET', `/simulator/messages/ID/raw`],
    ['GET', `/simulator/messages/ID/attachments/0`],
    ['GET', `/simulator/messages/ID/preview`],
    ['DELETE', `/simulator/messages/ID`],
  ] as const)('is not there: %s %s', async (method, path) => {
    const ask = (which: string) => owner.send({ method, url: `/api/v1${path.replace('ID', which)}` })
    const answer = await ask(id)
    expect(answer.status).toBe(404)
    const strip = (body: Record<string, unknown>) => ({ ...body, request_id: '' })
    expect(strip(answer.body)).toEqual(strip((await ask(missing)).body))
    const anonymous = await nobody.send({ method, url: `/api/v1${path.replace('ID', id)}` })
    expect(anonymous.status).toBe(401)
  })
  test('is not there for an act either', async () => {
    expect((await owner.post('/simulator/events', { id, kind: 'open' })).status).toBe(404)
    expect((await nobody.post('/simulator/events', { id, kind: 'open' })).status).toBe(401)
  })
})

test('staff has no mailbox of an account', async () => {
  expect((await staff.get('/simulator/messages?mailbox=account')).body.code).toBe('permission_denied')
  expect((await staff.get('/simulator/messages')).status).toBe(200)
})

test('the HTML view is on the other origin, sandboxed, with the images of the mail written in', async () => {
  const html = '<img src="cid:p1@x"><img src="cid:gone"><script>alert(1)</script>'
  const id = await put('view', {}, html)
  const { body } = await owner.get(`/simulator/messages/${id}/preview`)
  expect(body.url).toMatch(/^http:\/\/localhost:8421\/preview\//)
  const page = await app.content.inject({
    url: new URL(body.url).pathname,
    headers: { host: 'localhost:8421' },
  })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toContain('sandbox allow-popups')
  expect(page.headers['content-security-policy']).not.toContain('script-src')
  // Not an image, so it is not written in; the page may not load it either.
  expect(page.body).toContain('src="cid:p1@x"')
  await owner.del(`/simulator/messages/${id}`)
  const gone = await app.content.inject({
    url: new URL(body.url).pathname,
    headers: { host: 'localhost:8421' },
  })
  expect(gone.statusCode).toBe(404)
})
