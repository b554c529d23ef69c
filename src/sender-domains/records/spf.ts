export const spfLookupsMax = 10

/** RFC 7208 §4.5: the version is a word of its own. */
export const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text)

export const termsOf = (record: string): string[] => record.trim().split(/\s+/).slice(1)

/** Mechanisms in one spelling; `+` is what stands where nothing does. */
const plain = (term: string): string => term.toLowerCase().replace(/^\+/, '')
const isAll = (term: string): boolean => /^[-~?+]?all$/i.test(term)
const isRedirect = (term: string): boolean => /^redirect=/i.test(term)

/** Whether a record lets everybody pass whom the mechanisms name. */
export const holdsMechanisms = (record: string, mechanisms: readonly string[]): boolean => {
  const terms = new Set(termsOf(record).map(plain))
  return mechanisms.every((mechanism) => terms.has(plain(mechanism)))
}

export const spfOf = (mechanisms: readonly string[]): string => `v=spf1 ${mechanisms.join(' ')} ~all`

/**
 * The record found with what it lacks, before the term that ends it: one domain has one record (RFC 7208 §3.2). What stands
 * after `all` is never read.
 */
export const mergeSpf = (found: string | null, mechanisms: readonly string[]): string => {
  if (found === null) return spfOf(mechanisms)
  const terms = termsOf(found)
  const present = new Set(terms.map(plain))
  const lacking = mechanisms.filter((mechanism) => !present.has(plain(mechanism)))
  if (lacking.length === 0) return found
  const end = terms.findIndex((term) => isAll(term) || isRedirect(term))
  const at = end === -1 ? terms.length : end
  return ['v=spf1', ...terms.slice(0, at), ...lacking, ...terms.slice(at)].join(' ')
}

/** Terms that cost a look-up (RFC 7208 §4.6.4), and the records they lead to. */
export const lookupsOf = (
  record: string,
): { readonly count: number; readonly records: readonly string[] } => {
  const terms = termsOf(record).map((term) => term.replace(/^[-~?+]/, ''))
  const costly = terms.filter((term) =>
    /^(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:|redirect=)/i.test(term),
  )
  return {
    count: costly.length,
    records: costly.flatMap((term) => /^(?:include:|redirect=)(.+)$/i.exec(term)?.[1] ?? []),
  }
}
