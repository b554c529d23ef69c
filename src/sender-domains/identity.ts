import { accountKeys } from '../accounts/index.ts'
import { makeDkimSigner, makeReturnPathToken, type ReturnPath } from '../content/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { parseEmail } from '../lib/email-address.ts'
import { LRU } from '../lib/lru.ts'
import { openPrivateKey } from './keys.ts'
import { type DomainRow, findDomainByName } from './queries.ts'
import { mayCampaign, mayTransact } from './readiness.ts'
import { type KeyRow, listKeys, listRecords, type RecordRow } from './records/queries.ts'
import { isValid } from './state.ts'

type Signer = ReturnType<typeof makeDkimSigner>

/** What a domain adds to a message that leaves from it. */
export type SendingIdentity = {
  readonly domainId: string | null
  readonly signers: readonly Signer[]
  /** Envelope sender of a message; null: no own return path, bounces go to the sender's address. */
  readonly returnPath: ((message: Omit<ReturnPath, 'accountId'>) => string) | null
  /** Origin of links, like `https://click.example.com`; null: the installation's own. */
  readonly trackingOrigin: string | null
  /** Campaigns may leave. */
  readonly authorized: boolean
  /** API and SMTP submission may, too for a while after the domain broke. */
  readonly transactional: boolean
}

/** Of an address whose domain is not the account's: nothing is signed, bounces go to the address. */
export const noIdentity: SendingIdentity = {
  domainId: null,
  signers: [],
  returnPath: null,
  trackingOrigin: null,
  authorized: false,
  transactional: false,
}

/** Opening a key takes longer than signing a message with it. */
const signers = new LRU<string, Signer>(1_000)

const signerOf = async (trx: Trx, deps: Deps, row: DomainRow, key: KeyRow): Promise<Signer> => {
  const name = `${row.id}|${key.selector}|${key.private_sealed.toString('base64')}`
  const known = signers.get(name)
  if (known) return known
  const keys = await accountKeys(trx, deps.keys, row.account_id)
  const signer = makeDkimSigner({
    domain: row.domain,
    selector: key.selector,
    key: openPrivateKey(keys, row.id, key.selector, key.private_sealed),
    algorithm: key.algorithm,
  })
  signers.set(name, signer)
  return signer
}

/** Of each algorithm the key that signs, else the other; only one that receivers find can help. */
const usableKeys = (keys: readonly KeyRow[], records: readonly RecordRow[]): KeyRow[] => {
  const published = keys.filter(({ selector }) =>
    records.some(
      (record) => record.kind === 'dkim' && record.selector === selector && record.state === 'valid',
    ),
  )
  return (['rsa-sha256', 'ed25519-sha256'] as const).flatMap((algorithm) => {
    const own = published.filter((key) => key.algorithm === algorithm)
    return own.find(({ active }) => active) ?? own[0] ?? []
  })
}

/** The name that is right now: the present label, or the former one while it counts. */
const returnPathOf = (records: readonly RecordRow[], now: Date): string | null => {
  const names = new Set(records.filter(({ kind }) => kind === 'return_path').map(({ name }) => name))
  for (const name of names) {
    const own = records.filter((record) => record.kind === 'return_path' && record.name === name)
    if (isValid(own, 'return_path', now)) return name
  }
  return null
}

const trackingOriginOf = (row: DomainRow): string | null =>
  row.tracking_ready ? `https://${row.tracking_label}.${row.domain}` : null

/** Everything that the domain of a sender's address gives to its messages. */
export const sendingIdentity = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  senderEmail: string,
): Promise<SendingIdentity> => {
  const domain = parseEmail(senderEmail)?.domain
  const row = domain === undefined ? undefined : await findDomainByName(trx, accountId, domain)
  // Nothing is signed for a name that is not proven to be the account's.
  if (!row || row.verified_at === null || row.state === 'disabled' || row.state === 'draft') return noIdentity
  const now = deps.clock.now()
  const records = await listRecords(trx, accountId, row.id)
  const keys = usableKeys(await listKeys(trx, accountId, row.id), records)
  const bounceHost = deps.config.bounceSmtpListen === null ? null : returnPathOf(records, now)
  return {
    domainId: row.id,
    signers: await Promise.all(keys.map((key) => signerOf(trx, deps, row, key))),
    returnPath:
      bounceHost === null
        ? null
        : (message) => `${makeReturnPathToken(deps.keys, { ...message, accountId })}@${bounceHost}`,
    trackingOrigin: trackingOriginOf(row),
    authorized: mayCampaign(row, records, now),
    transactional: mayTransact(row, now),
  }
}
