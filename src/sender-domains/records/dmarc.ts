import type { Dmarc, DmarcChange } from '../contract.ts'

export const defaultDmarc: Dmarc = {
  policy: 'none',
  subdomain_policy: null,
  pct: 100,
  rua: [],
  ruf: [],
  adkim: 'relaxed',
  aspf: 'relaxed',
  fo: '0',
}

export const withDmarc = (before: Dmarc, change: DmarcChange | undefined): Dmarc => ({ ...before, ...change })

/** Commas and exclamation marks part the addresses of a list (RFC 7489 §6.2), so those of an address are written otherwise. */
const uriOf = (address: string): string =>
  `mailto:${address.replaceAll(/[%,!;\s]/g, (sign) => encodeURIComponent(sign).replaceAll('!', '%21'))}`

const letter = { relaxed: 'r', strict: 's' } as const

/** The record for these settings; what is the default of the standard is left out. */
export const writeDmarc = (dmarc: Dmarc): string =>
  [
    'v=DMARC1',
    `p=${dmarc.policy}`,
    ...(dmarc.subdomain_policy ? [`sp=${dmarc.subdomain_policy}`] : []),
    ...(dmarc.pct < 100 ? [`pct=${dmarc.pct}`] : []),
    ...(dmarc.rua.length > 0 ? [`rua=${dmarc.rua.map(uriOf).join(',')}`] : []),
    ...(dmarc.ruf.length > 0 ? [`ruf=${dmarc.ruf.map(uriOf).join(',')}`] : []),
    ...(dmarc.adkim === 'strict' ? [`adkim=${letter.strict}`] : []),
    ...(dmarc.aspf === 'strict' ? [`aspf=${letter.strict}`] : []),
    ...(dmarc.fo === '0' ? [] : [`fo=${dmarc.fo}`]),
  ].join('; ')

/** Tags of a record like those of DKIM and DMARC: `v=DMARC1; p=none`. */
export const tagsOf = (record: string): ReadonlyMap<string, string> =>
  new Map(
    record.split(';').flatMap((part) => {
      const at = part.indexOf('=')
      return at < 1 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const]
    }),
  )

/** RFC 7489 §6.3: the version stands first and in capitals; without a policy the record says nothing. */
export const isDmarc = (text: string): boolean => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text)
export const hasPolicy = (text: string): boolean =>
  ['none', 'quarantine', 'reject'].includes((tagsOf(text).get('p') ?? '').toLowerCase())
