import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { startReceiver } from '../test/receiver.ts'
import { addProven, deliver, happen, logOf, removeWebhooks } from '../test/world.ts'

const lines: string[] = []
const app = await startTestApp({ env: { LOG_LEVEL: 'debug' }, log: (line) => void lines.push(line) })
afterEach(() => removeWebhooks(app))

describe('a receiver', () => {
  it('that moves to a private network is not called', async () => {
    const receiver = await startReceiver()
    const records = { 'shop.example.com': [['127.0.0.1'], ['127.0.0.1'], ['10.0.0.5']] }
    await app.nobody.post('/test/dns', { records })
    const { id } = await addProven(app, `http://shop.example.com:${receiver.port}/`)
    await happen(app)
    await deliver(app)
    expect(receiver.live()).toEqual([])
    expect((await logOf(app, id))[1]).toMatchObject({ failure: 'url_refused', status: null, state: 'failed' })
  })

  it('that sends elsewhere is not followed', async () => {
    const [receiver, elsewhere] = [await startReceiver(), await startReceiver()]
    const { id } = await addProven(app, receiver.url)
    receiver.answer((_received, response) => response.writeHead(302, { location: elsewhere.url }).end())
    await happen(app)
    await deliver(app)
    expect(elsewhere.received).toEqual([])
    expect((await logOf(app, id))[1]).toMatchObject({ status: 302, state: 'failed' })
  })

  it('that answers with a bomb fills no memory', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    receiver.answer((_received, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    await happen(app)
    await deliver(app)
    expect((await logOf(app, id))[1]).toMatchObject({ failure: 'answer_unreadable', excerpt: '' })
  })

  it('is quoted with one KiB, whole characters, without NUL and without what it was given', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url, {
      auth: { type: 'bearer', token: 'very-secret-token' },
    })
    receiver.answer(({ headers }, response) => {
      response.setHeader('set-cookie', 'never-stored=1')
      response.end(`x\u0000${headers.authorization}${'ü'.repeat(5_000)}`)
    })
    await happen(app)
    await deliver(app)
    const [line] = await logOf(app, id)
    const excerpt = String(line?.excerpt)
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(1_024)
    expect(excerpt).toMatch(/^x\ufffdBearer \*\*\*ü+$/)
    const { rows } = await inAccount(app.db, app.accountId, async (trx) => ({
      rows: JSON.stringify(await trx.selectFrom('webhook_deliveries').selectAll().execute()),
    }))
    expect(rows).not.toMatch(/never-stored|very-secret-token/)
    expect(lines.join('\n')).not.toContain('very-secret-token')
  })

  it('that is slow delays nobody but itself', { timeout: 30_000 }, async () => {
    const [slow, quick] = [await startReceiver(), await startReceiver()]
    await addProven(app, slow.url)
    await addProven(app, quick.url)
    const held = Promise.withResolvers<void>()
    slow.answer((_received, response) => void held.promise.then(() => response.end()))
    for (let n = 0; n < 8; n += 1) await happen(app)
    const delivering = deliver(app)
    await vi.waitFor(() => expect(quick.live()).toHaveLength(8), 10_000)
    expect(slow.live().length).toBeLessThanOrEqual(2)
    held.resolve()
    await delivering
    expect(slow.live()).toHaveLength(8)
  })
})
