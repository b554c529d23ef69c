import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

const inForce = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('warmup_plans')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('state', 'in', ['active', 'stopped'])

export type PlanRow = NonNullable<Awaited<ReturnType<typeof findPlan>>>

/** Plans that hold for mail of this sender from these addresses; a sender of null is the account's default one. */
export const listPlansFor = async (
  trx: Trx,
  accountId: string,
  given: { readonly senderId: string | null; readonly sourceAddresses: readonly string[] },
): Promise<PlanRow[]> => {
  const sender = given.senderId ? sql`s.id = ${given.senderId}` : sql`s.is_default`
  return inForce(trx, accountId)
    .where((where) =>
      where.or([
        where.and([
          where('subject_kind', '=', 'source_ip'),
          where('subject', 'in', ['', ...given.sourceAddresses]),
        ]),
        where.and([
          where('subject_kind', '=', 'sender_domain'),
          sql<boolean>`subject = (select lower(split_part(s.value, '@', 2)) from sender_identities s
            where s.account_id = ${accountId} and s.channel = 'email' and ${sender} limit 1)`,
        ]),
      ]),
    )
    .orderBy('id')
    .execute()
}

export const listPlanRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  trx
    .selectFrom('warmup_plans')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findPlan = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('warmup_plans')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockPlan = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('warmup_plans')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export type PlanColumns = {
  readonly start_per_day: number
  readonly growth: number
  readonly target_per_day: number
  readonly days: number
  readonly rest: string
  readonly established_provider_id: string | null
}

export const insertPlan = (
  trx: Trx,
  accountId: string,
  plan: PlanColumns & { id: string; subject_kind: string; subject: string; started_on: string },
) =>
  trx
    .insertInto('warmup_plans')
    .values({ account_id: accountId, ...plan })
    .returningAll()
    .executeTakeFirstOrThrow()

export type PlanState = {
  readonly state: string
  readonly stop_reason: string | null
  readonly stopped_on: string | null
  readonly started_on: string
}

export const updatePlan = (trx: Trx, accountId: string, id: string, columns: PlanColumns & PlanState) =>
  trx
    .updateTable('warmup_plans')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removePlan = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('warmup_plans').where('account_id', '=', accountId).where('id', '=', id).execute()

export type Today = { readonly today: string; readonly next_day_at: Date; readonly now: Date }

/** The present day of the account's calendar and the moment at which the next one begins. */
export const readToday = async (trx: Trx, accountId: string): Promise<Today> => {
  const { rows } = await sql<Today>`
    select (app_now() at time zone a.time_zone)::date as today, app_now() as now,
      ((app_now() at time zone a.time_zone)::date + 1)::timestamp at time zone a.time_zone as next_day_at
    from accounts a where a.account_id = ${accountId}`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('an account has no calendar')
  return row
}

export type DayRow = {
  readonly plan_id: string
  readonly day: string
  readonly cap: number
  readonly campaign_sent: number
  readonly transactional_sent: number
  readonly reserved: number
  readonly diverted: number
  readonly answered: number
  readonly hard: number
  readonly blocked: number
  readonly complained: number
}

/** What was let through and never answered counts no longer after this: its chunk ended without it. */
const reservedFor = sql`interval '1 hour'`

/** The day's row, locked: one sender at a time reserves of it. */
export const lockDay = async (
  trx: Trx,
  accountId: string,
  planId: string,
  day: string,
  cap: number,
): Promise<DayRow> => {
  const { rows } = await sql<DayRow>`
    insert into warmup_days as d (account_id, plan_id, day, cap) values (${accountId}, ${planId}, ${day}::date, ${cap})
    on conflict (account_id, plan_id, day) do update set cap = excluded.cap,
      reserved = case when d.reserved_at > app_now() - ${reservedFor} then d.reserved else 0 end
    returning plan_id, day, cap, campaign_sent, transactional_sent, reserved, diverted, answered, hard, blocked,
      complained`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('a day of a warm-up was not written')
  return row
}

