import { expect, it, vi } from 'vitest'
import { password } from '../../test/app.ts'
import { makeProgram } from '../../test/program.ts'
import { made } from '../../test/program-run.ts'
import { echo, startReceiver, verifies } from '../test/receiver.ts'

const login = 'owner@acme.test'
const program = await makeProgram()

it('a process killed between claim and answer leaves an event that is sent once more under its own id', {
  timeout: 120_000,
}, async () => {
  const receiver = await startReceiver()
  await program.start()
  await made(program, '/test/seed', {
    reset: true,
    accounts: [{ name: 'Acme', users: [{ email: login, password, roles: ['owner'] }] }],
  })
  await program.signIn(login)
  await made(program, '/step-up', { purpose: 'general', password })
  const { id, secret } = await made(program, '/webhooks', { url: receiver.url, events: ['contact.created'] })
  expect(await made(program, `/webhooks/${id}/test`, {})).toMatchObject({ proven: true })

  receiver.answer(() => {})
  await made(program, '/contacts', { email: 'ada@example.com' })
  await vi.waitFor(() => expect(receiver.live()).toHaveLength(1), 20_000)
  await program.kill()

  receiver.answer(echo)
  await program.start()
  await program.signIn(login)
  const waiting = await program.call('GET', `/webhooks/${id}/deliveries?state=claimed`)
  expect(waiting.body.data).toHaveLength(1)
  await program.advance(61)
  await vi.waitFor(() => expect(receiver.live()).toHaveLength(2), 20_000)
  const [first, again] = receiver.live()
  expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(again?.raw).toBe(first?.raw)
  expect(again?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
  expect(again && verifies(secret, again)).toBe(true)
  await vi.waitFor(async () => {
    const { body } = await program.call('GET', `/webhooks/${id}/deliveries?event=contact.created`)
    expect(body.data).toMatchObject([{ attempt: 1, state: 'succeeded', status: 200 }])
  }, 20_000)
  await program.stop()
})
