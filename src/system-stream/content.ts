import { createHmac } from 'node:crypto'
import type { SealedColumn } from '../db/sealed-columns.ts'
import type { Deps } from '../http/deps.ts'
import type { Destination, SystemChannel } from './kinds.ts'

/** What one message says; at rest it is sealed, for it holds codes and links. */
export type Content = {
  readonly to: string
  readonly from: string
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
  readonly code: string | null
  readonly link: string | null
  readonly token: string | null
}

const purpose = 'system-message'

const contextOf = (id: string): string => `system_messages|content_sealed|${id}`
export const sealedContent: SealedColumn = {
  table: 'system_messages',
  column: 'content_sealed',
  key: 'id',
  purpose,
  context: contextOf,
}

export const sealContent = ({ keys }: Deps, id: string, content: Content): Buffer =>
  keys.seal(purpose, contextOf(id), Buffer.from(JSON.stringify(content)))

/** Null when nothing is there any more or the installation runs with other keys. */
export const openContent = ({ keys }: Deps, id: string, sealed: Buffer | null): Content | null => {
  const plain = sealed && keys.open(purpose, contextOf(id), sealed)
  return plain ? (JSON.parse(plain.toString()) as Content) : null
}

/** One spelling per recipient, so that a row is found by the address it was sent to. */
export const macOf = ({ keys }: Deps, address: string): Buffer =>
  createHmac('sha256', keys.purposeKey('system-address')).update(address.trim().toLowerCase()).digest()

export const channelOf = (to: Destination): SystemChannel => ('email' in to ? 'email' : 'sms')
export const addressOf = (to: Destination): string => ('email' in to ? to.email : to.phone)