export const addReserved = (
  trx: Trx,
  accountId: string,
  { plan_id, day }: Pick<DayRow, 'plan_id' | 'day'>,
  added: { readonly reserved: number; readonly diverted: number },
) =>
  sql`update warmup_days set reserved = reserved + ${added.reserved}, diverted = diverted + ${added.diverted},
      reserved_at = case when ${added.reserved} > 0 then app_now() else reserved_at end
    where account_id = ${accountId} and plan_id = ${plan_id} and day = ${day}::date`.execute(trx)

export type DayAnswers = {
  readonly campaignSent: number
  readonly transactionalSent: number
  readonly released: number
  readonly answered: number
  readonly hard: number
  readonly blocked: number
}

export const addAnswers = async (
  trx: Trx,
  accountId: string,
  { plan_id, day }: Pick<DayRow, 'plan_id' | 'day'>,
  added: DayAnswers,
): Promise<DayRow | null> => {
  const { rows } = await sql<DayRow>`
    update warmup_days set campaign_sent = campaign_sent + ${added.campaignSent},
      transactional_sent = transactional_sent + ${added.transactionalSent},
      reserved = greatest(0, reserved - ${added.released}), answered = answered + ${added.answered},
      hard = hard + ${added.hard}, blocked = blocked + ${added.blocked}
    where account_id = ${accountId} and plan_id = ${plan_id} and day = ${day}::date
    returning plan_id, day, cap, campaign_sent, transactional_sent, reserved, diverted, answered, hard, blocked,
      complained`.execute(trx)
  return rows[0] ?? null
}

export const listDays = async (
  trx: Trx,
  accountId: string,
  planIds: readonly string[],
): Promise<DayRow[]> => {
  const { rows } = await sql<DayRow>`
    select plan_id, day, cap, campaign_sent, transactional_sent,
      case when reserved_at > app_now() - ${reservedFor} then reserved else 0 end as reserved,
      diverted, answered, hard, blocked, complained
    from warmup_days where account_id = ${accountId} and plan_id = any(${planIds as string[]}::uuid[])
    order by plan_id, day`.execute(trx)
  return rows
}

export const listActivePlans = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; plan_id: string }>`
    select account_id, plan_id from lookup_active_warmups()`.execute(db)
  return rows
}

