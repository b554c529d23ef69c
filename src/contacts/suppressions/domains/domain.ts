import { recordAct } from '../../../audit/index.ts'
import { inAccount } from '../../../db/pool.ts'
import { conflict, notFound, unprocessable } from '../../../http/errors.ts'
import { pageById } from '../../../http/id-page.ts'
import type { PageQuery } from '../../../http/page.ts'
import { parseEmail } from '../../../lib/email-address.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import type { ContactWork } from '../../contact.ts'
import type { SuppressionDomain } from './contract.ts'
import { type DomainRow, deleteDomainRow, insertDomainRow, listDomainRows } from './queries.ts'

const toDomain = (row: DomainRow): SuppressionDomain => ({ ...row, created_at: row.created_at.toISOString() })

/** `example.org` or `*@example.org`; read as the domain of an address, so that both compare alike. */
const domainOf = (text: string): string => {
  const domain = parseEmail(`x@${text.trim().replace(/^\*?@/, '')}`)?.domain
  if (domain === undefined) throw unprocessable('invalid_domain')
  return domain
}

export const listDomainPage = (work: ContactWork, query: PageQuery) =>
  inAccount(work.deps.db, work.actor.accountId, (trx) =>
    pageById(
      query,
      ['suppression_domains'],
      work.now,
      (after, limit) => listDomainRows(trx, work.actor.accountId, after, limit),
      toDomain,
    ),
  )

export const suppressDomain = (
  work: ContactWork,
  given: { domain: string; with_subdomains?: boolean; comment?: string | null },
): Promise<SuppressionDomain> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId, userId } = work.actor
    const row = await insertDomainRow(trx, accountId, {
      id: uuidV7(work.now),
      domain: domainOf(given.domain),
      with_subdomains: given.with_subdomains ?? false,
      comment: given.comment ?? null,
      created_by: userId,
    })
    if (!row) throw conflict('duplicate')
    const after = toDomain(row)
    await recordAct(trx, work.deps, work.actor, {
      action: 'suppression.added',
      type: 'suppression_domain',
      id: row.id,
      after,
    })
    return after
  })

export const liftDomain = (work: ContactWork, id: string, reason: string): Promise<void> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await deleteDomainRow(trx, work.actor.accountId, id)
    if (!row) throw notFound()
    await recordAct(trx, work.deps, work.actor, {
      action: 'suppression.removed',
      type: 'suppression_domain',
      id,
      before: toDomain(row),
      reason,
    })
  })
