export type MailHeader = { readonly name: string; readonly value: string }
export type ListUnsubscribe = {
  readonly https: string | null
  readonly mailto: string | null
  readonly one_click: boolean
}

const headersMax = 1_000
const valueLengthMax = 10_000
const blockBytesMax = 1_048_576

/** The header block as it stands, unfolded, in order (RFC 5322 §2.2.3); a block without end is read as far as it goes. */
export const readHeaders = (raw: Buffer): MailHeader[] => {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at !== -1)
  const block = raw.subarray(0, Math.min(blockBytesMax, ...ends, raw.length)).toString('utf8')
  const headers: MailHeader[] = []
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const match = /^([!-9;-~]{1,200}):(.*)$/s.exec(line)
    if (!match?.[1] || headers.length >= headersMax) continue
    headers.push({
      name: match[1],
      value: clean(match[2] ?? '')
        .trim()
        .slice(0, valueLengthMax),
    })
  }
  return headers
}

/** NUL and half surrogates cannot be stored as text; the source keeps them. */
export const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

export const headerValue = (headers: readonly MailHeader[], name: string): string | null =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null

/** RFC 2369 and RFC 8058. */
export const readListUnsubscribe = (headers: readonly MailHeader[]): ListUnsubscribe | null => {
  const value = headerValue(headers, 'list-unsubscribe')
  if (value === null) return null
  const addresses = [...value.matchAll(/<([^<>]*)>/g)].map(([, address]) =>
    (address ?? '').replaceAll(/\s/g, ''),
  )
  const web = addresses.find((address) => /^https?:/i.test(address)) ?? null
  const post = headerValue(headers, 'list-unsubscribe-post') ?? ''
  return {
    https: web,
    mailto: addresses.find((address) => /^mailto:/i.test(address)) ?? null,
    one_click: web !== null && /^list-unsubscribe=one-click$/i.test(post),
  }
}
