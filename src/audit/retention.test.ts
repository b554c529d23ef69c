import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { preparePartitions } from '../instance/index.ts'
import { startTestApp } from '../test/app.ts'
import { bySystem } from './entry.ts'
import { record } from './record.ts'
import { verifyChain } from './verify/verify.ts'

const app = await startTestApp()
const monthSeconds = 31 * 86_400

const write = (action: 'group.created' | 'group.deleted') =>
  inAccount(app.db, app.accountId, (trx) => record(trx, app.deps, bySystem(app.accountId), { action }))
const actions = async (): Promise<string[]> => {
  const { rows } = await inAccount(app.db, app.accountId, (trx) =>
    sql<{ action: string }>`select action from audit_entries order by seq`.execute(trx),
  )
  return rows.map((row) => row.action)
}

it('whole months go after 24, leave a signed checkpoint, and the rest still verifies', async () => {
  await write('group.created')
  await app.advance(23 * monthSeconds)
  await preparePartitions(app.deps)
  await write('group.deleted')
  expect(await actions()).toContain('group.created')
  await app.advance(3 * monthSeconds)
  expect(await actions()).toEqual(['group.deleted'])
  const verdict = await verifyChain(app.deps, app.accountId)
  expect(verdict).toMatchObject({ ok: true, checked: 1, first_bad_seq: null })
  expect(verdict.head_seq).toBeGreaterThan(1)
})

it('the runtime role cannot remove months that are younger than a year', async () => {
  const tried = sql`select drop_audit_month((app_now() - interval '11 months')::date)`.execute(app.db)
  await expect(tried).rejects.toThrow('keeps twelve months')
})
