import Type, { type Static } from 'typebox'
import { Count, Id, Nullable, Obj, OneOf, route, Timestamp } from '../../http/contract.ts'

const Channel = OneOf(['email', 'sms', 'push', 'rcs'])

export const SendingHealth = Obj({
  as_of: Timestamp,
  /** The one word over the page. */
  state: OneOf(['ok', 'attention', 'stopped']),
  /** When a worker last finished looking for what is due; null = none runs. */
  last_tick_at: Nullable(Timestamp),
  oldest_due: Nullable(Obj({ due_at: Timestamp, waiting_seconds: Count, channel: Channel, source_id: Id })),
  /** Open rows of the ledger; what is decided is counted in each campaign's accounting. */
  rows: Obj({ planned: Count, due: Count, retrying: Count, claimed: Count, handed: Count, uncertain: Count }),
  nodes: Type.Array(
    Obj({
      id: Id,
      host: Type.String(),
      process_id: Type.Integer(),
      roles: Type.Array(Type.String()),
      started_at: Timestamp,
      seen_at: Timestamp,
      alive: Type.Boolean(),
    }),
  ),
  circuits: Type.Array(
    Obj({
      provider_id: Id,
      name: Type.String(),
      channel: Channel,
      kind: Type.String(),
      enabled: Type.Boolean(),
      circuit: OneOf(['closed', 'open', 'half_open']),
      /** When an open circuit is tried again. */
      probe_at: Nullable(Timestamp),
      limiting: Nullable(Type.String()),
      /** Null: no receipt yet, or the provider sends none. */
      receipt_age_seconds: Nullable(Count),
    }),
  ),
  uncertain_open: Count,
  next_action: Nullable(
    Obj({
      kind: OneOf([
        'hand_over_due',
        'retry',
        'probe_provider',
        'resolve_uncertain',
        'recover_lease',
        'start_campaign',
      ]),
      at: Timestamp,
      /** What it is about: a campaign, a provider or a node. */
      subject: Nullable(Type.String()),
    }),
  ),
})
export type SendingHealth = Static<typeof SendingHealth>

export const readSendingHealth = route({
  method: 'GET',
  path: '/sending/health',
  summary: 'Whether sending runs, what waits, and what happens next by itself',
  tag: 'Sending',
  access: 'sending.providers.view',
  reply: { 200: SendingHealth },
})
