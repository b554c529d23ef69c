import { inAccount } from '../../../db/pool.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import type { Answer, Client, TestApp } from '../../../test/app.ts'
import { makeClient, password } from '../../../test/app.ts'

/** The test's own proxy on loopback says from where a request comes. */
export const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' }
export const inside = '203.0.113.7'
export const second = '198.51.100.9'
export const outside = '192.0.2.66'

const from = (address: string) => ({ 'x-forwarded-for': address })

export type Place = {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, version?: number): Promise<Answer>
  put(path: string, body: unknown, version: number): Promise<Answer>
  patch(path: string, body: unknown, version: number): Promise<Answer>
  del(path: string, version: number): Promise<Answer>
  stepUp(): Promise<void>
  policy(): Promise<Answer['body']>
}

/** A client that calls from one address. */
export const at = (client: Client, address: string): Place => {
  const headers = (version?: number) => ({
    ...from(address),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  })
  return {
    get: (path) => client.get(path, headers()),
    post: (path, body = {}, version) => client.post(path, body, headers(version)),
    put: (path, body, version) => client.put(path, body, headers(version)),
    patch: (path, body, version) => client.patch(path, body, headers(version)),
    del: (path, version) => client.del(path, headers(version)),
    stepUp: async () => {
      const answer = await client.post('/step-up', { purpose: 'general', password }, headers())
      if (answer.status !== 200) throw new Error(`step-up failed: ${answer.raw}`)
    },
    policy: async () => (await client.get('/security/ip-policy', headers())).body,
  }
}

export const signInFrom = async (app: TestApp, login: string, address: string) => {
  const client = makeClient(app.app)
  const answer = await client.post('/sign-in', { login, password }, from(address))
  return { client, answer }
}

/** Somebody signed in and freshly confirmed at an address. */
export const standingAt = async (app: TestApp, login: string, address: string): Promise<Place> => {
  const { client, answer } = await signInFrom(app, login, address)
  if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.raw}`)
  const place = at(client, address)
  await place.stepUp()
  return place
}

let made = 0
/** A fresh account with two owners and a person at the desk who may do nothing, and nobody's rules. */
export const anAccount = async (app: TestApp) => {
  made += 1
  const name = `net${made}`
  const user = (who: string, role: string) => ({ email: `${who}@${name}.test`, password, roles: [role] })
  const answer = await app.nobody.post('/test/seed', {
    accounts: [{ name, key: name, users: [user('ann', 'owner'), user('bob', 'owner'), user('cy', 'owner')] }],
  })
  if (answer.status !== 201) throw new Error(`seed failed: ${answer.raw}`)
  const account = answer.body.accounts[name]
  const login = (who: string) => `${who}@${name}.test`
  const desk = uuidV7(app.deps.clock.now())
  await inAccount(app.db, account.id, async (trx) => {
    await trx.insertInto('roles').values({ account_id: account.id, id: desk, name: 'Desk' }).execute()
    await trx
      .updateTable('user_roles')
      .set({ role_id: desk })
      .where('account_id', '=', account.id)
      .where('user_id', '=', account.users[login('cy')].id)
      .execute()
  })
  return {
    id: account.id as string,
    ownerRole: account.roles.owner as string,
    desk,
    users: Object.fromEntries(
      ['ann', 'bob', 'cy'].map((who) => [who, account.users[login(who)].id as string]),
    ) as Record<'ann' | 'bob' | 'cy', string>,
    login,
  }
}

export const mailsOf = async (app: TestApp, kind: string, to: string): Promise<readonly Answer['body'][]> =>
  (await app.nobody.get(`/test/outbox?kind=${kind}&to=${encodeURIComponent(to)}`)).body.data
