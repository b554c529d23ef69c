import { beforeEach, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { recordProviderResult, resolveRoutes } from '../index.ts'

const app = await startTestApp()
const { owner, deps, accountId } = app
const { body: relay } = await owner.post('/sending/providers', {
  channel: 'email',
  kind: 'smtp',
  name: 'Relay',
  config: { host: '127.0.0.1', port: 2525, tls: 'none' },
})
const [route] = (await owner.get('/sending/routes')).body.data
const steps = route.providers
await owner.patch(`/sending/routes/${route.id}`, { providers: [{ provider_id: relay.id }] })

const note = async (...outcomes: ('answered' | 'failed')[]) => {
  for (const outcome of outcomes) await recordProviderResult(deps, accountId, relay.id, outcome)
}
const fail = (times: number) => note(...Array<'failed'>(times).fill('failed'))
const names = () =>
  inAccount(deps.db, accountId, async (trx) =>
    (
      await resolveRoutes(trx, deps, { accountId, channel: 'email', traffic: 'campaign', senderId: null })
    ).map(({ name }) => name),
  )
const circuit = async () => (await owner.get(`/sending/providers/${relay.id}`)).body.state.circuit

beforeEach(async () => {
  await owner.patch(`/sending/providers/${relay.id}`, { name: 'Relay' })
})

test('five failures in a row open the circuit, four do not', async () => {
  await fail(4)
  expect([await circuit(), await names()]).toEqual(['closed', ['Relay']])
  await fail(1)
  expect([await circuit(), await names()]).toEqual(['open', []])
})

test('an answer between failures keeps it closed', async () => {
  await fail(4)
  await note('answered')
  await fail(4)
  expect(await circuit()).toBe('closed')
})

test('more than half of the answers of a minute open it, even if never five in a row', async () => {
  await note('answered', 'failed', 'failed', 'answered', 'failed', 'failed', 'answered', 'failed', 'failed')
  expect(await circuit()).toBe('closed')
  await fail(1)
  expect(await circuit()).toBe('open')
})

test('failures of another minute do not count', async () => {
  await note('answered', 'failed', 'failed', 'answered', 'failed', 'failed', 'answered', 'failed', 'failed')
  await app.advance(61)
  await fail(1)
  expect(await circuit()).toBe('closed')
})

test('after a minute one probe goes out, not two; its answer closes the circuit', async () => {
  await fail(5)
  await app.advance(59)
  expect(await names()).toEqual([])
  await app.advance(2)
  expect(await names()).toEqual(['Relay'])
  expect([await circuit(), await names()]).toEqual(['half_open', []])
  await note('answered')
  expect([await circuit(), await names()]).toEqual(['closed', ['Relay']])
})

test('each failed probe doubles the wait, up to 15 minutes', async () => {
  await fail(5)
  for (const seconds of [60, 120, 240, 480, 900, 900]) {
    await app.advance(seconds - 1)
    expect(await names()).toEqual([])
    await app.advance(2)
    expect(await names()).toEqual(['Relay'])
    await fail(1)
    expect(await circuit()).toBe('open')
  }
})

test('late failures of what was begun before it opened do not lengthen the wait', async () => {
  await fail(5)
  await fail(20)
  await app.advance(61)
  expect(await names()).toEqual(['Relay'])
})

test('while it is open the next provider of the route takes over', async () => {
  await owner.patch(`/sending/routes/${route.id}`, { providers: [{ provider_id: relay.id }, ...steps] })
  await fail(5)
  expect(await names()).toEqual(['Built-in mailbox'])
  await owner.patch(`/sending/providers/${relay.id}`, { limits: { per_day: 5 } })
  expect([await circuit(), await names()]).toEqual(['closed', ['Relay']])
})
