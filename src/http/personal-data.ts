import { maskAddressesIn, maskContactEmail, maskContactPhone, maskEmailsIn } from '../lib/masking.ts'
import type { Actor } from './actor.ts'
import { AppError } from './errors.ts'

const permission = 'contacts.personal_data.view'

/** Whether e-mail and phone of contacts are shown to the caller unmasked (account.md §5). */
export const seesPersonalData = (actor: Pick<Actor, 'permissions'>): boolean =>
  actor.permissions.has(permission)

/** @throws 403 where an address would be looked for or changed by somebody who sees none. */
export const requirePersonalData = (actor: Pick<Actor, 'permissions'>): void => {
  if (!seesPersonalData(actor)) throw new AppError('permission_denied', 403, '', { permission })
}

const shown =
  (mask: (text: string) => string) =>
  <T extends string | null>(actor: Pick<Actor, 'permissions'>, text: T): T =>
    text === null || seesPersonalData(actor) ? text : (mask(text) as T)

export const shownEmail = shown(maskContactEmail)
export const shownPhone = shown(maskContactPhone)
/** Free text that may name an e-mail address. */
export const shownText = shown(maskEmailsIn)
/** A text of unknown meaning, such as a cell of a file. */
export const shownCell = shown(maskAddressesIn)
