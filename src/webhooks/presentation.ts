import type { AccountKeys } from '../accounts/index.ts'
import type { Delivery, Webhook } from './contract.ts'
import type { DeliveryRow } from './delivery/queries.ts'
import type { EndpointFigures, EndpointRow } from './queries.ts'
import { usernameOf } from './secrets.ts'

export const toWebhook = (keys: AccountKeys, row: EndpointRow & EndpointFigures, now: Date): Webhook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  secondary_url: row.secondary_url,
  events: row.events,
  auth: { type: row.auth_type, username: usernameOf(keys, row.id, row.auth_sealed) },
  retry_rule: row.retry_rule,
  personal_data: row.personal_data,
  enabled: row.enabled,
  proven: row.proven_at !== null,
  disabled_reason: row.disabled_reason,
  last_status: row.last_status,
  last_at: row.last_at?.toISOString() ?? null,
  failing_since: row.failing_since?.toISOString() ?? null,
  rotation_until:
    row.old_secret_until && row.old_secret_until > now ? row.old_secret_until.toISOString() : null,
  success_rate: row.success_rate,
  oldest_waiting_at: row.oldest_waiting_at?.toISOString() ?? null,
  dead_letters: row.dead_letters,
  created_at: row.created_at.toISOString(),
  version: row.version,
})

/** Addresses often carry a token behind the question mark; the application log keeps what stands before it. */
const shownUrl = (url: string | null): string | null => url?.replace(/\?.*$/s, '?…') ?? null

/** What the application log keeps of an endpoint. */
export const toRecorded = (row: EndpointRow) => ({
  name: row.name,
  url: shownUrl(row.url),
  secondary_url: shownUrl(row.secondary_url),
  events: row.events,
  auth_type: row.auth_type,
  retry_rule: row.retry_rule,
  personal_data: row.personal_data,
  enabled: row.enabled,
  disabled_reason: row.disabled_reason,
})

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: row.event_type,
  event_id: row.event_id,
  at: (row.attempted_at ?? row.at).toISOString(),
  attempt: row.attempt,
  target: row.target,
  state: row.state,
  replay: row.replay,
  status: row.status_code,
  duration_ms: row.duration_ms,
  failure: row.failure,
  excerpt: row.excerpt,
  next_at: row.state === 'waiting' ? (row.next_at?.toISOString() ?? null) : null,
})
