import { type RawBuilder, sql } from 'kysely'
import { audienceContacts } from '../../contacts/index.ts'
import { notReachedContacts } from '../follow-up/queries.ts'
import type { Audience, Sample } from './contract.ts'

export type FollowedRun = {
  readonly campaignId: string
  /** Null when its parent never started: nobody. */
  readonly runMonth: string | null
  readonly states: readonly string[]
}

/** Whom a campaign means, before anything is said about who may be written to. */
export type MemberQuestion = {
  readonly accountId: string
  readonly campaignId: string
  readonly audience: Audience
  readonly followUp: FollowedRun | null
}

/**
 * Chance that is the same whenever it is asked: the preview shows those who will be drawn, and another campaign draws
 * others.
 */
const drawnOrder = (campaignId: string, purpose: string) =>
  sql`hashtextextended(p.id::text, hashtextextended(${`${campaignId}:${purpose}`}, 0)), p.id`

const sampleSize = (sample: Sample) =>
  'count' in sample
    ? sql`${sample.count}::bigint`
    : sql`(select ceil(count(*) * ${sample.percent}::numeric / 100)::bigint from people)`

const engaged = ({ accountId, audience }: MemberQuestion) =>
  audience.engaged_days === null
    ? sql``
    : sql`where b.id in (select h.contact_id from tracking_hits h where h.account_id = ${accountId}
        and h.at > app_now() - make_interval(days => ${audience.engaged_days}))`

const base = ({ accountId, audience, followUp }: MemberQuestion) =>
  followUp
    ? notReachedContacts({ accountId, ...followUp, excludeGroupIds: audience.exclude_group_ids })
    : audienceContacts({
        accountId,
        groupIds: audience.group_ids,
        excludeGroupIds: audience.exclude_group_ids,
      })

const isHeldOut = ({ campaignId, audience }: MemberQuestion) =>
  audience.holdout_percent > 0
    ? sql`row_number() over (order by ${drawnOrder(campaignId, 'holdout')})
        <= round(count(*) over () * ${audience.holdout_percent}::numeric / 100)`
    : sql`false`

/** A subquery with the columns `id` and `holdout`: each contact once. */
export const audienceMembers = (question: MemberQuestion): RawBuilder<{ id: string; holdout: boolean }> => {
  const { sample } = question.audience
  return sql<{ id: string; holdout: boolean }>`(
    with people as (select b.id from ${base(question)} b ${engaged(question)}),
    drawn as (select p.id from people p
      ${sample ? sql`order by ${drawnOrder(question.campaignId, 'sample')} limit ${sampleSize(sample)}` : sql``})
    select p.id, ${isHeldOut(question)} as holdout from drawn p)`
}
