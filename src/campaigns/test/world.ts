import { expect } from 'vitest'
import type { Client } from '../../test/app.ts'

let made = 0
const unique = (): number => {
  made += 1
  return made
}

const created = async (client: Client, path: string, body: object): Promise<string> => {
  const answer = await client.post(path, body)
  expect(answer.status, answer.raw).toBe(201)
  return answer.body.id
}

export const aGroup = (client: Client, given: object = {}): Promise<string> =>
  created(client, '/groups', { name: `Group ${unique()}`, ...given })

export const aContact = (client: Client, given: object = {}): Promise<string> =>
  created(client, '/contacts', { email: `person${unique()}@example.org`, ...given })

export const html =
  '<html><body><p>Hello {{ contact.first_name }}</p><a href="https://shop.test">Shop</a></body></html>'
export const content = { subject: 'News for {{ contact.first_name | default: "you" }}', html, text: 'Hello' }

export const aCampaign = (client: Client, given: object = {}): Promise<string> =>
  created(client, '/campaigns', { channel: 'email', name: `Campaign ${unique()}`, content, ...given })

/** A campaign that pre-flight lets go: one group with one person. */
export const aReadyCampaign = async (client: Client, given: object = {}): Promise<string> => {
  const group = await aGroup(client)
  await aContact(client, { first_name: 'Ania', groups_add: [group] })
  return aCampaign(client, { audience: { group_ids: [group] }, ...given })
}

type CheckLike = { code: string; level: string; count: number | null; detail: string; pointer: string | null }

export const preflight = async (client: Client, id: string) => {
  const answer = await client.post(`/campaigns/${id}/preflight`)
  expect(answer.status, answer.raw).toBe(200)
  const checks: CheckLike[] = answer.body.checks
  return {
    ok: answer.body.ok as boolean,
    audience: answer.body.audience as number,
    codes: (level: string) => checks.filter((check) => check.level === level).map((check) => check.code),
    find: (code: string) => checks.find((check) => check.code === code),
  }
}
