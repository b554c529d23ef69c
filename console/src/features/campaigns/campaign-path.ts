import type { CampaignStatus } from '../../../../src/campaigns/contract.ts'

export const steps = ['settings', 'content', 'audience', 'summary'] as const
export type Step = (typeof steps)[number]

export const pagePath = (id: string): string => `/email/campaigns/${id}`
export const stepPath = (id: string, step: Step): string => `/email/campaigns/${id}/edit/${step}`

/** A draft opens where it is written, everything else where it is watched. */
export const campaignPath = ({ id, status }: { id: string; status: CampaignStatus }): string =>
  status === 'draft' ? stepPath(id, 'settings') : pagePath(id)

const running: readonly CampaignStatus[] = ['preparing', 'testing', 'sending', 'paused', 'finishing', 'held']
export const isRunning = (status: CampaignStatus): boolean => running.includes(status)

const moving: readonly CampaignStatus[] = ['preparing', 'testing', 'sending', 'finishing']
export const isMoving = (status: CampaignStatus): boolean => moving.includes(status)

const over: readonly CampaignStatus[] = ['finished', 'canceled', 'failed']
export const isOver = (status: CampaignStatus): boolean => over.includes(status)
