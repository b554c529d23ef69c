import type { Static } from 'typebox'
import { Nullable, Obj, OneOf, route, Timestamp } from '../http/contract.ts'

export const heldReasons = ['secret', 'host', 'instance', 'place', 'backup'] as const
export type HeldReason = (typeof heldReasons)[number]
/** Whether this installation is held as a copy of another (sending.md §4.6). */
export const InstanceGuard = Obj({
  held: Nullable(OneOf(['clone'])),
  /** What does not fit: the secret keys, the public host name, the installation's id, the place of its
   * folder, or the age of the database. */
  reason: Nullable(OneOf(heldReasons)),
  held_at: Nullable(Timestamp),
})
export type InstanceGuard = Static<typeof InstanceGuard>

export const getInstanceGuard = route({
  method: 'GET',
  path: '/instance/guard',
  summary: 'Whether sending is held because this looks like a copy of an installation',
  tag: 'Instance',
  access: 'session',
  orStaff: true,
  orKey: true,
  reply: { 200: InstanceGuard },
})
