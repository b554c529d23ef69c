import type { Actor } from '../http/actor.ts'
import { requirePersonalData, seesPersonalData } from '../http/personal-data.ts'
import { maskContactEmail } from '../lib/masking.ts'

/** Mail to contacts; what a program or a person posted here for a try names the addresses they chose. */
export const isToContact = (origin: string): boolean => origin === 'campaign' || origin === 'transactional'

type Mail = { readonly origin: string; readonly to_address: string }

export const hidesRecipient = (actor: Actor, { origin }: Mail): boolean =>
  isToContact(origin) && !actor.staff && !seesPersonalData(actor)

/** @throws 403 where the bytes of a mail to a contact are asked for, in which nothing can be masked */
export const requireRecipient = (actor: Actor, mail: Mail): void => {
  if (hidesRecipient(actor, mail)) requirePersonalData(actor)
}

const special = /[\\^$.*+?()[\]{}|]/g

/** The address of the recipient wherever the text names it, also as in an URL or in HTML. */
export const hideRecipient = (text: string, address: string): string => {
  if (address === '') return text
  const spelling = address.replaceAll(special, '\\$&').replace('@', '(?:@|%40|&#64;|&#x40;|&commat;)')
  return text.replaceAll(new RegExp(spelling, 'giu'), () => maskContactEmail(address))
}

export const shownMail = <T extends object>(actor: Actor, row: Mail, shown: T): T =>
  hidesRecipient(actor, row)
    ? (JSON.parse(JSON.stringify(shown), (_name, value: unknown) =>
        typeof value === 'string' ? hideRecipient(value, row.to_address) : value,
      ) as T)
    : shown
