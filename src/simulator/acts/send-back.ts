import type { Deps } from '../../http/deps.ts'
import type { DsnClass } from '../contract.ts'
import type { ActMail } from './mail.ts'
import type { Told } from './reader.ts'

/** What comes back about a mail as mail. */
export type BackMail =
  | { readonly kind: 'dsn'; readonly class: DsnClass }
  | { readonly kind: 'complaint' }
  | { readonly kind: 'out_of_office' }

/** Given from above, where returned mail is understood: plays it through the return path of the mail. */
export type SendBack = (deps: Deps, mail: ActMail, back: BackMail) => Promise<Told>
