import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'

export type SmsSend = {
  readonly id: string
  readonly accountId: string
  readonly userId: string
  readonly numberMac: Buffer
  readonly prefixMac: Buffer
  readonly country: string
  readonly weight: 1 | 2
}

/** One send is judged after the other, on all nodes: two at once could both pass the last free place. */
export const lockSmsGuard = async (trx: Trx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('campanile.sms_guard'))`.execute(trx)
}

export type SmsFigures = {
  readonly user_hour: number
  readonly user_day: number
  readonly number_hour: number
  readonly prefix_hour: number
  readonly account_day: number
  readonly platform_day: number
  readonly country_sends: number
  readonly country_verified: number
  readonly prefix_sends: number
  readonly prefix_verified: number
}

const hour = sql`sent_at > app_now() - interval '1 hour'`

/** What left within a day, counted from every side that has a limit. */
export const countSmsSends = async (trx: Trx, send: SmsSend): Promise<SmsFigures> => {
  const ofUser = sql`not notice and for_account_id = ${send.accountId} and for_user_id = ${send.userId}`
  const { rows } = await sql<SmsFigures>`
    select coalesce(sum(weight) filter (where ${ofUser} and ${hour}), 0)::int as user_hour,
      coalesce(sum(weight) filter (where ${ofUser}), 0)::int as user_day,
      coalesce(sum(weight) filter (where number_mac = ${send.numberMac} and ${hour}), 0)::int as number_hour,
      coalesce(sum(weight) filter (where prefix_mac = ${send.prefixMac} and ${hour}), 0)::int as prefix_hour,
      count(*) filter (where not notice and for_account_id = ${send.accountId})::int as account_day,
      count(*)::int as platform_day,
      count(*) filter (where not notice and country = ${send.country})::int as country_sends,
      count(verified_at) filter (where country = ${send.country})::int as country_verified,
      count(*) filter (where not notice and prefix_mac = ${send.prefixMac})::int as prefix_sends,
      count(verified_at) filter (where prefix_mac = ${send.prefixMac})::int as prefix_verified
    from sms_sends
    where account_id = ${instanceAccountId} and sent_at > app_now() - interval '24 hours'`.execute(trx)
  const [figures] = rows
  if (!figures) throw new Error('an aggregate without grouping answers one row')
  return figures
}

export const insertSmsSend = async (trx: Trx, send: SmsSend): Promise<void> => {
  await trx
    .insertInto('sms_sends')
    .values({
      account_id: instanceAccountId,
      id: send.id,
      for_account_id: send.accountId,
      for_user_id: send.userId,
      number_mac: send.numberMac,
      prefix_mac: send.prefixMac,
      country: send.country,
      weight: send.weight,
    })
    .execute()
}

/** The newest send to the number; a right code proves that one and not those before it. */
export const markSmsVerified = async (trx: Trx, numberMac: Buffer): Promise<void> => {
  await sql`update sms_sends set verified_at = app_now()
    where account_id = ${instanceAccountId} and id = (
      select id from sms_sends where account_id = ${instanceAccountId} and number_mac = ${numberMac}
        and not notice and verified_at is null and sent_at > app_now() - interval '24 hours'
      order by sent_at desc, id desc limit 1)`.execute(trx)
}

/** All of them when no age is given, those of a clock that was set back included. */
export const deleteSmsSends = async (trx: Trx, olderThanHours: number | null): Promise<void> => {
  await sql`delete from sms_sends where account_id = ${instanceAccountId} and (${olderThanHours}::int is null
    or sent_at <= app_now() - make_interval(hours => ${olderThanHours}::int))`.execute(trx)
}

export type NoticeFigures = {
  readonly already: boolean
  readonly number_hour: number
  readonly platform_day: number
}

export const countNotices = async (trx: Trx, id: string, numberMac: Buffer): Promise<NoticeFigures> => {
  const { rows } = await sql<NoticeFigures>`
    select coalesce(bool_or(id = ${id}), false) as already,
      count(*) filter (where number_mac = ${numberMac} and ${hour})::int as number_hour,
      count(*)::int as platform_day
    from sms_sends
    where account_id = ${instanceAccountId} and sent_at > app_now() - interval '24 hours'`.execute(trx)
  return rows[0] ?? { already: false, number_hour: 0, platform_day: 0 }
}

/** A notice is nobody's code: it says nothing about who types codes in. */
export const insertNotice = async (trx: Trx, id: string, numberMac: Buffer): Promise<void> => {
  await sql`insert into sms_sends
      (account_id, id, for_account_id, for_user_id, number_mac, prefix_mac, country, weight, notice)
    select ${instanceAccountId}, id, for_account_id, coalesce(for_user_id, id), ${numberMac}, ${numberMac}, '', 1, true
    from system_messages where account_id = ${instanceAccountId} and id = ${id}`.execute(trx)
}
