import { operations } from './operations.ts'
import type { Catalogue } from '../catalogue.ts'
import { account } from './account.ts'
import { contacts } from './contacts.ts'
import { fields } from './fields.ts'
import { frame } from './frame.ts'
import { groups } from './groups.ts'
import { home } from './home.ts'
import { menu } from './menu.ts'
import { password } from './password.ts'
import { problems } from './problems.ts'
import { profile } from './profile.ts'
import { sendReasons } from './send-reasons.ts'
import { setup } from './setup.ts'
import { signIn } from './sign-in.ts'
import { simulator } from './simulator.ts'
import { states } from './states.ts'
import { ui } from './ui.ts'

export const catalogue = {
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
  states,
  ui,
} satisfies Catalogue
