import { LRU } from '../../lib/lru.ts'
import { knownLocale, knownZone } from '../liquid/dates.ts'
import type { RenderState } from '../liquid/state.ts'
import type { RecipientLinks } from '../tokens.ts'

/** A contact as personalization sees it; shaped by the contacts feature, read here by name only. */
export type ContactValues = {
  readonly first_name?: string | null
  readonly last_name?: string | null
  readonly language?: string | null
  readonly time_zone?: string | null
  readonly fields?: Readonly<Record<string, unknown>>
  readonly [name: string]: unknown
}

/** What is the same for every recipient of a campaign. */
export type Surroundings = {
  readonly campaign: { readonly id: string; readonly name: string; readonly language: string | null }
  readonly sender: { readonly name: string; readonly email: string }
  readonly account: {
    readonly language: string
    readonly timeZone: string
    readonly currency: string
    readonly postalAddress: string | null
    readonly enforcedFooter: boolean
  }
  readonly now: Date
}

const localeOf = (contact: ContactValues | null, { campaign, account }: Surroundings): string =>
  knownLocale(campaign.language ?? contact?.language ?? account.language, account.language)

export const stateFor = (contact: ContactValues | null, surroundings: Surroundings): RenderState => ({
  locale: localeOf(contact, surroundings),
  timeZone: knownZone(contact?.time_zone ?? '', surroundings.account.timeZone),
  currency: surroundings.account.currency,
  now: surroundings.now,
  missing: new Set(),
  message: null,
})

/** Objects without a prototype: a template reaches nothing that was not put here. */
const bare = (values: object): Record<string, unknown> => Object.assign(Object.create(null), values)

const shortNames = new LRU<string, string>(5_000)

const shortName = (name: string): string => {
  const known = shortNames.get(name)
  if (known !== undefined) return known
  const made = name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
  shortNames.set(name, made)
  return made
}

/** `{{ FirstName }}` stands for `{{ contact.first_name }}` (email.md §5); no short name hides a long one. */
const shortForms = (contact: Record<string, unknown>): Record<string, unknown> => {
  const forms = bare({})
  for (const name of Object.keys(contact)) forms[shortName(name)] ??= contact[name]
  return forms
}

const dateFormats = new LRU<string, Intl.DateTimeFormat>(500)
const dates = new LRU<string, { readonly at: number; readonly text: string }>(500)

const today = (now: Date, timeZone: string): string => {
  const at = now.getTime()
  const known = dates.get(timeZone)
  if (known?.at === at) return known.text
  const format =
    dateFormats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dateFormats.set(timeZone, format)
  const text = format.format(now)
  dates.set(timeZone, { at, text })
  return text
}

/** Most contents show no web version, whose link is made when it is asked for. */
const linkVariables = (links: RecipientLinks): object =>
  Object.defineProperty(bare({ unsubscribe: links.unsubscribeUrl }), 'web_version', {
    enumerable: true,
    get: () => links.webVersionUrl,
  })

/** The variables of one recipient. */
export const variablesFor = (
  contact: ContactValues | null,
  surroundings: Surroundings,
  links: RecipientLinks,
  timeZone: string,
): Record<string, unknown> => {
  const { fields = {}, ...standard } = contact ?? {}
  const values = bare({ ...fields, ...standard })
  const { campaign, sender, account } = surroundings
  return bare({
    ...shortForms(values),
    contact: values,
    campaign: bare({ id: campaign.id, name: campaign.name }),
    sender: bare({ ...sender, postal_address: account.postalAddress }),
    links: linkVariables(links),
    today: today(surroundings.now, timeZone),
  })
}
