import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../lib/canonical-json.ts'

/** Everything an entry says, as the chain covers it; personal data stand for themselves by commitments. */
export type Link = {
  readonly account_id: string
  readonly seq: number
  /** UTC with microseconds. */
  readonly at: string
  readonly section: string
  readonly action: string
  readonly actor_type: string
  readonly actor_id: string | null
  readonly on_behalf_of: string | null
  readonly subject: string | null
  readonly details: string | null
  readonly acting_account_id: string | null
  readonly object_type: string | null
  readonly object_id: string | null
  readonly result: string
  readonly reason: string | null
  readonly session_hash: string | null
  readonly request_id: string | null
  readonly amr: readonly string[]
  readonly diff: Json
}

export const hashBytes = 32
/** Before the first entry. */
export const genesis = Buffer.alloc(hashBytes)

/** `SHA-256("audit.v1" ‖ length ‖ RFC 8785 JSON ‖ prev)`, the length of the JSON in bytes as four bytes, big-endian. */
export const hashLink = (link: Link, prev: Buffer): Buffer => {
  const json = Buffer.from(canonicalJson(link as unknown as Json))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return createHash('sha256').update('audit.v1').update(length).update(json).update(prev).digest()
}
