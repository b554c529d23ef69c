import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp({ env: { SIMULATOR_SMTP_LISTEN: '127.0.0.1:2599' } })

test('an owner on loopback is offered both mailboxes and the SMTP door', async () => {
  const offer = await app.owner.get('/simulator')
  expect(offer.status).toBe(200)
  expect(offer.body).toEqual({ mailboxes: ['account', 'shared'], smtp: { host: '127.0.0.1', port: 2599 } })
})

test('staff are offered the shared mailbox alone', async () => {
  expect((await app.staff.get('/simulator')).body.mailboxes).toEqual(['shared'])
})

test('what is offered equals what may be read', async () => {
  for (const client of [app.owner, app.staff]) {
    const { mailboxes } = (await client.get('/simulator')).body
    for (const mailbox of ['account', 'shared']) {
      const list = await client.get(`/simulator/messages?mailbox=${mailbox}`)
      expect(list.status).toBe(mailboxes.includes(mailbox) ? 200 : 403)
    }
  }
})

test('nobody signed in is told nothing', async () => {
  expect((await app.nobody.get('/simulator')).status).toBe(401)
})
