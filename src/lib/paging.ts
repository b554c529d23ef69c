import { createHash } from 'node:crypto'

/** A keyset position: the sort values of the last row given out. */
export type Position = readonly (string | number | null)[]

const dayMs = 86_400_000

/**
 * An opaque cursor, bound to its filter and to a day: one from another list or older than 24 h reads as null.
 * It holds sort keys of rows the caller has just seen, so it needs no seal.
 */
export const encodeCursor = (position: Position, filter: unknown, now: Date): string =>
  Buffer.from(JSON.stringify([position, digest(filter), now.getTime()])).toString('base64url')

export const decodeCursor = (cursor: string, filter: unknown, now: Date): Position | null => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parsed) || parsed.length !== 3 || !Array.isArray(parsed[0])) return null
    const [position, bound, madeAt] = parsed
    const fits =
      bound === digest(filter) && typeof madeAt === 'number' && Math.abs(now.getTime() - madeAt) <= dayMs
    const plain = position.every(
      (value: unknown) => value === null || typeof value === 'string' || typeof value === 'number',
    )
    return fits && plain ? (position as Position) : null
  } catch {
    return null
  }
}

const digest = (filter: unknown): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 16)
