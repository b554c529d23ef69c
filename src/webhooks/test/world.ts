import { expect } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, password, type TestApp } from '../../test/app.ts'
import type { Delivery } from '../contract.ts'
import { deliverWebhooks } from '../delivery/deliver.ts'
import { type EmittedEvent, emitEvent } from '../events.ts'

export type Made = { readonly id: string; readonly secret: string }

export const addWebhook = async (client: Client, url: string, more: object = {}): Promise<Made> => {
  await client.stepUp()
  const made = await client.post('/webhooks', { url, events: ['campaign.*'], ...more })
  expect(made.status, made.raw).toBe(201)
  return made.body
}

/** A webhook that has passed its test. */
export const addProven = async (
  app: TestApp,
  url: string,
  more: object = {},
  client: Client = app.owner,
): Promise<Made> => {
  const made = await addWebhook(client, url, more)
  await app.nobody.post('/test/reset-limits')
  const tested = await client.post(`/webhooks/${made.id}/test`)
  expect(tested.body).toMatchObject({ proven: true })
  return made
}

export const happen = (
  app: TestApp,
  event: Partial<EmittedEvent> = {},
  accountId: string = app.accountId,
): Promise<void> =>
  inAccount(app.db, accountId, (trx) =>
    emitEvent(trx, accountId, { type: 'campaign.finished', data: { campaign_id: 'c' }, ...event }),
  )

/** As the job does. */
export const deliver = (app: TestApp, accountId: string = app.accountId): Promise<void> =>
  deliverWebhooks(app.deps, { account_id: accountId, id: accountId })

export const logOf = async (app: TestApp, id: string, query = ''): Promise<Delivery[]> => {
  const { body } = await app.owner.get(`/webhooks/${id}/deliveries${query}`)
  return (body.data as Delivery[]).filter((one) => one.event !== 'webhook.test')
}

/** Moves the clock; a session does not outlive such a time, its person signs in again. */
export const later = async (app: TestApp, seconds: number): Promise<void> => {
  await app.advance(seconds)
  await app.owner.post('/sign-in', { login: 'owner@acme.test', password })
}

export const removeWebhooks = (app: TestApp, accountId: string = app.accountId) =>
  inAccount(app.db, accountId, (trx) =>
    trx.deleteFrom('webhook_endpoints').where('account_id', '=', accountId).execute(),
  )
