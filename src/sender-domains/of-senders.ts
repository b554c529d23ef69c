import type { Trx } from '../db/pool.ts'
import { parseEmail } from '../lib/email-address.ts'
import { listDomainsByName } from './queries.ts'

export type SenderDomainState = {
  readonly id: string
  readonly domain: string
  readonly authorized: boolean
  readonly allowedRoleIds: readonly string[]
  readonly allowedUserIds: readonly string[]
}

/** Domains that addresses belong to, by name; what is not proven belongs to nobody. */
export const domainsOfSenders = async (
  trx: Trx,
  accountId: string,
  emails: readonly string[],
): Promise<ReadonlyMap<string, SenderDomainState>> => {
  const names = [...new Set(emails.flatMap((email) => parseEmail(email)?.domain ?? []))]
  if (names.length === 0) return new Map()
  const rows = await listDomainsByName(trx, accountId, names)
  return new Map(
    rows.map((row) => [
      row.domain,
      {
        id: row.id,
        domain: row.domain,
        authorized: row.state === 'authorized' && row.verified_at !== null,
        allowedRoleIds: row.allowed_role_ids,
        allowedUserIds: row.allowed_user_ids,
      },
    ]),
  )
}

export const domainOfSender = async (
  trx: Trx,
  accountId: string,
  email: string,
): Promise<SenderDomainState | null> => {
  const name = parseEmail(email)?.domain
  return name === undefined ? null : ((await domainsOfSenders(trx, accountId, [email])).get(name) ?? null)
}
