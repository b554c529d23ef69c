import type { UsedInSource } from '../../contacts/index.ts'
import { listUsesOfField, listUsesOfGroup } from './queries.ts'

/** What campaigns do with a group or a field, told to the contacts below. */
export const usedInCampaigns: UsedInSource = (trx, accountId, { type, key }) =>
  type === 'group' ? listUsesOfGroup(trx, accountId, key) : listUsesOfField(trx, accountId, key)
