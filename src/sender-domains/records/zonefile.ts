import type { Expected } from './expected.ts'

/** One string of a TXT record holds 255 bytes (RFC 1035 §3.3). */
const stringBytesMax = 255
const ttlSeconds = 3_600

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
const txt = (text: string): string =>
  (text.match(new RegExp(`.{1,${stringBytesMax}}`, 'gs')) ?? ['']).map(quote).join(' ')

/** In a zone file a name without a final dot would get the zone appended. */
const dataOf = ({ type, expected }: Expected): string => (type === 'TXT' ? txt(expected) : `${expected}.`)

/** Records as a zone file (RFC 1035 §5); advice that would stand beside a record of the owner is a comment. */
export const writeZonefile = (domain: string, records: readonly Expected[]): string =>
  [
    `; ${domain}`,
    ...records.map((one) => {
      const line = `${one.name}. ${ttlSeconds} IN ${one.type} ${dataOf(one)}`
      return one.kind === 'spf' ? `; replaces the SPF record of the domain:\n; ${line}` : line
    }),
    '',
  ].join('\n')
