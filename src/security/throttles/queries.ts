import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'

const dayTriesMax = 100
const dayHours = 24
const delayFirstSeconds = 5
const delayMaxSeconds = 900

/**
 * One try of a login, counted as it is made. Beyond the daily hundred each further one waits twice as long as the last,
 * up to a quarter of an hour; a try that came too early is refused and does not count. Before the hundred nothing is
 * compared with the clock: of two tries at once the one that began first may come to the row last.
 */
export const spendLogin = async (trx: Trx, loginMac: Buffer) => {
  const { rows } = await sql<{ admitted: boolean; wait: number }>`
    insert into login_delays as d (account_id, login_mac, tries, began_at, next_at, admitted)
    values (${instanceAccountId}, ${loginMac}, 1, app_now(), '-infinity', true)
    on conflict (account_id, login_mac) do update set
      admitted = d.began_at + make_interval(hours => ${dayHours}) <= app_now() or d.next_at <= app_now(),
      tries = case when d.began_at + make_interval(hours => ${dayHours}) <= app_now() then 1
        when d.next_at <= app_now() then d.tries + 1 else d.tries end,
      next_at = case when d.began_at + make_interval(hours => ${dayHours}) <= app_now() or d.tries + 1 < ${dayTriesMax} then '-infinity'
        when d.next_at <= app_now() then app_now() + make_interval(secs =>
          least(${delayMaxSeconds}, ${delayFirstSeconds} * power(2, least(d.tries + 1 - ${dayTriesMax}, 10))))
        else d.next_at end,
      began_at = case when d.began_at + make_interval(hours => ${dayHours}) <= app_now() then app_now() else d.began_at end
    returning admitted, greatest(1, ceil(extract(epoch from greatest(next_at, app_now()) - app_now())))::int as wait`.execute(
    trx,
  )
  return rows[0] ?? { admitted: true, wait: 1 }
}

export const refundLogin = (trx: Trx, loginMac: Buffer) =>
  sql`update login_delays set tries = greatest(0, tries - 1)
    where account_id = ${instanceAccountId} and login_mac = ${loginMac}`.execute(trx)

export const isPasswordRefused = async (trx: Trx, passwordMac: Buffer): Promise<boolean> => {
  const { rows } = await sql`select 1 from refused_passwords
    where account_id = ${instanceAccountId} and password_mac = ${passwordMac} and until > app_now()`.execute(
    trx,
  )
  return rows.length > 0
}

/** Notes one failure and answers over how many logins this password failed within ten minutes. */
export const notePasswordFailure = async (trx: Trx, passwordMac: Buffer, loginMac: Buffer) => {
  await sql`insert into password_failures (account_id, password_mac, login_mac, failed_at)
    values (${instanceAccountId}, ${passwordMac}, ${loginMac}, app_now())
    on conflict (account_id, password_mac, login_mac) do update set failed_at = app_now()`.execute(trx)
  const { rows } = await sql<{ logins: number }>`select count(*)::int as logins from password_failures
    where account_id = ${instanceAccountId} and password_mac = ${passwordMac}
      and failed_at > app_now() - interval '10 minutes'`.execute(trx)
  return rows[0]?.logins ?? 0
}

/** True for the one caller that begins the refusal. */
export const refusePassword = async (trx: Trx, passwordMac: Buffer): Promise<boolean> => {
  const { rows } = await sql`insert into refused_passwords as r (account_id, password_mac, until)
    values (${instanceAccountId}, ${passwordMac}, app_now() + interval '1 hour')
    on conflict (account_id, password_mac) do update set until = excluded.until where r.until <= app_now()
    returning 1`.execute(trx)
  return rows.length > 0
}

export const forgetOldFailures = async (trx: Trx): Promise<void> => {
  const own = sql`account_id = ${instanceAccountId}`
  await sql`delete from password_failures where ${own} and failed_at < app_now() - interval '10 minutes'`.execute(
    trx,
  )
  await sql`delete from refused_passwords where ${own} and until < app_now()`.execute(trx)
  await sql`delete from login_delays where ${own} and began_at < app_now() - interval '24 hours'
    and next_at < app_now()`.execute(trx)
}
