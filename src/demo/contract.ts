import { Empty, Id, Obj, route } from '../http/contract.ts'

const shared = {
  tag: 'Account',
  path: '/account/demo-data',
  access: 'account.settings.manage',
  reply: { 202: Obj({ operation_id: Id }) },
} as const

/** Repeated while the sample data are there, it adds nothing and answers the operation that brought them. */
export const addDemoData = route({
  ...shared,
  method: 'POST',
  summary: 'Add sample data: 200 contacts, 3 groups, 1 finished campaign',
  body: Empty,
  records: ['account.changed'],
})
export const removeDemoData = route({
  ...shared,
  method: 'DELETE',
  summary: 'Remove the sample data; whatever people made stays',
  records: ['account.changed'],
})
