import type { Catalogue } from '../catalogue.ts'
import { account } from './account.ts'
import { apiDocs } from './api-docs.ts'
import { apiKeys } from './api-keys.ts'
import { approvals } from './approvals.ts'
import { audience } from './audience.ts'
import { audit } from './audit.ts'
import { auditActions } from './audit-actions.ts'
import { bounces } from './bounces.ts'
import { campaigns } from './campaigns.ts'
import { checks } from './checks.ts'
import { contactData } from './contact-data.ts'
import { contacts } from './contacts.ts'
import { content } from './content.ts'
import { delivery } from './delivery.ts'
import { factors } from './factors.ts'
import { fields } from './fields.ts'
import { frame } from './frame.ts'
import { groups } from './groups.ts'
import { health } from './health.ts'
import { home } from './home.ts'
import { importCodes } from './import-codes.ts'
import { imports } from './imports.ts'
import { instance } from './instance.ts'
import { launch } from './launch.ts'
import { links } from './links.ts'
import { menu } from './menu.ts'
import { mfa } from './mfa.ts'
import { networks } from './networks.ts'
import { operations } from './operations.ts'
import { pacing } from './pacing.ts'
import { password } from './password.ts'
import { problems } from './problems.ts'
import { profile } from './profile.ts'
import { providers } from './providers.ts'
import { reasons } from './reasons.ts'
import { reports } from './reports.ts'
import { roles } from './roles.ts'
import { run } from './run.ts'
import { runActs } from './run-acts.ts'
import { scripts } from './scripts.ts'
import { secondFactor } from './second-factor.ts'
import { security } from './security.ts'
import { sendReasons } from './send-reasons.ts'
import { senderDomains } from './sender-domains.ts'
import { senders } from './senders.ts'
import { setup } from './setup.ts'
import { signIn } from './sign-in.ts'
import { simulator } from './simulator.ts'
import { starter } from './starter.ts'
import { states } from './states.ts'
import { suppressions } from './suppressions.ts'
import { systemMailbox } from './system-mailbox.ts'
import { ui } from './ui.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'
import { wizard } from './wizard.ts'

export const catalogue = {
  'import-codes': importCodes,
  imports,
  scripts,
  wizard,
  starter,
  'second-factor': secondFactor,
  'sender-domains': senderDomains,
  senders,
  suppressions,
  bounces,
  run,
  reports,
  reasons,
  launch,
  content,
  checks,
  campaigns,
  audience,
  audit,
  'audit-actions': auditActions,
  operations,
  'send-reasons': sendReasons,
  groups,
  fields,
  contacts,
  account,
  networks,
  security,
  profile,
  home,
  setup,
  password,
  'sign-in': signIn,
  frame,
  menu,
  problems,
  simulator,
  pacing,
  'run-acts': runActs,
  delivery,
  health,
  providers,
  'api-docs': apiDocs,
  'api-keys': apiKeys,
  webhooks,
  instance,
  states,
  'system-mailbox': systemMailbox,
  users,
  roles,
  factors,
  mfa,
  approvals,
  links,
  'contact-data': contactData,
  ui,
} satisfies Catalogue
