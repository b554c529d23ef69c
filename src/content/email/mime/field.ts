/** One header field as it is written, CRLF at its end. */
export class Field {
  readonly line: string
  /** Canonical form for signatures where it was made beforehand. */
  readonly relaxed: string | null
  #name: string | null = null

  constructor(line: string, relaxed: string | null) {
    this.line = line
    this.relaxed = relaxed
  }

  /** In small letters; only signatures ask. */
  get name(): string {
    this.#name ??= this.line.slice(0, this.line.indexOf(':')).toLowerCase()
    return this.#name
  }
}

/** Relaxed canonical form of a field (RFC 6376 §3.4.2), without the CRLF. */
export const relaxField = (line: string): string => {
  const colon = line.indexOf(':')
  const value = line
    .slice(colon + 1)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  return `${line.slice(0, colon).trimEnd().toLowerCase()}:${value}`
}

export const toField = (line: string): Field => new Field(line, null)

/** A field that is the same in many messages. */
export const toFixedField = (line: string): Field => new Field(line, relaxField(line))
