import { expect, test } from 'vitest'
import { password } from '../../test/app.ts'
import { makeProgram } from '../../test/program.ts'

const program = await makeProgram()

test('a narrowing that nobody confirms returns across a kill within its ten minutes', async () => {
  await program.start()
  const owner = { email: 'owner@acme.test', password, roles: ['owner'] }
  await program.call('POST', '/test/seed', { accounts: [{ name: 'Acme', users: [owner] }] })
  await program.signIn('owner@acme.test')
  expect((await program.call('POST', '/step-up', { purpose: 'general', password })).status).toBe(200)
  const added = await program.call('POST', '/security/ip-entries', { address: '127.0.0.0/8' })
  expect([added.status, added.body.policy.state]).toEqual([201, 'enforce'])
  await program.advance(300)
  await program.kill()
  await program.start()
  const waiting = await program.call('GET', '/security/ip-policy')
  expect(waiting.body.pending_until).toBe(added.body.policy.pending_until)
  await program.advance(301)
  const returned = await program.call('GET', '/security/ip-policy')
  expect(returned.body).toMatchObject({ state: 'off', pending_until: null, entries: 0 })
  await program.stop()
}, 120_000)
