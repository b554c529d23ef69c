import { describe, expect, test } from 'vitest'
import { accountKeys } from '../accounts/index.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { addressHash } from './suppressions/address.ts'
import { insertSuppression } from './suppressions/queries.ts'

const app = await startTestApp()
const { owner, other, nobody } = app

const add = async (body: object) => {
  const made = await owner.post('/contacts', body)
  expect(made.status, made.raw).toBe(201)
  return made.body
}

describe('finding and deleting', () => {
  test('a contact is found by each of its keys', async () => {
    const { id } = await add({ external_id: 'Key/1 ä', email: 'by@example.org', phone: '+48 601 000 777' })
    for (const path of [
      'external_id/Key%2F1%20%C3%A4',
      'email/BY@EXAMPLE.ORG',
      'phone/601000777',
      'phone/%2B48601000777',
    ])
      expect((await owner.get(`/contacts/by/${path}`)).body.id, path).toBe(id)
    expect((await owner.patch('/contacts/by/email/by@example.org', { company: 'C' })).body.company).toBe('C')
    expect((await owner.get('/contacts/by/email/nobody')).status).toBe(404)
    expect((await owner.get('/contacts/by/name/x')).status).toBe(422)
    expect((await owner.del('/contacts/by/external_id/Key%2F1%20%C3%A4')).status).toBe(204)
    expect((await owner.get(`/contacts/${id}`)).status).toBe(404)
  })

  test('a deleted address may be added again', async () => {
    const { id } = await add({ email: 'again@example.org' })
    expect((await owner.del(`/contacts/${id}`)).status).toBe(204)
    expect((await owner.del(`/contacts/${id}`)).status).toBe(404)
    await add({ email: 'again@example.org' })
  })

  test('an erased address cannot come back', async () => {
    await inAccount(app.db, app.accountId, async (trx) => {
      const keys = await accountKeys(trx, app.deps.keys, app.accountId)
      await insertSuppression(trx, app.accountId, {
        channel: 'email',
        address: 'x',
        hash: addressHash(keys.addressHash, 'erased@example.org'),
        kind: 'all',
        reason: 'erased',
        source: 'erasure',
        comment: null,
        expiresAt: null,
        createdBy: null,
      })
    })
    expect((await owner.post('/contacts', { email: 'Erased@Example.org' })).body).toMatchObject({
      status: 422,
      code: 'address_erased',
    })
  })

  test.each(['GET', 'PATCH', 'DELETE'] as const)(
    '%s of a foreign or unknown contact is 404 with equal bytes',
    async (method) => {
      const { id } = await add({ external_id: `foreign-${method}` })
      const send = (client: typeof owner, contact: string) =>
        client.send({
          method,
          url: `/api/v1/contacts/${contact}`,
          headers: { 'x-request-id': 'r' },
          ...(method === 'PATCH' ? { payload: {} } : {}),
        })
      const foreign = await send(other, id)
      const unknown = await send(other, '01890000-0000-7000-8000-000000000000')
      expect(foreign.status).toBe(404)
      expect(foreign.raw).toBe(unknown.raw)
      expect((await send(nobody, id)).status).toBe(401)
      expect((await owner.get(`/contacts/${id}`)).status).toBe(200)
    },
  )
})
