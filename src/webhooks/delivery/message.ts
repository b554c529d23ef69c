/** Members that tell something about a person; an endpoint that takes ids only never gets them. */
const personal: ReadonlySet<string> = new Set([
  'address',
  'to',
  'from',
  'text',
  'url',
  'ip',
  'user_agent',
  'device',
  'email',
  'phone',
  'name',
  'external_id',
])

const idsOnly = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !personal.has(name)))

export type Told = {
  readonly accountId: string
  readonly eventId: string
  readonly type: string
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
  readonly sequence: number | null
  readonly personalData: 'full' | 'ids'
  readonly test?: boolean
}

/** The same bytes at each repetition: made of the stored event alone. */
export const bodyOf = (told: Told): string =>
  JSON.stringify({
    id: told.eventId,
    type: told.type,
    created_at: told.at.toISOString(),
    account_id: told.accountId,
    ...(told.sequence === null ? {} : { sequence: told.sequence }),
    ...(told.test ? { test: true } : {}),
    data: told.personalData === 'ids' ? idsOnly(told.data) : told.data,
  })
