import type { Trx } from '../db/pool.ts'
import { parseEmail } from '../lib/email-address.ts'
import { domainsOfSenders, type SenderDomainState } from '../sender-domains/index.ts'
import type { Sender } from './contract.ts'
import type { SenderRow } from './queries.ts'

const stateOf = (row: SenderRow, domain: SenderDomainState | undefined): Sender['state'] => {
  if (row.state === 'blocked') return 'blocked'
  return domain?.authorized || row.confirmed_at !== null ? 'verified' : 'pending'
}

const toSender = (row: SenderRow, domain: SenderDomainState | undefined): Sender => ({
  id: row.id,
  name: row.name,
  email: row.value,
  reply_to: row.reply_to,
  default: row.is_default,
  allowed_role_ids: row.allowed_role_ids,
  domain_id: domain?.id ?? null,
  state: stateOf(row, domain),
  version: row.version,
})

/** Senders with what their domains say at this moment. */
export const presentSenders = async (
  trx: Trx,
  accountId: string,
  rows: readonly SenderRow[],
): Promise<Sender[]> => {
  const emails = rows.map(({ value }) => value)
  const domains = await domainsOfSenders(trx, accountId, emails)
  return rows.map((row) => toSender(row, domains.get(parseEmail(row.value)?.domain ?? '')))
}

export const presentSender = async (trx: Trx, accountId: string, row: SenderRow): Promise<Sender> => {
  const [sender] = await presentSenders(trx, accountId, [row])
  if (!sender) throw new Error('a sender that was found is presented')
  return sender
}
