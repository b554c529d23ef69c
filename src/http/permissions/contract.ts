/** The one list of permission keys (specification account.md §5); `view` is implied by any other leaf of its node. */
const tree = {
  'email.campaigns': 'view edit delete send cancel approve export',
  'email.templates': 'view edit delete export',
  'email.reports': 'view',
  'email.recipients': 'view',
  'email.outgoing': 'view export',
  'email.content': 'view',
  'email.messages': 'view send export',
  'email.senders': 'view manage',
  'email.streams': 'view manage',
  'email.settings': 'view manage',
  'email.preflight': 'override',
  'email.tracking': 'rescore',
  'sms.campaigns': 'view edit delete send cancel approve export no_optout',
  'sms.templates': 'view edit delete export',
  'sms.reports': 'view',
  'sms.recipients': 'view',
  'sms.outgoing': 'view export',
  'sms.incoming': 'view reply export',
  'sms.content': 'view',
  'sms.messages': 'view send export',
  'sms.senders': 'view manage approve',
  'sms.settings': 'view manage',
  'sms.lookup': 'run',
  'sms.billing': 'view',
  'push.campaigns': 'view edit delete send cancel approve export',
  'push.templates': 'view edit delete export',
  'push.reports': 'view',
  'push.recipients': 'view',
  'push.outgoing': 'view export',
  'push.content': 'view',
  'push.messages': 'view send export',
  'push.apps': 'view manage',
  'rcs.campaigns': 'view edit delete send cancel approve export',
  'rcs.templates': 'view edit delete export',
  'rcs.reports': 'view',
  'rcs.recipients': 'view',
  'rcs.outgoing': 'view export',
  'rcs.content': 'view',
  'rcs.conversations': 'view reply',
  'rcs.messages': 'view send export',
  'rcs.agents': 'view manage',
  'rcs.capability': 'check',
  'sending.ledger': 'view export',
  'sending.providers': 'view manage',
  'sending.uncertain': 'resolve',
  'sending.simulator': 'use',
  journeys: 'view edit activate approve delete',
  suppressions: 'view manage export import allow',
  contacts: 'view create edit archive delete merge',
  'contacts.personal_data': 'view',
  'contacts.import': 'view run undo',
  'contacts.export': 'run approve',
  'contacts.groups': 'view edit archive delete',
  'contacts.fields': 'view edit delete',
  'contacts.segments': 'view edit delete',
  'contacts.segmentation': 'run',
  'contacts.consents': 'view edit',
  'contacts.events': 'view send edit',
  'contacts.sites': 'view edit',
  'account.settings': 'view manage',
  'account.users': 'view manage',
  'account.roles': 'view manage',
  'account.security': 'view manage',
  'account.api_keys': 'view manage',
  'account.webhooks': 'view manage',
  'account.integrations': 'view manage',
  'account.approvals': 'view manage',
  'account.billing': 'view manage',
  'account.operations': 'view_all cancel_all',
  'account.notifications': 'manage',
  'account.audit_log': 'view export',
  'account.files': 'view manage publish',
  'account.gdpr': 'view manage sign requests erase approve',
  'account.documents': 'view',
  'account.subaccounts': 'view manage enter',
  'account.support_access': 'manage',
  events: 'view',
  'operator.accounts': 'view manage',
  'operator.entitlements': 'manage',
  'operator.support': 'enter',
  'operator.approvals': 'decide',
  'operator.staff': 'manage',
  'operator.prices': 'manage',
  'operator.invoices': 'view manage',
  'operator.documents': 'manage',
  'operator.help': 'manage',
  'operator.health': 'view',
  'operator.audit_log': 'view',
  'operator.settings': 'manage',
} as const

type Leaves<S extends string> = S extends `${infer Head} ${infer Rest}` ? Head | Leaves<Rest> : S
type Tree = typeof tree
export type PermissionKey = { [Node in keyof Tree]: `${Node}.${Leaves<Tree[Node]>}` }[keyof Tree]

export const permissionKeys = Object.entries(tree).flatMap(([node, leaves]) =>
  leaves.split(' ').map((leaf) => `${node}.${leaf}` as PermissionKey),
)

/** Operator keys belong to staff of the instance account, all others to users of a customer account. */
export const isOperatorKey = (key: PermissionKey): boolean => key.startsWith('operator.')

/** What an API key may be given: messages, contacts and their reports; every other key belongs to people in the panel (security.md §4.7). */
const keyAreas = /^(email|sms|push|rcs|sending|contacts|suppressions|journeys|events)\./
export const isKeyScope = (key: PermissionKey): boolean => keyAreas.test(key) && !key.endsWith('.approve')

/** Locks, people and their traces: closed to staff who act in a customer's account (security.md §4.5). */
export const isSecurityKey = (key: PermissionKey): boolean =>
  /^account\.(security|users|roles|api_keys|webhooks|integrations|support_access|approvals|audit_log)\./.test(
    key,
  )
