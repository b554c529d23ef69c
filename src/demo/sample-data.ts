import { accountKeys, effectiveEntitlements, listEntitlementOverrides } from '../accounts/index.ts'
import { contactsLeft } from '../contacts/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { addMs, hoursMs } from '../lib/clock.ts'
import { uuidV7 } from '../lib/ids.ts'
import { demoFieldLabels, demoWords, type Language, languages } from './campaign/letter.ts'
import { hasNoAddress, outcomeOf } from './campaign/outcomes.ts'
import { writeSampleCampaign } from './campaign/sample-campaign.ts'
import { demoFields, demoPeople, type Person } from './people.ts'
import {
  type ContactRow,
  ensureFields,
  insertContacts,
  insertGroups,
  insertMembers,
  insertSuppressions,
  insertUnsubscribes,
  listGroupNames,
  listTakenAddresses,
} from './queries.ts'

/** Long enough ago that two days of reading are over. */
const startedBeforeMs = hoursMs(72)

type Sample = {
  readonly accountId: string
  readonly language: Language
  readonly startedAt: Date
  readonly hash: { readonly inner: Buffer; readonly outer: Buffer }
}
type Placed = { readonly person: Person; readonly row: ContactRow; readonly inAudience: number | null }

export const languageOf = (code: string): Language => languages.find((language) => language === code) ?? 'en'

const checkLimit = async (trx: Trx, accountId: string, wanted: number): Promise<void> => {
  const entitlements = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
  const { left, limit, used } = await contactsLeft(trx, accountId, entitlements)
  if (left < wanted)
    throw new AppError('limit_reached', 403, 'There is no room for the sample contacts.', {
      limit_key: 'limit.contacts',
      limit,
      used,
    })
}

const ensureDemoFields = (trx: Trx, accountId: string): Promise<Set<string>> =>
  ensureFields(
    trx,
    accountId,
    Object.entries(demoFields).map(([name, type], position) => ({
      name,
      type,
      label: demoFieldLabels[name as keyof typeof demoFields],
      position,
    })),
  )

/** Numbers that the British regulator keeps free for drama. */
const phoneOf = (place: number): string => `+447700900${String(100 + place)}`

/** Gives everybody an id, a free address and a place in the audience of the letter. */
const place = (
  people: readonly Person[],
  taken: ReadonlySet<string>,
  fields: ReadonlySet<string>,
  startedAt: Date,
): Placed[] => {
  let next = 0
  return people.map((person, index) => {
    const inAudience = person.fields.newsletter ? next++ : null
    const createdAt = addMs(startedAt, -hoursMs(24 + index * 3))
    const address = person.addresses.find((candidate) => !taken.has(candidate)) ?? null
    const unreachable = inAudience !== null && hasNoAddress(inAudience)
    const outcome = inAudience === null ? null : outcomeOf(inAudience, startedAt)
    const row: ContactRow = {
      id: uuidV7(createdAt),
      email: unreachable ? null : address,
      phone: unreachable ? phoneOf(inAudience) : null,
      first_name: person.firstName,
      last_name: person.lastName,
      language: person.language,
      country: person.country,
      time_zone: person.timeZone,
      fields: Object.fromEntries(Object.entries(person.fields).filter(([name]) => fields.has(name))),
      created_at: createdAt,
      active_at: outcome?.hits.at(-1)?.at ?? null,
    }
    return { person, row, inAudience }
  })
}

const colours = ['indigo', 'teal', 'orange'] as const
const customerPoints = 600

const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  let name = wanted
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted} ${number}`
  return name
}

/** Three groups and who is in them; answers the id of the one the letter went to. */
const writeGroups = async (trx: Trx, sample: Sample, placed: readonly Placed[]): Promise<string> => {
  const taken = await listGroupNames(trx, sample.accountId)
  const createdAt = addMs(sample.startedAt, -hoursMs(24 * 30))
  const groups = demoWords[sample.language].groups.map((name, index) => ({
    id: uuidV7(createdAt),
    name: freeName(name, taken),
    colour: colours[index] ?? colours[0],
    created_at: createdAt,
  }))
  await insertGroups(trx, sample.accountId, groups)
  const [newsletter, customers, guests] = groups.map((group) => group.id)
  const members = placed.flatMap(({ person, row }, index) => {
    const joined = [
      person.fields.newsletter ? newsletter : undefined,
      Number(person.fields.points) >= customerPoints ? customers : undefined,
      index % 5 === 2 ? guests : undefined,
    ]
    return joined.flatMap((groupId) =>
      groupId ? [{ group_id: groupId, contact_id: row.id, joined_at: row.created_at }] : [],
    )
  })
  await insertMembers(trx, sample.accountId, members)
  return newsletter ?? ''
}

/** What the outcomes of the letter say about the people behind them. */
const writeConsequences = async (trx: Trx, sample: Sample, placed: readonly Placed[]): Promise<void> => {
  const weekBefore = addMs(sample.startedAt, -hoursMs(7 * 24))
  const judged = placed.flatMap(({ row, inAudience }) =>
    inAudience === null ? [] : [{ id: row.id, outcome: outcomeOf(inAudience, sample.startedAt) }],
  )
  const unsubscribes = judged.flatMap(({ id, outcome }) => {
    const at = outcome.reason === 'unsubscribed' ? weekBefore : outcome.unsubscribedAt
    return at ? [{ contact_id: id, at }] : []
  })
  await insertUnsubscribes(trx, sample.accountId, unsubscribes)
  const bounced = judged.filter(({ outcome }) => outcome.reason === 'hard_bounced')
  await insertSuppressions(
    trx,
    sample.accountId,
    bounced.map(({ id }) => ({ contact_id: id, at: weekBefore })),
    sample.hash,
  )
}

/** Writes everything in the caller's transaction: it is there whole or not at all. */
export const writeSampleData = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  languageCode: string,
): Promise<number> => {
  const people = demoPeople()
  await checkLimit(trx, accountId, people.length)
  const keys = await accountKeys(trx, deps.keys, accountId)
  const sample: Sample = {
    accountId,
    language: languageOf(languageCode),
    startedAt: addMs(deps.clock.now(), -startedBeforeMs),
    hash: keys.addressHash,
  }
  const addresses = people.flatMap((person) => person.addresses)
  const taken = await listTakenAddresses(trx, accountId, addresses)
  const placed = place(people, taken, await ensureDemoFields(trx, accountId), sample.startedAt)
  await insertContacts(
    trx,
    accountId,
    placed.map(({ row }) => row),
  )
  const groupId = await writeGroups(trx, sample, placed)
  await writeConsequences(trx, sample, placed)
  const order = placed.flatMap(({ row, inAudience }) => (inAudience === null ? [] : [row.id]))
  await writeSampleCampaign(trx, { ...sample, groupId }, order)
  return placed.length
}
