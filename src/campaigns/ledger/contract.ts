import Type, { type Static } from 'typebox'
import { Count, Id, IdParams, Nullable, Obj, OneOf, Page, pageQuery, route } from '../../http/contract.ts'

const shared = { tag: 'Campaigns', entitlement: 'channel.email', params: IdParams } as const

/** Rows that an act is meant for; without a choice all that it applies to. */
export const RowSelection = Obj({
  message_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true })),
  provider_id: Type.Optional(Id),
  /** The receiving domain. */
  domain: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
})
export type RowSelection = Static<typeof RowSelection>

const Changed = Obj({ changed: Count })
const selection = { filter: Type.Optional(RowSelection) }

export const resolveUncertain = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/uncertain/resolve',
  summary: 'Decide open messages whose answer was lost: accepted, missed, or once more',
  access: 'sending.uncertain.resolve',
  body: Obj({
    action: OneOf(['mark_accepted', 'mark_missed', 'repeat']),
    ...selection,
    reason: Type.String({ minLength: 3, maxLength: 500 }),
  }),
  records: ['uncertain.resolved'],
  reply: { 200: Obj({ resolved: Count, uncertain_open: Count }) },
  problems: ['campaign_state_conflict'],
})
export const retryMessages = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/messages/retry',
  summary: 'Try waiting messages again at once',
  access: 'email.campaigns.send',
  sends: true,
  body: Obj(selection),
  records: ['message.retried'],
  reply: { 200: Changed },
  problems: ['campaign_state_conflict'],
})
export const stopRetrying = route({
  ...shared,
  method: 'POST',
  path: '/campaigns/{id}/messages/stop',
  summary: 'Give up waiting messages: they are suppressed as canceled',
  access: 'email.campaigns.send',
  body: Obj(selection),
  records: ['message.canceled'],
  reply: { 200: Changed },
  problems: ['campaign_state_conflict'],
})

export const Difference = Obj({
  kind: OneOf(['missing', 'surplus']),
  contact_id: Nullable(Id),
  message_id: Nullable(Id),
  address: Nullable(Type.String({ description: 'Masked without contacts.personal_data.view' })),
})
export type Difference = Static<typeof Difference>
export const listDifferences = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}/accounting/differences',
  summary: 'Contacts of the audience without a row, and rows without such a contact',
  access: 'sending.ledger.view',
  query: Obj({ ...pageQuery }),
  reply: { 200: Page(Difference) },
})
export const exportDifferences = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}/accounting/differences.csv',
  summary: 'The same as CSV',
  access: 'sending.ledger.export',
  replyType: 'text/csv',
  reply: { 200: Type.String() },
})
export const getProof = route({
  ...shared,
  method: 'GET',
  path: '/campaigns/{id}/proof',
  summary: 'Every row of the ledger as CSV, the totals, and the SHA-256 of all before it in the last line',
  access: 'sending.ledger.export',
  replyType: 'text/csv',
  reply: { 200: Type.String() },
  problems: ['step_up_required'],
})
