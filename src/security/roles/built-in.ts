import { isOperatorKey, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'

export const builtInNames = {
  owner: 'Owner',
  administrator: 'Administrator',
  campaign_manager: 'Campaign manager',
  sender: 'Sender',
  analyst: 'Analyst',
  developer: 'Developer',
  billing: 'Billing',
  support_agent: 'Support agent',
  data_protection_officer: 'Data protection officer',
} as const
export type BuiltIn = keyof typeof builtInNames

/** Every key of an account; operator keys belong to staff. */
export const accountKeysList: readonly PermissionKey[] = permissionKeys.filter((key) => !isOperatorKey(key))

const channels = '(email|sms|push|rcs)'
/** Keys that match one of the patterns, written as whole keys. */
const matching = (...patterns: readonly string[]): readonly PermissionKey[] => {
  const wanted = new RegExp(`^(?:${patterns.map((one) => one.replaceAll('.', '\\.')).join('|')})$`)
  return accountKeysList.filter((key) => wanted.test(key))
}
const without = (
  keys: readonly PermissionKey[],
  ...patterns: readonly string[]
): readonly PermissionKey[] => {
  const gone = new Set(matching(...patterns))
  return keys.filter((key) => !gone.has(key))
}
const any = '[a-z_]+'
const anything = '[a-z_.]+'

/** What each built-in role holds (account.md §5), by rules, so that a new key finds its place by itself. */
const held: Readonly<Record<BuiltIn, readonly PermissionKey[]>> = {
  owner: accountKeysList,
  administrator: without(accountKeysList, 'account.billing.manage'),
  campaign_manager: without(
    matching(`${channels}.${anything}`, `sending.${anything}`, `journeys.${any}`, `contacts.${anything}`),
    `${channels}.settings.manage`,
    'sending.providers.manage',
    'contacts.export.approve',
    'contacts.delete',
  ),
  sender: matching(
    `${channels}.campaigns.(view|edit|send|cancel)`,
    `${channels}.templates.(view|edit)`,
    `${channels}.reports.view`,
    'contacts.(view|create|edit)',
    `contacts.import.${any}`,
    'contacts.segments.(view|edit)',
    'contacts.segmentation.run',
    // What a campaign is put together from: whom to write to, and as whom.
    'contacts.(groups|fields).view',
    '(email|sms).senders.view',
    'push.apps.view',
    'rcs.agents.view',
  ),
  analyst: without(
    matching(`${channels}.${any}.view`, `sending.${any}.view`, 'contacts.view', `contacts.${any}.view`),
    `${channels}.content.view`,
    'contacts.personal_data.view',
  ),
  developer: matching(
    `account.(api_keys|webhooks|integrations|operations).${any}`,
    `${channels}.messages.${any}`,
    `email.streams.${any}`,
    'sending.simulator.use',
    `contacts.(fields|events|sites).${any}`,
    'events.view',
    'account.audit_log.view',
  ),
  billing: matching(
    `account.billing.${any}`,
    'account.documents.view',
    'sms.billing.view',
    `${channels}.reports.view`,
  ),
  support_agent: matching(
    'sms.incoming.(view|reply)',
    'rcs.conversations.(view|reply)',
    `${channels}.outgoing.view`,
    'contacts.view',
    'contacts.personal_data.view',
    'suppressions.view',
  ),
  data_protection_officer: matching(
    `account.gdpr.${any}`,
    `contacts.consents.${any}`,
    `suppressions.${any}`,
    `account.audit_log.${any}`,
    'contacts.view',
  ),
}

export const isBuiltIn = (name: string): name is BuiltIn => name in builtInNames

export const keysOfBuiltIn = (name: string): readonly PermissionKey[] => (isBuiltIn(name) ? held[name] : [])
