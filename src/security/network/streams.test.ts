import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { anAccount, behindProxy, inside, second, signInFrom, standingAt } from './test/places.ts'

const app = await startTestApp({ env: behindProxy })
await app.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.app.server.address() as AddressInfo

const openStream = async (cookie: string, address: string): Promise<IncomingMessage> => {
  const headers = { cookie, 'x-forwarded-for': address }
  const request = get({ port, host: '127.0.0.1', path: '/api/v1/events', agent: false, headers })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response.resume()
}

test('an open event stream outside a new list is closed, one inside goes on', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  const { client: near } = await signInFrom(app, account.login('cy'), inside)
  const { client: far } = await signInFrom(app, account.login('bob'), second)
  const [kept, lost] = [await openStream(near.cookie, inside), await openStream(far.cookie, second)]
  expect([kept.statusCode, lost.statusCode]).toEqual([200, 200])
  const closed = once(lost, 'end')
  expect((await ann.post('/security/ip-entries', { address: inside })).status).toBe(201)
  await closed
  expect(kept.readableEnded).toBe(false)
  kept.destroy()
  expect((await openStream(far.cookie, second)).statusCode).toBe(403)
}, 15_000)
