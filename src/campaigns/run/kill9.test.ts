import { describe, expect, it } from 'vitest'
import { password } from '../../test/app.ts'
import { makeProgram, type Program } from '../../test/program.ts'
import { startSink } from '../../test/smtp-sink.ts'

const recipients = 600

const seed = {
  reset: true,
  accounts: [{ name: 'Acme', users: [{ email: 'owner@acme.test', password, roles: ['owner'] }] }],
}

const made = async (program: Program, path: string, body: unknown): Promise<any> => {
  const answer = await program.call('POST', path, body)
  if (answer.status !== 201 && answer.status !== 202 && answer.status !== 200) {
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return answer.body
}

/** An account with people, a relay as its route and a campaign ready to start. */
const prepare = async (program: Program, port: number): Promise<string> => {
  await made(program, '/test/seed', seed)
  await program.signIn('owner@acme.test')
  const group = await made(program, '/groups', { name: 'Everybody' })
  for (let n = 0; n < recipients; n += 1) {
    await made(program, '/contacts', {
      email: `person${n}@example.org`,
      first_name: `P${n}`,
      groups_add: [group.id],
    })
  }
  const provider = await made(program, '/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: 'Relay',
    config: { host: '127.0.0.1', port, tls: 'none' },
  })
  const routes = await program.call('GET', '/sending/routes')
  const route = routes.body.data.find((candidate: { channel: string }) => candidate.channel === 'email')
  await program.call('PATCH', `/sending/routes/${route.id}`, { providers: [{ provider_id: provider.id }] })
  const campaign = await made(program, '/campaigns', {
    channel: 'email',
    name: 'Spring',
    content: {
      subject: 'Hello {{ contact.first_name }}',
      html: '<p>Hello {{ contact.first_name }}</p><a href="https://example.org/x">x</a>',
    },
    audience: { group_ids: [group.id] },
  })
  return campaign.id
}

const accountingOf = async (program: Program, id: string) =>
  (await program.call('GET', `/campaigns/${id}/accounting`)).body

describe('a sender killed with signal 9 in the middle of a run', () => {
  it('loses nobody and doubles nobody; what had no answer is uncertain', async () => {
    const sink = await startSink()
    sink.delayMs = 5
    const program = await makeProgram()
    await program.start()
    const id = await prepare(program, sink.port)
    await made(program, `/campaigns/${id}/send`, {})
    for (const threshold of [80, 200, 350]) {
      await expect
        .poll(() => sink.received.length, { timeout: 30_000, interval: 10 })
        .toBeGreaterThan(threshold)
      await program.kill()
      await program.start()
      await program.advance(61)
    }
    await expect
      .poll(async () => (await accountingOf(program, id)).pending, { timeout: 40_000, interval: 200 })
      .toBe(0)
    await program.advance(601)
    await expect
      .poll(async () => (await accountingOf(program, id)).status, { timeout: 20_000, interval: 200 })
      .toBe('finished')
    const accounting = await accountingOf(program, id)
    expect(accounting).toMatchObject({
      audience: recipients,
      sum: recipients,
      balanced: true,
      missing: 0,
      surplus: 0,
    })
    expect(accounting.accepted + accounting.uncertain).toBe(recipients)
    // Doubled: none arrived twice. Lost: what did not arrive stands as uncertain, and each kill left at most one batch.
    const arrived = new Set(sink.received)
    expect(arrived.size).toBe(sink.received.length)
    expect(arrived.size).toBeGreaterThanOrEqual(accounting.accepted)
    expect(recipients - arrived.size).toBeLessThanOrEqual(accounting.uncertain)
    expect(accounting.uncertain).toBeLessThanOrEqual(3 * 50)
    await program.stop()
    await sink.close()
  }, 120_000)
})
