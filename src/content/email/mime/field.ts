/** One header field as it is written, CRLF at its end. */
export type Field = {
  /** In small letters. */
  readonly name: string
  readonly line: string
  /** Canonical form for signatures where it was made beforehand. */
  readonly relaxed: string | null
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(':')).toLowerCase()

/** Relaxed canonical form of a field (RFC 6376 §3.4.2), without the CRLF. */
export const relaxField = (line: string): string => {
  const colon = line.indexOf(':')
  const value = line
    .slice(colon + 1)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  return `${line.slice(0, colon).trimEnd().toLowerCase()}:${value}`
}

export const toField = (line: string): Field => ({ name: nameOf(line), line, relaxed: null })

/** A field that is the same in many messages. */
export const toFixedField = (line: string): Field => ({ name: nameOf(line), line, relaxed: relaxField(line) })
