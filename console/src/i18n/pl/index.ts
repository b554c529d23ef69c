import type { Catalogue } from '../catalogue.ts'
import { account } from './account.ts'
import { apiDocs } from './api-docs.ts'
import { audience } from './audience.ts'
import { campaigns } from './campaigns.ts'
import { checks } from './checks.ts'
import { contacts } from './contacts.ts'
import { content } from './content.ts'
import { fields } from './fields.ts'
import { frame } from './frame.ts'
import { groups } from './groups.ts'
import { home } from './home.ts'
import { importCodes } from './import-codes.ts'
import { imports } from './imports.ts'
import { launch } from './launch.ts'
import { menu } from './menu.ts'
import { operations } from './operations.ts'
import { password } from './password.ts'
import { problems } from './problems.ts'
import { profile } from './profile.ts'
import { providers } from './providers.ts'
import { reasons } from './reasons.ts'
import { reports } from './reports.ts'
import { run } from './run.ts'
import { sendReasons } from './send-reasons.ts'
import { secondFactor } from './second-factor.ts'
import { senders } from './senders.ts'
import { setup } from './setup.ts'
import { signIn } from './sign-in.ts'
import { simulator } from './simulator.ts'
import { starter } from './starter.ts'
import { states } from './states.ts'
import { systemMailbox } from './system-mailbox.ts'
import { ui } from './ui.ts'
import { wizard } from './wizard.ts'

export const catalogue = {
  'import-codes': importCodes,
  imports,
  wizard,
  starter,
  'second-factor': secondFactor,
  senders,
  run,
  reports,
  reasons,
  launch,
  content,
  checks,
  campaigns,
  audience,
  operations,
  'send-reasons': sendReasons,
  groups,
  fields,
  contacts,
  account,
  profile,
  home,
  setup,
  password,
  'sign-in': signIn,
  frame,
  menu,
  problems,
  simulator,
  providers,
  'api-docs': apiDocs,
  states,
  'system-mailbox': systemMailbox,
  ui,
} satisfies Catalogue
