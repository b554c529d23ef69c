import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { PublishedKey } from './dkim.ts'

/** What the account has published of a domain, as far as it was found at the last check. */
export type PublishedDomain = {
  readonly domain: string
  readonly returnPath: string
  readonly spf: boolean
  readonly dmarc: boolean
}

export const listPublishedKeys = async (trx: Trx, accountId: string): Promise<PublishedKey[]> => {
  const { rows } = await sql<PublishedKey>`
    select d.domain, k.selector, k.algorithm, k.public_key as "publicKey"
    from dkim_keys k join sender_domains d on d.account_id = ${accountId} and d.id = k.domain_id
    where k.account_id = ${accountId}`.execute(trx)
  return rows
}

export const listPublishedDomains = async (trx: Trx, accountId: string): Promise<PublishedDomain[]> => {
  const { rows } = await sql<PublishedDomain>`
    select d.domain, d.return_path_label || '.' || d.domain as "returnPath",
      coalesce(bool_or(r.kind = 'spf' and r.state = 'valid'), false) as spf,
      coalesce(bool_or(r.kind = 'dmarc' and r.state in ('valid', 'warning')), false) as dmarc
    from sender_domains d
    left join sender_domain_records r on r.account_id = ${accountId} and r.domain_id = d.id
      and r.retired_until is null
    where d.account_id = ${accountId} group by 1, 2`.execute(trx)
  return rows
}
