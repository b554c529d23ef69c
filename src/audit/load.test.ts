import { expect, it } from 'vitest'
import { auditActions } from '../http/audit-actions/contract.ts'
import { loadContracts } from '../openapi/contracts.ts'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp()

it('verification is green after a mixed load from many sides at once', { timeout: 60_000 }, async () => {
  const made: string[] = []
  const acts = [
    async (n: number) => {
      const { body } = await app.owner.post('/groups', { name: `Group ${n}` })
      made.push(body.id)
    },
    async (n: number) => app.owner.post('/contacts', { email: `person-${n}@example.com` }),
    async (n: number) => app.owner.post('/fields', { name: `field_${n}`, type: 'text' }).catch(() => null),
    async (n: number) => app.owner.patch('/account', { description: `Change ${n}` }),
    async (n: number) =>
      app.owner.post('/suppressions', { items: [{ channel: 'email', address: `s-${n}@example.com` }] }),
    async () => app.owner.get('/operator/audit-log'),
    async () => app.owner.get('/audit-log'),
    async () => app.other.post('/groups', { name: `Elsewhere ${crypto.randomUUID()}` }),
  ]
  for (let round = 0; round < 25; round += 1)
    await Promise.all(Array.from({ length: 16 }, (_, n) => acts[n % acts.length]?.(round * 16 + n)))
  const groups = (await app.owner.get('/audit-log?action=group.created&limit=1000')).body.data
  expect(groups.map((one: { object: { id: string } }) => one.object.id).toSorted()).toEqual(made.toSorted())
  for (const client of [app.owner, app.other]) {
    const verdict = (await client.post('/audit-log/verify')).body
    expect(verdict).toMatchObject({ ok: true, checked: verdict.head_seq })
  }
})

it('every changing route names records that exist in the list of all actions', async () => {
  const routes = (await loadContracts()).routes.map(({ contract }) => contract)
  for (const contract of routes.filter(({ method }) => method !== 'GET')) {
    const { records } = contract
    const name = `${contract.method} ${contract.path}`
    expect(records, name).toBeDefined()
    if (!records || 'nothing' in records) continue
    for (const action of 'whenChanged' in records ? records.whenChanged : records)
      expect(auditActions, name).toContain(action)
  }
})

it('no record holds a password or the address of a contact', async () => {
  const { raw } = await app.owner.get('/audit-log?limit=1000')
  expect(raw).not.toContain('correct horse battery staple')
  expect(raw).not.toMatch(/person-\d+@example\.com|s-\d+@example\.com/)
})
