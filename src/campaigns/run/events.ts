import type { WebhookEventType } from '../../webhooks/index.ts'
import type { CampaignRun, RunChange } from './queries.ts'

const byStatus: Readonly<Record<string, WebhookEventType>> = {
  paused: 'campaign.paused',
  held: 'campaign.held',
  canceled: 'campaign.canceled',
  finished: 'campaign.finished',
  failed: 'campaign.failed',
}

const typeOf = (before: string, after: string): WebhookEventType | null => {
  const resting = before === 'paused' || before === 'failed'
  if (after === 'sending' || (after === 'preparing' && resting)) return resting ? 'campaign.resumed' : null
  return after === 'preparing' ? 'campaign.started' : (byStatus[after] ?? null)
}

/** What other systems are told of a step of a run (api.md A7); steps inside a run are no news to them. */
export const eventOfMove = (run: CampaignRun, change: RunChange, detail: Record<string, unknown>) => {
  const status = change.status
  const type = status === undefined || status === run.status ? null : typeOf(run.status, status)
  if (!type) return null
  const counted = type === 'campaign.finished' || type === 'campaign.failed' || type === 'campaign.canceled'
  return {
    type,
    data: {
      campaign_id: run.id,
      channel: run.channel,
      status,
      status_reason: change.status_reason === undefined ? run.status_reason : change.status_reason,
      ...(counted ? { accounting: detail } : {}),
    },
    // The version the campaign has once this step is made.
    sequence: run.version + 1,
  }
}
