import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { uuidV7 } from '../lib/ids.ts'
import { startTestApp } from '../test/app.ts'
import { deliverTo } from './keeping/deliver.ts'

/** Stands where the content origin stands and notes what is asked of it. */
const seen: {
  method: string
  path: string
  type: string | undefined
  host: string | undefined
  body: string
}[] = []
const note = async (request: IncomingMessage) => {
  const { method = '', url = '', headers } = request
  seen.push({
    method,
    path: url,
    type: headers['content-type'],
    host: headers.host,
    body: await text(request),
  })
}
const content = createServer((request, response) => {
  void note(request).then(() => {
    if (request.url?.startsWith('/c/')) response.writeHead(302, { location: 'https://shop.example/?a=1' })
    response.end()
  })
})
const port = await new Promise<number>((resolve) =>
  content.listen(0, '127.0.0.1', () => resolve((content.address() as AddressInfo).port)),
)
const stop = () => new Promise((resolve) => content.close(resolve))
afterAll(stop)

const contentUrl = `http://localhost:${port}`
const { owner, deps, accountId } = await startTestApp({ env: { CONTENT_URL: contentUrl } })
const { host } = new URL(contentUrl)

const put = async (html: string, headers: readonly string[] = []): Promise<string> => {
  const raw = [...headers, 'Subject: x', 'Content-Type: text/html', '', html, ''].join('\r\n')
  await deliverTo(deps)([
    {
      acts: [],
      message: {
        messageId: uuidV7(deps.clock.now()),
        accountId,
        sourceId: uuidV7(deps.clock.now()),
        origin: 'campaign',
        recipient: 'eve@example.com',
        envelopeFrom: 'a@b.test',
        raw: Buffer.from(raw),
      },
    },
  ])
  return (await owner.get('/simulator/messages?limit=1')).body.data[0].id
}
const act = (body: object) => owner.post('/simulator/events', body)
const detailOf = async (id: string) => (await owner.get(`/simulator/messages/${id}`)).body.events.at(-1)

const whole = `<a href="https://elsewhere.example/x">out</a><a href="${contentUrl}/c/T1?x=1">in</a><img src="${contentUrl}/o/T2">`
const oneClick = [
  `List-Unsubscribe: <mailto:u@b.test>, <${contentUrl}/u/T3>`,
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
]
beforeEach(() => seen.splice(0))

test('an open asks for the pixel of the mail', async () => {
  const id = await put(whole)
  const answer = await act({ id, kind: 'open' })
  expect(answer).toMatchObject({
    status: 201,
    body: { id: expect.any(String), kind: 'open', at: expect.any(String) },
  })
  expect(seen).toEqual([{ method: 'GET', path: '/o/T2', type: undefined, host, body: '' }])
  expect(await detailOf(id)).toEqual({ kind: 'open', at: answer.body.at, detail: '200' })
})

test('a click takes the first tracked link and does not follow where it leads', async () => {
  const id = await put(whole)
  expect((await act({ id, kind: 'click' })).status).toBe(201)
  expect(seen.map(({ method, path }) => [method, path])).toEqual([['GET', '/c/T1?x=1']])
  expect((await detailOf(id)).detail).toBe(`${contentUrl}/c/T1?x=1 → 302 https://shop.example/?a=1`)
})

test('links of a tracking host of the account lead to the content origin', async () => {
  const own = { account_id: accountId, id: uuidV7(deps.clock.now()) }
  await inAccount(deps.db, accountId, (trx) =>
    trx
      .insertInto('sender_domains')
      .values({
        ...own,
        domain: 'acme.test',
        return_path_label: 'bounce',
        tracking_label: 'click',
        dkim_selector: 'camp',
        dmarc: '{}',
        ownership_token: 'x',
        verified_at: deps.clock.now(),
      })
      .execute(),
  )
  const id = await put(
    '<a href="https://click.acme.test/c/T9">a</a><a href="https://click.acme.test.evil.test/c/T8">b</a><img src="https://click.acme.test/o/T7">',
  )
  const { links } = (await owner.get(`/simulator/messages/${id}`)).body
  expect(links.map(({ kind }: { kind: string }) => kind)).toEqual(['tracked', 'plain'])
  for (const kind of ['open', 'click']) expect((await act({ id, kind })).status).toBe(201)
  expect(seen.map(({ path, host: named }) => [path, named])).toEqual([
    ['/o/T7', host],
    ['/c/T9', host],
  ])
})

test('a click on a foreign link is noted and calls nobody', async () => {
  const id = await put(whole)
  expect((await act({ id, kind: 'click', url: 'https://elsewhere.example/x' })).status).toBe(201)
  expect(seen).toEqual([])
  expect((await detailOf(id)).detail).toBe('https://elsewhere.example/x')
})

test('one-click posts what RFC 8058 says', async () => {
  const id = await put(whole, oneClick)
  expect((await act({ id, kind: 'one_click' })).status).toBe(201)
  expect(seen).toEqual([
    {
      method: 'POST',
      path: '/u/T3',
      type: 'application/x-www-form-urlencoded',
      host,
      body: 'List-Unsubscribe=One-Click',
    },
  ])
})

test('an open of a mail without a pixel is noted', async () => {
  const id = await put('<p>plain</p>')
  expect((await act({ id, kind: 'open' })).status).toBe(201)
  expect(seen).toEqual([])
  expect((await detailOf(id)).detail).toBe('This mail does not count opens.')
})

test.each<[string, string, readonly string[], object]>([
  ['a click where no link is tracked', '<a href="https://x.example">x</a>', [], { kind: 'click' }],
  ['a click on a link the mail does not have', whole, [], { kind: 'click', url: `${contentUrl}/c/OTHER` }],
  ['one-click without its headers', whole, [], { kind: 'one_click' }],
  [
    'one-click to a foreign host',
    whole,
    ['List-Unsubscribe: <https://evil.example/u/x>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'],
    { kind: 'one_click' },
  ],
  [
    'one-click to a host that only begins like ours',
    whole,
    [`List-Unsubscribe: <${contentUrl}1/u/x>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'],
    { kind: 'one_click' },
  ],
  ['an act that does not exist', whole, [], { kind: 'eat' }],
  ['a url that is no text', whole, [], { kind: 'click', url: 1 }],
])('%s is refused and asks nobody', async (_name, html, headers, body) => {
  const id = await put(html, headers)
  expect((await act({ id, ...body })).body).toMatchObject({ status: 422, code: 'validation_failed' })
  expect(seen).toEqual([])
  expect((await owner.get(`/simulator/messages/${id}`)).body.events).toEqual([])
})

test('a content origin that is away is told and nothing is noted', async () => {
  const id = await put(whole)
  await stop()
  expect((await act({ id, kind: 'open' })).body).toMatchObject({ status: 503, code: 'unavailable' })
  expect((await owner.get(`/simulator/messages/${id}`)).body.events).toEqual([])
})
