import type { UsedInSource } from '../../contacts/index.ts'
import type { UsedBySource } from '../../sender-domains/index.ts'
import { listUsesOfDomain, listUsesOfField, listUsesOfGroup } from './queries.ts'

/** What campaigns do with a group or a field, told to the contacts below. */
export const usedInCampaigns: UsedInSource = (trx, accountId, { type, key }) =>
  type === 'group' ? listUsesOfGroup(trx, accountId, key) : listUsesOfField(trx, accountId, key)

/** Campaigns that would lose their sender with the domain. */
export const domainUsedByCampaigns: UsedBySource = (trx, accountId, domain) =>
  listUsesOfDomain(trx, accountId, domain)
