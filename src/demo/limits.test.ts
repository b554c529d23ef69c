import { describe, expect, test } from 'vitest'
import { setEntitlement } from '../accounts/index.ts'
import { inAccount } from '../db/pool.ts'
import { OperationLost, type RunningOperation } from '../operations/index.ts'
import { startTestApp } from '../test/app.ts'
import { runDemoData, runDemoDataRemoval } from './demo-data.ts'

const app = await startTestApp()
const { owner } = app

const anOperation = (advance: RunningOperation['advance'] = async () => {}): RunningOperation => ({
  accountId: app.accountId,
  id: '0190a000-0000-7000-8000-0000000000aa',
  params: {},
  checkpoint: {},
  startedBy: app.ownerId,
  advance,
})
const lost = () => Promise.reject(new OperationLost())
const contacts = async () => (await owner.get('/contacts/count')).body.count
const limitContacts = (limit: number) =>
  inAccount(app.db, app.accountId, (trx) => setEntitlement(trx, app.accountId, 'limit.contacts', limit))

describe('the work behind the sample data', () => {
  test('leaves nothing behind when it is cut off at its last step', async () => {
    await expect(runDemoData(app.deps, anOperation(lost))).rejects.toThrow(OperationLost)
    expect(await contacts()).toBe(0)
    expect((await owner.get('/groups')).body.data).toEqual([])
    expect((await owner.get('/account')).body.demo_data).toBe(false)
  })

  test('is refused where the contacts have no room', async () => {
    await limitContacts(199)
    await expect(runDemoData(app.deps, anOperation())).rejects.toMatchObject({
      code: 'limit_reached',
      members: { limit_key: 'limit.contacts', limit: 199, used: 0 },
    })
    await limitContacts(200)
  })

  test('adds nothing when it is run twice, and loses nothing when the removal is cut off', async () => {
    expect(await runDemoData(app.deps, anOperation())).toEqual({ contacts: 200 })
    expect(await runDemoData(app.deps, anOperation())).toEqual({ contacts: 0 })
    await expect(runDemoDataRemoval(app.deps, anOperation(lost))).rejects.toThrow(OperationLost)
    expect(await contacts()).toBe(200)
    expect((await owner.get('/account')).body.demo_data).toBe(true)
    expect(await runDemoDataRemoval(app.deps, anOperation())).toEqual({ contacts: 200 })
    expect(await contacts()).toBe(0)
  })
})
