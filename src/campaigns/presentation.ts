import type { Content } from '../content/contract.ts'
import type { Counts } from '../messages/index.ts'
import { readCanary } from './canary/settings.ts'
import type { Audience, Campaign, CampaignRow, CampaignStatus, Preflight, StatusDetail } from './contract.ts'
import type { CampaignListRecord, CampaignRecord } from './queries.ts'

const emptyAudience: Audience = {
  group_ids: [],
  segment_ids: [],
  exclude_group_ids: [],
  exclude_segment_ids: [],
  engaged_days: null,
  sample: null,
  holdout_percent: 0,
  respect_frequency_cap: true,
  exclude_without_consent: false,
}

/** A new campaign's audience is stored as `{}`. */
export const readAudience = (stored: unknown): Audience => ({
  ...emptyAudience,
  ...(stored as Partial<Audience>),
})

const noCounts: Counts = {
  audience: 0,
  planned: 0,
  claimed: 0,
  handed: 0,
  accepted: 0,
  rejected: 0,
  uncertain: 0,
  suppressed: 0,
  delivered: 0,
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

type Shared = Omit<CampaignRecord, 'content'>

const makerOf = (row: Shared): Campaign['created_by'] =>
  row.created_by && row.maker_first_name !== null
    ? { id: row.created_by, name: `${row.maker_first_name} ${row.maker_last_name ?? ''}`.trim() }
    : null

const senderOf = (row: Shared): Campaign['sender'] =>
  row.effective_sender_id && row.sender_email
    ? { id: row.effective_sender_id, name: row.sender_name ?? '', email: row.sender_email }
    : null

const shared = (row: Shared, counts: Counts) => ({
  id: row.id,
  version: row.version,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  created_by: makerOf(row),
  channel: 'email' as const,
  type: 'normal' as const,
  name: row.name,
  description: row.description,
  external_id: row.external_id,
  labels: row.labels,
  language: row.language,
  topic_id: row.topic_id,
  sender_id: row.sender_id,
  sender: senderOf(row),
  audience: readAudience(row.audience),
  throttle_per_hour: row.throttle_per_hour,
  max_lateness_minutes: row.max_lateness_minutes,
  uncertain_policy: row.uncertain_policy as Campaign['uncertain_policy'],
  hold_minutes: row.hold_minutes,
  windows: row.windows as Campaign['windows'],
  canary: readCanary(row.canary),
  fallback: null,
  time_mode: row.time_mode as Campaign['time_mode'],
  status: row.status as CampaignStatus,
  status_reason: row.status_reason,
  status_detail: row.status_detail as StatusDetail | null,
  parent_campaign_id: row.parent_campaign_id,
  follow_up: row.follow_up as Campaign['follow_up'],
  canary_until: iso(row.canary_until),
  content_revision: row.content_revision,
  planned_at: iso(row.planned_at),
  hold_until: iso(row.hold_until),
  started_at: iso(row.started_at),
  finished_at: iso(row.finished_at),
  counts,
  simulated: row.simulated,
  demo: row.demo,
})

export const toCampaign = (
  row: CampaignRecord,
  counts: Counts | undefined,
  ratePerHour: number | null,
): Campaign => ({
  ...shared(row, counts ?? noCounts),
  content: row.content as Content | null,
  in_flight: counts?.handed ?? 0,
  rate_per_hour: ratePerHour,
  limiting_factor: row.limiting_factor,
  preflight: row.preflight as Preflight | null,
  approval_id: null,
})

export const toCampaignRow = (row: CampaignListRecord, counts: Counts | undefined): CampaignRow => ({
  ...shared(row, counts ?? noCounts),
  subject: row.subject,
})
