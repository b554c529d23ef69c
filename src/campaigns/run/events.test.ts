import { expect, it } from 'vitest'
import { eventOfMove } from './events.ts'
import type { CampaignRun } from './queries.ts'

const from = (status: string) =>
  ({ id: 'c', channel: 'email', status, status_reason: null, version: 3 }) as CampaignRun

it.each([
  ['draft', 'preparing', 'campaign.started'],
  ['scheduled', 'preparing', 'campaign.started'],
  ['held', 'preparing', 'campaign.started'],
  ['paused', 'preparing', 'campaign.resumed'],
  ['paused', 'sending', 'campaign.resumed'],
  ['failed', 'sending', 'campaign.resumed'],
  ['preparing', 'sending', undefined],
  ['finishing', 'sending', undefined],
  ['sending', 'finishing', undefined],
  ['draft', 'scheduled', undefined],
  ['sending', 'paused', 'campaign.paused'],
  ['scheduled', 'held', 'campaign.held'],
  ['sending', 'canceled', 'campaign.canceled'],
  ['finishing', 'finished', 'campaign.finished'],
  ['preparing', 'failed', 'campaign.failed'],
])('a run that goes from %s to %s is told as %s', (before, status, type) => {
  expect(eventOfMove(from(before), { status }, {})?.type).toBe(type)
})

it('a change of speed is no news, and an end brings its figures', () => {
  expect(eventOfMove(from('sending'), { throttle_per_hour: 100 }, {})).toBeNull()
  expect(eventOfMove(from('finishing'), { status: 'finished' }, { audience: 2 })).toMatchObject({
    data: { campaign_id: 'c', channel: 'email', status: 'finished', accounting: { audience: 2 } },
    sequence: 4,
  })
})
