import { account } from '../features/account/feature.ts'
import { apiDocs } from '../features/api-docs/feature.ts'
import { apiKeys } from '../features/api-keys/feature.ts'
import { approvals } from '../features/approvals/feature.ts'
import { auditLog } from '../features/audit-log/feature.ts'
import { bounces } from '../features/bounces/feature.ts'
import { campaigns } from '../features/campaigns/feature.ts'
import { contacts } from '../features/contacts/feature.ts'
import { delivery } from '../features/delivery/feature.ts'
import { fields } from '../features/fields/feature.ts'
import { groups } from '../features/groups/feature.ts'
import { home } from '../features/home/feature.ts'
import { imports } from '../features/import/feature.ts'
import { instance } from '../features/instance/feature.ts'
import { links } from '../features/links/feature.ts'
import { operations } from '../features/operations/feature.ts'
import { profile } from '../features/profile/feature.ts'
import { providers } from '../features/providers/feature.ts'
import { reports } from '../features/reports/feature.ts'
import { roles } from '../features/roles/feature.ts'
import { security } from '../features/security/feature.ts'
import { senderDomains } from '../features/sender-domains/feature.ts'
import { senders } from '../features/senders/feature.ts'
import { setup } from '../features/setup/feature.ts'
import { signIn } from '../features/sign-in/feature.ts'
import { simulator } from '../features/simulator/feature.ts'
import { suppressions } from '../features/suppressions/feature.ts'
import { systemMailbox } from '../features/system-mailbox/feature.ts'
import { users } from '../features/users/feature.ts'
import { webhooks } from '../features/webhooks/feature.ts'
import type { Feature } from './feature.ts'

/** Every feature of the console, one line each. */
export const features: readonly Feature[] = [
  imports,
  senderDomains,
  senders,
  suppressions,
  bounces,
  reports,
  campaigns,
  operations,
  contacts,
  fields,
  groups,
  account,
  approvals,
  auditLog,
  security,
  home,
  profile,
  setup,
  signIn,
  simulator,
  systemMailbox,
  providers,
  delivery,
  users,
  roles,
  links,
  apiDocs,
  apiKeys,
  webhooks,
  instance,
]
