import Type, { type Static } from 'typebox'
import { IdParams, Obj, OneOf, route } from '../../http/contract.ts'
import { Campaign, notReached } from '../contract.ts'

export const FollowUp = Obj({
  states: Type.Array(OneOf(notReached), { minItems: 1, uniqueItems: true }),
  /** Needed for `uncertain`: some of them may be reached twice. */
  accept_duplicates: Type.Optional(Type.Boolean()),
})
export type FollowUp = Static<typeof FollowUp>

export const followUpCampaign = route({
  tag: 'Campaigns',
  entitlement: 'channel.email',
  method: 'POST',
  path: '/campaigns/{id}/follow-up',
  summary: 'A draft to those whom this run did not reach',
  access: 'email.campaigns.send',
  params: IdParams,
  body: FollowUp,
  records: ['campaign.created'],
  reply: { 201: Campaign },
  problems: ['campaign_state_conflict'],
})
