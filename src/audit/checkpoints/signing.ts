import { sign, verify } from 'node:crypto'
import type { AuditConfig } from '../../config-audit.ts'
import { canonicalJson } from '../../lib/canonical-json.ts'
import type { Checkpoint } from '../contract.ts'

type Unsigned = Omit<Checkpoint, 'signature'>

const messageOf = ({ account_id, seq, hash, count, at, key_id }: Unsigned): Buffer =>
  Buffer.from(canonicalJson({ account_id, seq, hash, count, at, key_id }))

/** Ed25519 (RFC 8032) over the canonical form of the checkpoint without its signature. */
export const signCheckpoint = (config: AuditConfig, unsigned: Omit<Unsigned, 'key_id'>): Checkpoint => {
  const [key] = config.auditSigningKeys
  const whole = { ...unsigned, key_id: key.id }
  return { ...whole, signature: sign(null, messageOf(whole), key.secret).toString('base64') }
}

/** False also for a key this installation does not have. */
export const isGenuine = (config: AuditConfig, checkpoint: Checkpoint): boolean => {
  const key = config.auditSigningKeys.find((candidate) => candidate.id === checkpoint.key_id)
  return (
    key !== undefined &&
    verify(null, messageOf(checkpoint), key.open, Buffer.from(checkpoint.signature, 'base64'))
  )
}
