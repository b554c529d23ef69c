export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }

// JSON.stringify writes strings and numbers of JavaScript exactly as RFC 8785 §3.2.2 asks; only the order is ours.
const write = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    // Comparing with `<` compares UTF-16 code units, the order of RFC 8785 §3.2.3.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(',')}}`
}

/**
 * JSON in its one canonical spelling (RFC 8785), for hashes and signatures.
 * @throws TypeError for numbers that JSON has no word for.
 */
export const canonicalJson = (value: Json): string => {
  const text = write(value)
  if (text.includes('null') && hasNonFinite(value)) throw new TypeError('JSON has no infinite numbers')
  return text
}

const hasNonFinite = (value: Json): boolean => {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (value === null || typeof value !== 'object') return false
  return Object.values(value).some((member) => member !== undefined && hasNonFinite(member as Json))
}

/** What PostgreSQL cannot keep (NUL, halves of surrogate pairs) becomes U+FFFD, everywhere inside; other types become null. */
export const storableJson = (value: unknown, depthMax = 12): Json => {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd')
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || depthMax === 0) return null
  if (value instanceof Set) return storableJson([...value], depthMax)
  if (Array.isArray(value)) return value.map((member) => storableJson(member, depthMax - 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && typeof member !== 'function')
      .map(([name, member]) => [storableJson(name) as string, storableJson(member, depthMax - 1)]),
  )
}
