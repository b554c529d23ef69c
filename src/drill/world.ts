import { randomBytes } from 'node:crypto'
import { type Db, inAccount } from '../db/pool.ts'
import { insertPeople, type Outcome, readOutcome } from './queries.ts'
import type { SenderProcess } from './sender-process.ts'

const login = 'drill@drill.example'

/** An account of the drill alone; its mail goes to the built-in mailbox. */
export type World = { readonly db: Db; readonly accountId: string; readonly groupId: string }

/** Batches are kept small, so that many of them are under way or yet to come when the sender dies. */
const batchesPerDrill = 25
const batchMax = 50

const shortenBatches = async (sender: SenderProcess, people: number): Promise<void> => {
  const { data } = await sender.demand('GET', '/api/v1/sending/providers')
  for (const provider of data as { id: string; channel: string; limits: object }[]) {
    if (provider.channel !== 'email') continue
    const max_batch = Math.max(1, Math.min(batchMax, Math.ceil(people / batchesPerDrill)))
    await sender.demand('PATCH', `/api/v1/sending/providers/${provider.id}`, {
      limits: { ...provider.limits, max_batch },
    })
  }
}

export const makeWorld = async (sender: SenderProcess, db: Db, people: number): Promise<World> => {
  const password = randomBytes(18).toString('base64')
  const seeded = await sender.demand('POST', '/test/seed', {
    accounts: [{ name: 'Drill', key: 'drill', users: [{ email: login, password, roles: ['owner'] }] }],
  })
  const accountId = (seeded['accounts'] as { drill: { id: string } }).drill.id
  await sender.demand('POST', '/api/v1/sign-in', { login, password })
  const group = await sender.demand('POST', '/api/v1/groups', { name: 'Everybody' })
  const groupId = String(group['id'])
  await inAccount(db, accountId, (trx) => insertPeople(trx, accountId, groupId, people))
  await shortenBatches(sender, people)
  return { db, accountId, groupId }
}

/** A campaign to everybody, ready to start. */
export const makeCampaign = async (sender: SenderProcess, { groupId }: World): Promise<string> => {
  const campaign = await sender.demand('POST', '/api/v1/campaigns', {
    channel: 'email',
    name: 'Drill',
    content: {
      subject: 'Drill {{ contact.first_name }}',
      html: '<p>Hello {{ contact.first_name }}</p><a href="https://drill.example/">x</a>',
    },
    audience: { group_ids: [groupId] },
  })
  return String(campaign['id'])
}

/** The answer may be lost with the process that gave it. */
export const launch = async (sender: SenderProcess, id: string): Promise<void> => {
  await sender.call('POST', `/api/v1/campaigns/${id}/send`, {}).catch(() => {})
}

export const outcomeOf = ({ db, accountId }: World, id: string): Promise<Outcome> =>
  inAccount(db, accountId, (trx) => readOutcome(trx, accountId, id))
