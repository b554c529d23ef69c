import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { beatNode, forgetNode } from '../../instance/index.ts'
import { openHub } from '../../live/index.ts'
import { type Sender, startSender } from '../../messages/index.ts'
import { startTestApp } from '../../test/app.ts'
import { accountingOf, makeRun, plainSource, routeWith, type Submit } from '../../test/run.ts'
import { planCampaign } from './plan.ts'

const app = await startTestApp()
const { deps, accountId, owner } = app
const hub = openHub(app.urls.app, deps.log)
const senders: { sender: Sender; nodeId: string }[] = []
afterAll(async () => {
  for (const { sender, nodeId } of senders) {
    await sender.close()
    await forgetNode(deps, nodeId)
  }
  await hub.close()
})

const batch = 600
let gapMs = 20
const begun: { messageId: string; at: number }[] = []
/** Fifty a second, one after the other. */
const slow: Submit = async (messages, context) => {
  for (const { messageId } of messages) {
    if (!context.mayBegin(messageId)) {
      context.report(messageId, { kind: 'not_begun' })
      continue
    }
    begun.push({ messageId, at: performance.now() })
    if (gapMs > 0) await sleep(gapMs)
    context.report(messageId, { kind: 'accepted', providerRef: null, text: '250' })
  }
}
const startNode = async () => {
  const nodeId = randomUUID()
  await beatNode(deps, nodeId)
  const sources = { campaign: plainSource }
  const resolveRoutes = async () => [routeWith(slow, batch)]
  senders.push({ sender: startSender(deps, { nodeId, hub, sources, resolveRoutes }), nodeId })
}

it('a pause stops two nodes within two seconds, in the middle of a batch, and costs nobody an attempt', async () => {
  const id = await makeRun(
    app,
    Array.from({ length: 2 * batch }, (_, n) => `pause${n}@a.example`),
  )
  await startNode()
  await startNode()
  await planCampaign(deps, { account_id: accountId, id })
  await expect.poll(() => begun.length, { timeout: 20_000 }).toBeGreaterThan(30)
  expect((await owner.post(`/campaigns/${id}/pause`)).body).toMatchObject({ status: 'paused' })
  const answeredAt = performance.now()
  await expect
    .poll(async () => (await owner.get(`/campaigns/${id}`)).body.in_flight, { timeout: 15_000 })
    .toBe(0)
  await expect.poll(async () => (await accountingOf(app, id)).claimed, { timeout: 15_000 }).toBe(0)
  const late = begun.filter(({ at }) => at > answeredAt + 2_000)
  expect(late).toEqual([])
  const standing = await accountingOf(app, id)
  expect(standing).toMatchObject({
    accepted: begun.length,
    planned: 2 * batch - begun.length,
    uncertain: 0,
    balanced: true,
  })
  const rows = (await owner.get(`/campaigns/${id}/messages?state=planned&limit=1000`)).body.data
  expect(new Set(rows.map((row: { attempts: number }) => row.attempts))).toEqual(new Set([0]))
  expect(rows.every((row: { handed_at: string | null }) => row.handed_at === null)).toBe(true)

  gapMs = 0
  expect((await owner.post(`/campaigns/${id}/resume`)).body.status).toBe('sending')
  await expect.poll(async () => (await accountingOf(app, id)).accepted, { timeout: 30_000 }).toBe(2 * batch)
  expect(new Set(begun.map(({ messageId }) => messageId)).size).toBe(2 * batch)
  expect(begun).toHaveLength(2 * batch)
}, 90_000)
