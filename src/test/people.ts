import { expect } from 'vitest'
import { inAccount, instanceAccountId } from '../db/pool.ts'
import { type Client, makeClient, password, type TestApp } from './app.ts'

/** Ids of the roles of the client's account by the key of the built-in one, or by name. */
export const roleIds = async (client: Client): Promise<Readonly<Record<string, string>>> => {
  const { body } = await client.get('/roles?limit=1000')
  return Object.fromEntries(
    body.data.map((role: { id: string; key: string | null; name: string }) => [
      role.key ?? role.name,
      role.id,
    ]),
  )
}

/** The newest system message to an address. */
export const newestMail = async (app: Pick<TestApp, 'nobody'>, to: string, kind: string) => {
  const { body } = await app.nobody.get(`/test/outbox?to=${encodeURIComponent(to)}&kind=${kind}`)
  return body.data[0] as { token: string; code: string; to: string } | undefined
}

export type Colleague = { readonly id: string; readonly email: string; readonly client: Client }

let made = 0

/** Somebody invited by `by` who has accepted and is signed in. */
export const aColleague = async (
  app: Pick<TestApp, 'app' | 'nobody'>,
  by: Client,
  given: { readonly roles: readonly string[]; readonly email?: string } = { roles: ['sender'] },
): Promise<Colleague> => {
  made += 1
  const email = given.email ?? `colleague-${made}@acme.test`
  const ids = await roleIds(by)
  await by.stepUp()
  const invited = await by.post('/invitations', {
    email,
    first_name: 'Anna',
    last_name: 'Kowalska',
    role_ids: given.roles.map((role) => ids[role]),
  })
  if (invited.status !== 201) throw new Error(`invitation failed: ${invited.raw}`)
  const mail = await newestMail(app, email, 'invitation')
  const accepted = await app.nobody.post('/invitations/accept', { token: mail?.token, password })
  if (accepted.status !== 200) throw new Error(`acceptance failed: ${accepted.raw}`)
  const client = makeClient(app.app)
  const signedIn = await client.post('/sign-in', { login: email, password })
  if (signedIn.body.status !== 'signed_in') throw new Error(`sign-in failed: ${signedIn.raw}`)
  return { id: invited.body.user_id, email, client }
}

/** Waits until the job has answered what strangers asked for. */
export const strangersAnswered = (app: Pick<TestApp, 'db'>): Promise<void> =>
  expect
    .poll(
      () =>
        inAccount(app.db, instanceAccountId, (trx) =>
          trx.selectFrom('stranger_requests').select('id').execute(),
        ),
      { timeout: 20_000 },
    )
    .toEqual([])
