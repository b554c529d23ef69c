import { expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { anAccount, behindProxy, inside, mailsOf, standingAt } from './test/places.ts'

const app = await startTestApp({ env: behindProxy })

test('an entry is told to administrators alone: another right of an own role makes nobody one', async () => {
  const account = await anAccount(app)
  await inAccount(app.db, account.id, (trx) =>
    trx
      .insertInto('role_permissions')
      .values({ account_id: account.id, role_id: account.desk, key: 'account.security.view' })
      .execute(),
  )
  const ann = await standingAt(app, account.login('ann'), inside)
  await ann.post('/security/ip-entries', { address: inside })
  expect(await mailsOf(app, 'ip_list_changed', account.login('bob'))).toHaveLength(1)
  expect(await mailsOf(app, 'ip_list_changed', account.login('cy'))).toEqual([])
})

test('an entry for the whole account names no user: one meant for a person must not let everybody in', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  const target = { type: 'account', user_id: account.users.bob }
  const refused = await ann.post('/security/ip-entries', { address: inside, target })
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/target/user_id'])
  expect(await ann.policy()).toMatchObject({ state: 'off', entries: 0 })
})
