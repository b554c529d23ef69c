import { describe, expect, it } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { startReceiver } from '../test/receiver.ts'
import { addProven, deliver } from '../test/world.ts'
import { readWebhookNews } from './news.ts'

const app = await startTestApp()
const receiver = await startReceiver()
await addProven(app, receiver.url, { events: ['security.*', 'contact.*', 'approval.*', 'import.*'] })

const told = async () => {
  const before = receiver.live().length
  await app.due()
  await deliver(app)
  return receiver
    .live()
    .slice(before)
    .map(({ body }) => body)
}

describe('a record of the application log', () => {
  it('of a refused sign-in is told with its number and address, without what was typed', async () => {
    await app.nobody.post('/sign-in', { login: 'owner@acme.test', password: 'wrong-word-entirely' })
    const [event] = await told()
    expect(event).toMatchObject({
      type: 'security.sign_in_denied',
      data: { action: 'login.denied', result: 'denied', address: '127.0.0.1' },
    })
    expect(event?.data['audit_seq']).toBeGreaterThan(0)
    expect(JSON.stringify(event)).not.toMatch(/wrong-word|owner@acme/)
  })

  it('of a contact is told by id and names of fields', async () => {
    const made = await app.owner.post('/contacts', { email: 'ada@example.com', first_name: 'Ada' })
    await app.owner.patch(`/contacts/${made.body.id}`, { first_name: 'Augusta' })
    const events = await told()
    expect(events.map(({ type }) => type).toSorted()).toEqual(['contact.created', 'contact.updated'])
    expect(events.find(({ type }) => type === 'contact.updated')?.data).toMatchObject({
      contact_id: made.body.id,
      changed_fields: ['first_name'],
    })
    expect(JSON.stringify(events)).not.toMatch(/ada@example|Augusta/)
  })

  it('of an API key and a role is told once, however many sweeps run at a time', async () => {
    await app.owner.stepUp()
    await app.owner.post('/api-keys', { name: 'Shop', scopes: ['contacts.view'] })
    await app.owner.post('/roles', { name: 'Readers', permissions: ['contacts.view'] })
    await Promise.all([1, 2, 3].map(() => readWebhookNews(app.deps)))
    expect((await told()).map(({ type }) => type).toSorted()).toEqual([
      'security.api_key_changed',
      'security.role_changed',
    ])
  })

  it('that was written before there was a webhook is not told', async () => {
    await app.other.post('/contacts', { email: 'old@example.com' })
    const late = await startReceiver()
    await addProven(app, late.url, { events: ['contact.*'] }, app.other)
    await app.other.post('/contacts', { email: 'new@example.com' })
    await app.due()
    await deliver(app, app.otherAccountId)
    expect(late.live().map(({ body }) => body.type)).toEqual(['contact.created'])
  })
})
