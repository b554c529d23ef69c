import { sql } from 'kysely'
import { inAccount } from '../db/pool.ts'
import { fromBase32, hotp, stepAt } from '../security/factors/totp.ts'
import { type Client, makeClient, password, type TestApp } from './app.ts'

/** As if the operator had ticked multi-factor authentication for the account. */
export const grantMfa = (app: TestApp, accountId: string): Promise<unknown> =>
  inAccount(app.db, accountId, (trx) =>
    sql`insert into entitlement_overrides (account_id, key, value) values (${accountId}, 'mfa', 'true'::jsonb)
      on conflict (account_id, key) do update set value = excluded.value`.execute(trx),
  )

/** As POST /step-up with the purpose `factors` makes every open session of the account, whatever there is to confirm with. */
export const freshenFactors = (app: TestApp, accountId: string) =>
  inAccount(app.db, accountId, (trx) =>
    sql`update sessions set fresh_general_until = app_now() + interval '5 minutes',
      fresh_factors_until = app_now() + interval '5 minutes' where account_id = ${accountId}`.execute(trx),
  )

/** What an administrator chose for a person, without the way there. */
export const setSetting = (app: TestApp, accountId: string, userId: string, setting: string) =>
  inAccount(app.db, accountId, (trx) =>
    sql`update users set mfa_setting = ${setting} where account_id = ${accountId} and id = ${userId}`.execute(
      trx,
    ),
  )

export type SystemMail = { kind: string; code: string | null; token: string | null; text: string }

/** Newest first, as the person would find them. */
export const outbox = async (app: TestApp, to: string, kind?: string): Promise<SystemMail[]> => {
  const query = `to=${encodeURIComponent(to)}${kind ? `&kind=${kind}` : ''}`
  return (await app.nobody.get(`/test/outbox?${query}`)).body.data
}

export const lastCode = async (app: TestApp, to: string, kind: string): Promise<string> => {
  const [newest] = await outbox(app, to, kind)
  if (!newest?.code) throw new Error(`no code of kind ${kind} was sent to ${to}`)
  return newest.code
}

/** A code that is surely not the right one. */
export const otherThan = (code: string): string =>
  String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

/** The code an authenticator app shows at this moment of the test clock, or some steps later. */
export const appCode = (app: TestApp, secret: string, steps = 0): string =>
  hotp(fromBase32(secret) ?? Buffer.alloc(0), stepAt(app.deps.clock.now()) + steps)

/** Signs in and binds an authenticator app as the person would in the profile. */
export const bindApp = async (app: TestApp, login: string): Promise<{ client: Client; secret: string }> => {
  const client = makeClient(app.app)
  await client.post('/sign-in', { login, password })
  const asked = await client.post('/step-up', { purpose: 'factors', password })
  const code = await lastCode(app, login, 'step_up_code')
  await client.post(`/step-up/${asked.body.challenge.id}/verify`, { code })
  const begun = await client.post('/me/factors/totp')
  const { id, secret } = begun.body
  const confirmed = await client.post(`/me/factors/totp/${id}/confirm`, { code: appCode(app, secret) })
  if (confirmed.status !== 200) throw new Error(`binding failed: ${begun.raw} ${confirmed.raw}`)
  return { client, secret }
}
