import { findDirectoryEntry, releaseDirectoryEntry } from '../../accounts/index.ts'
import { bySystem, recordElsewhere } from '../../audit/index.ts'
import { inAccount, type Trx, useAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { type AppError, conflict } from '../../http/errors.ts'
import { enqueue } from '../../jobs/index.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { makeToken } from '../../lib/tokens.ts'
import { notifyAdministrators } from '../../system-stream/index.ts'
import { observe } from '../dns/observe.ts'
import { findZone } from '../dns/zone.ts'
import { noteDomain } from '../queries.ts'
import { ownershipName } from '../records/expected.ts'
import { findClaim, removeClaim, storeClaim } from './queries.ts'

const claimLifeMs = hoursMs(7 * 24)

export const makeOwnershipToken = (): string => `campanile-verification=${makeToken()}`

/** Whether the present owner of the name wants it in this account: the fresh token stands in the zone. */
const isPublished = async (deps: Deps, domain: string, token: string): Promise<boolean> => {
  const zone = await findZone(deps, domain)
  const { told } = await observe(zone, ownershipName(domain), 'TXT')
  return told.kind === 'values' && told.values.some((value) => value.trim() === token)
}

const taken = (domain: string, token: string, expiresAt: Date): AppError =>
  conflict('domain_taken', 'Publish the record, then add the domain again: it passes to this account.', {
    proof: { type: 'TXT', name: ownershipName(domain), value: token, expires_at: expiresAt.toISOString() },
  })

export type Proof = { readonly holderId: string; readonly holderDomainId: string; readonly token: string }

/**
 * Null where nobody else holds the domain; else the proof that it may be taken over.
 * @throws AppError 409 `domain_taken` with the record that would prove it
 */
export const proveAgainstHolder = async (
  deps: Deps,
  accountId: string,
  domain: string,
): Promise<Proof | null> => {
  const holder = await findDirectoryEntry(deps.db, 'sender_domain', domain)
  if (!holder || holder.target_account_id === accountId) return null
  const claim = await inAccount(deps.db, accountId, (trx) => findClaim(trx, accountId, domain))
  if (claim && (await isPublished(deps, domain, claim.token)))
    return { holderId: holder.target_account_id, holderDomainId: holder.target_id, token: claim.token }
  const fresh = claim ?? { token: makeOwnershipToken(), expires_at: addMs(deps.clock.now(), claimLifeMs) }
  if (!claim) await inAccount(deps.db, accountId, (trx) => storeClaim(trx, accountId, { domain, ...fresh }))
  throw taken(domain, fresh.token, fresh.expires_at)
}

/** Takes the domain from its holder, who is told; the transaction stands in `accountId` again afterwards. */
export const takeOver = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  domain: string,
  proof: Proof,
): Promise<void> => {
  const { holderId, holderDomainId } = proof
  await releaseDirectoryEntry(trx, {
    kind: 'sender_domain',
    accountId: holderId,
    targetId: holderDomainId,
    key: domain,
  })
  await noteDomain(trx, holderId, holderDomainId, {
    state: 'broken',
    verified_at: null,
    broken_at: deps.clock.now(),
    next_check_at: deps.clock.now(),
  })
  await notifyAdministrators(trx, deps, {
    accountId: holderId,
    kind: 'sender_domain_broken',
    values: { domain },
  })
  await enqueue(trx, 'sender_domain_lost', { account_id: holderId, id: holderDomainId })
  await useAccount(trx, accountId)
  await removeClaim(trx, accountId, domain)
  await recordElsewhere(trx, deps, bySystem(holderId), {
    action: 'sender_domain.broken',
    object: { type: 'sender_domain', id: holderDomainId },
  })
}
