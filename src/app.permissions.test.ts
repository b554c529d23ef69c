import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inAccount } from './db/pool.ts'
import type { RouteContract } from './http/contract.ts'
import { isOperatorKey, type PermissionKey, permissionKeys } from './http/permissions/contract.ts'
import { builtInNames, keysOfBuiltIn } from './security/roles/built-in.ts'
import { type Client, startTestApp } from './test/app.ts'
import { aColleague } from './test/people.ts'

const app = await startTestApp()

const addressOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'key'
      ? 'external_id'
      : ['position', 'seq'].includes(name)
        ? '1'
        : '0190a000-0000-7000-8000-0000000000aa',
  )
const keyOf = ({ access }: RouteContract): PermissionKey | null =>
  access === 'public' || access === 'session' || isOperatorKey(access) ? null : access

/** Everything a permission of an account opens; nobody is freshly confirmed here, so little of it comes to pass. */
const guarded = app.app.served.flatMap(({ contract }) =>
  contract && keyOf(contract) && contract.replyType !== 'text/event-stream' ? [contract] : [],
)
const call = async (client: Client, contract: RouteContract) => {
  const { status, body } = await client.send({
    method: contract.method,
    url: `/api/v1${addressOf(contract.path)}`,
    headers: {
      ...(contract.ifMatch ? { 'if-match': '"1"' } : {}),
      ...(contract.multipart ? { 'content-type': 'multipart/form-data; boundary=x' } : {}),
    },
    ...(contract.multipart ? { payload: '--x--' } : contract.body ? { payload: {} } : {}),
  })
  return { status, code: body?.code, permission: body?.permission }
}
const refusal = (key: PermissionKey | null) => ({ status: 403, code: 'permission_denied', permission: key })

test('there are routes to judge', () => {
  expect(guarded.length).toBeGreaterThan(100)
})

describe.each(Object.keys(builtInNames))('%s', async (role) => {
  const { client } = await aColleague(app, app.owner, { roles: [role] })

  test('is let in exactly where his rights reach', async () => {
    const held = keysOfBuiltIn(role)
    for (const contract of guarded) {
      const key = keyOf(contract)
      const name = `${contract.method} ${contract.path}`
      const answer = await call(client, contract)
      if (key && held.includes(key)) expect([name, answer.code]).not.toEqual([name, 'permission_denied'])
      else expect([name, answer]).toEqual([name, refusal(key)])
      expect([name, answer.status]).not.toEqual([name, 500])
    }
  })
})

/** Written as a row: by the API, lifting it again would sign the person out. */
const setDenied = (userId: string, key: PermissionKey, denied: boolean) =>
  inAccount(app.db, app.accountId, (trx) =>
    denied
      ? sql`insert into user_permissions (account_id, user_id, key, allow)
          values (${app.accountId}, ${userId}, ${key}, false)`.execute(trx)
      : sql`delete from user_permissions where account_id = ${app.accountId} and user_id = ${userId}`.execute(
          trx,
        ),
  )

describe('whoever holds all but one key', async () => {
  const { id, client } = await aColleague(app, app.owner, { roles: ['owner'] })
  const keys = permissionKeys.filter((key) => guarded.some((contract) => keyOf(contract) === key))

  test.each(keys)('is refused by name where it takes %s', async (key) => {
    await setDenied(id, key, true)
    for (const contract of guarded.filter((one) => keyOf(one) === key))
      expect([contract.path, await call(client, contract)]).toEqual([contract.path, refusal(key)])
    const other = guarded.find((one) => keyOf(one) !== key && one.method === 'GET')
    if (other) expect((await call(client, other)).code).not.toBe('permission_denied')
    await setDenied(id, key, false)
  })
})
