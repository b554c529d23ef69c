import { randomInt } from 'node:crypto'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { invalidField, unprocessable } from '../http/errors.ts'
import { parseEmail } from '../lib/email-address.ts'
import type { Dmarc, DmarcChange, NewSenderDomain, SenderDomainChange } from './contract.ts'
import { readLabel } from './domain-name.ts'
import { countPeople, countRoles, type DomainColumns } from './queries.ts'
import { defaultDmarc, withDmarc } from './records/dmarc.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const randomChars = 4

/** `c` and four characters by chance; the last one is no figure of the second selector. */
export const makeSelector = (): string => {
  const chosen = Array.from({ length: randomChars }, () => letters[randomInt(letters.length)]).join('')
  return /[23]$/.test(chosen) ? makeSelector() : `c${chosen}`
}

const readReportAddresses = (name: 'rua' | 'ruf', given: readonly string[]): string[] =>
  given.map((text, at) => {
    const email = parseEmail(text)
    if (email) return email.address
    throw unprocessable('email_invalid', '', {
      errors: [{ pointer: `/dmarc/${name}/${at}`, code: 'email_invalid', detail: 'is no e-mail address' }],
    })
  })

const readDmarc = (before: Dmarc, change: DmarcChange | undefined): Dmarc => {
  const merged = withDmarc(before, change)
  return {
    ...merged,
    rua: readReportAddresses('rua', merged.rua),
    ruf: readReportAddresses('ruf', merged.ruf),
  }
}

const readMode = (deps: Deps, mode: 'direct' | 'delegated'): 'direct' | 'delegated' => {
  if (mode === 'delegated' && deps.config.serviceDomain === null)
    throw invalidField('/mode', 'not_in_list', 'the operator has set no service domain')
  return mode
}

const unique = (ids: readonly string[] | undefined): string[] => [...new Set(ids)]

const checkAllowed = async (trx: Trx, accountId: string, columns: DomainColumns): Promise<void> => {
  if ((await countRoles(trx, accountId, columns.allowed_role_ids)) !== columns.allowed_role_ids.length)
    throw unprocessable('unknown_role')
  if ((await countPeople(trx, accountId, columns.allowed_user_ids)) !== columns.allowed_user_ids.length)
    throw invalidField('/allowed_user_ids', 'not_in_list', 'names somebody who is not of this account')
}

const newColumns: DomainColumns = {
  mode: 'direct',
  return_path_label: 'bounce',
  tracking_label: 'click',
  ed25519: false,
  dmarc: defaultDmarc,
  allowed_role_ids: [],
  allowed_user_ids: [],
}

/**
 * Settings as they are to be: the given ones over those before.
 * @throws AppError 422
 */
export const readSettings = async (
  trx: Trx,
  deps: Deps,
  domain: { readonly accountId: string; readonly name: string; readonly before?: DomainColumns },
  given: Omit<NewSenderDomain, 'domain' | 'dkim_selector' | 'generate'> | SenderDomainChange,
): Promise<DomainColumns> => {
  const before = domain.before ?? newColumns
  const label = (key: 'return_path_label' | 'tracking_label'): string => {
    const text = given[key]
    // Kept ones were read before, when the domain was as long as it is now.
    return text === undefined && domain.before
      ? before[key]
      : readLabel(`/${key}`, text ?? before[key], domain.name)
  }
  const columns: DomainColumns = {
    mode: readMode(deps, given.mode ?? before.mode),
    return_path_label: label('return_path_label'),
    tracking_label: label('tracking_label'),
    ed25519: given.dkim_key === undefined ? before.ed25519 : given.dkim_key === 'rsa_2048_ed25519',
    dmarc: readDmarc(before.dmarc, given.dmarc),
    allowed_role_ids: given.allowed_role_ids ? unique(given.allowed_role_ids) : before.allowed_role_ids,
    allowed_user_ids: given.allowed_user_ids ? unique(given.allowed_user_ids) : before.allowed_user_ids,
  }
  if (columns.return_path_label === columns.tracking_label)
    throw invalidField('/tracking_label', 'duplicate', 'must differ from the label of the return path')
  await checkAllowed(trx, domain.accountId, columns)
  return columns
}
