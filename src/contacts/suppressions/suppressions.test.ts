import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'

const { owner, other, nobody } = await startTestApp()

describe('suppressions', () => {
  test('addresses are added, found, checked and lifted', async () => {
    const added = await owner.post('/suppressions', {
      items: [
        { channel: 'email', address: 'Bad@Example.org', comment: 'no' },
        { channel: 'sms', address: '600 555 444' },
        { channel: 'email', address: 'nonsense' },
        { channel: 'email', address: 'bad@example.org', reason: 'complained' },
      ],
    })
    expect(added).toMatchObject({ status: 207, body: { accepted: 3, refused: 1 } })
    expect(added.body.data[3].id).toBe(added.body.data[0].id)
    const found = await owner.get('/suppressions?address=BAD@example.org')
    expect(found.body.data).toMatchObject([
      { address: 'bad@example.org', reason: 'blacklisted_address', kind: 'all', source: 'user' },
    ])
    expect((await owner.get('/suppressions?address=nonsense')).body.data).toEqual([])
    const checked = await owner.post('/suppressions/check', {
      items: [
        { channel: 'sms', address: '+48600555444' },
        { channel: 'email', address: 'good@example.org' },
        { channel: 'email', address: '?' },
      ],
    })
    expect(checked.body.data.map((item: { suppressed: boolean }) => item.suppressed)).toEqual([
      true,
      false,
      false,
    ])
    const { id } = added.body.data[0]
    expect((await owner.del(`/suppressions/${id}`)).status).toBe(422)
    expect((await other.del(`/suppressions/${id}?reason=because`)).status).toBe(404)
    expect((await owner.del(`/suppressions/${id}?reason=because`)).status).toBe(204)
    expect((await nobody.get('/suppressions')).status).toBe(401)
    expect((await other.get('/suppressions')).body.data).toEqual([])
  })

  test('a complaint is not lifted by the account', async () => {
    const added = await owner.post('/suppressions', {
      items: [{ channel: 'email', address: 'angry@example.org', reason: 'complained' }],
    })
    expect((await owner.del(`/suppressions/${added.body.data[0].id}?reason=please`)).body).toMatchObject({
      status: 422,
      code: 'immutable',
    })
  })
})