/** Stops or finishes a plan that is active; false when somebody was quicker. */
export const endPlan = async (
  trx: Trx,
  accountId: string,
  id: string,
  end: { readonly state: 'stopped' | 'finished'; readonly reason: string | null; readonly today: string },
): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update warmup_plans set state = ${end.state}, stop_reason = ${end.reason},
      stopped_on = case when ${end.state} = 'stopped' then ${end.today}::date end,
      version = version + 1, updated_at = app_now()
    where account_id = ${accountId} and id = ${id} and state = 'active' returning id`.execute(trx)
  return rows.length === 1
}

/** Complaints that came today about mail of a sender domain, or from a source address by its providers. */
export const saveComplaints = (
  trx: Trx,
  accountId: string,
  plan: Pick<PlanRow, 'id' | 'subject_kind' | 'subject'>,
  day: string,
) =>
  sql`
    update warmup_days d set complained = c.n from (
      select count(distinct e.message_id)::int as n
      from message_events e join accounts a on a.account_id = ${accountId}
      join messages m on m.account_id = ${accountId} and m.message_id = e.message_id
      left join campaigns k on k.account_id = ${accountId} and k.id = m.source_id
      where e.account_id = ${accountId} and e.kind = 'complained'
        and e.at >= ${day}::date::timestamp at time zone a.time_zone
        and case when ${plan.subject_kind} = 'source_ip'
          then exists (select from providers p where p.account_id = ${accountId} and p.id = m.provider_id
            and p.config->'source_addresses' ? ${plan.subject})
          else exists (select from sender_identities s where s.account_id = ${accountId} and s.channel = 'email'
            and case when k.sender_id is null then s.is_default else s.id = k.sender_id end
            and lower(split_part(s.value, '@', 2)) = ${plan.subject}) end
    ) c
    where d.account_id = ${accountId} and d.plan_id = ${plan.id} and d.day = ${day}::date and d.complained <> c.n`.execute(
    trx,
  )

/** Rows that waited for a plan which now says something else become due. */
export const releaseWaiting = (trx: Trx, accountId: string, factors: string) =>
  sql`update message_queue set due_at = app_now(), withheld = null
    where account_id = ${accountId} and withheld like ${`${factors.replaceAll(/[\\%_]/g, '\\$&')}%`}`.execute(
    trx,
  )

export const sourceOfMessage = async (
  trx: Trx,
  accountId: string,
  messageId: string,
): Promise<string | null> => {
  const { rows } = await sql<{ source_id: string }>`
    select source_id from messages where account_id = ${accountId} and message_id = ${messageId} limit 1`.execute(
    trx,
  )
  return rows[0]?.source_id ?? null
}

/** Clicks count a month more than opens: who acts on mail is the last to complain about it. */
const engagement = sql`max(h.at + case when h.kind = 'click' then interval '30 days' else interval '0' end)`

/** The messages at hand in the order of their recipients' engagement, the most engaged first. */
export const rankMessages = async (
  trx: Trx,
  accountId: string,
  messageIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ message_id: string }>`
    with mine as (
      select message_id, contact_id from messages
      where account_id = ${accountId} and message_id = any(${messageIds as string[]}::uuid[])
    ), engaged as (
      select h.contact_id, ${engagement} as last from tracking_hits h
      where h.account_id = ${accountId} and h.at > app_now() - interval '180 days'
        and h.contact_id in (select contact_id from mine)
      group by h.contact_id
    )
    select m.message_id from mine m left join engaged e on e.contact_id = m.contact_id
    order by e.last desc nulls last, m.message_id`.execute(trx)
  return rows.map((row) => row.message_id)
}

/**
 * Of a source's waiting messages those that the day has no room for: all but the most engaged wait for the next day, so
 * that what is claimed from now on are these. The messages at hand take part in the order.
 */
export const putOffLessEngaged = async (
  trx: Trx,
  accountId: string,
  given: {
    readonly sourceId: string
    readonly atHand: readonly string[]
    readonly room: number
    readonly until: Date
    readonly factor: string
  },
): Promise<void> => {
  // Rows that another sender is taking at this moment are its business: waiting for them could be waiting for each other.
  await sql`
    with free as materialized (
      select message_id, run_month from message_queue
      where account_id = ${accountId} and source_id = ${given.sourceId} and due_at < ${given.until}
      for update skip locked
    ), mine as (
      select q.message_id, m.contact_id, true as waiting
      from free q join messages m on m.account_id = ${accountId} and m.source_id = ${given.sourceId}
        and m.run_month = q.run_month and m.message_id = q.message_id
      union all
      select message_id, contact_id, false from messages
      where account_id = ${accountId} and message_id = any(${given.atHand as string[]}::uuid[])
    ), engaged as (
      select h.contact_id, ${engagement} as last from tracking_hits h
      where h.account_id = ${accountId} and h.at > app_now() - interval '180 days'
      group by h.contact_id
    ), ranked as (
      select m.message_id, m.waiting, row_number() over (order by e.last desc nulls last, m.message_id) as place
      from mine m left join engaged e on e.contact_id = m.contact_id
    )
    update message_queue q set due_at = ${given.until}, withheld = ${given.factor}
    from ranked r
    where q.account_id = ${accountId} and q.message_id = r.message_id and r.waiting and r.place > ${given.room}`.execute(
    trx,
  )
}

export const holdsSourceAddress = async (trx: Trx, accountId: string, address: string): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from providers where account_id = ${accountId} and kind = 'mx'
      and config->'source_addresses' ? ${address}) as found`.execute(trx)
  return rows[0]?.found ?? false
}
