import { type RawBuilder, sql } from 'kysely'

export type AudienceQuestion = {
  readonly accountId: string
  /** Union of these groups, each contact once. */
  readonly groupIds: readonly string[]
  readonly excludeGroupIds?: readonly string[]
}

/** Whether contact `c` is a member of one of the groups; for `excluded_group` and for counts. */
export const isMemberOf = (accountId: string, groupIds: readonly string[]): RawBuilder<boolean> =>
  groupIds.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`exists (select 1 from contact_group_members gm where gm.account_id = ${accountId}
        and gm.contact_id = c.id and gm.group_id = any(${[...groupIds]}::uuid[]) and gm.state = 'member')`

/**
 * A subquery with one column `id`: contacts who are members of the groups and of none of the excluded ones,
 * whatever their own state; the send decision says who of them may be written to.
 */
export const audienceContacts = ({
  accountId,
  groupIds,
  excludeGroupIds = [],
}: AudienceQuestion): RawBuilder<{ id: string }> => sql<{ id: string }>`(
  select distinct m.contact_id as id from contact_group_members m
  where m.account_id = ${accountId} and m.group_id = any(${[...groupIds]}::uuid[]) and m.state = 'member'
    ${
      excludeGroupIds.length === 0
        ? sql``
        : sql`and not exists (select 1 from contact_group_members x where x.account_id = ${accountId}
            and x.contact_id = m.contact_id and x.group_id = any(${[...excludeGroupIds]}::uuid[]) and x.state = 'member')`
    })`
