import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aSentCampaign, type SentMessage } from '../test/sent-campaign.ts'

const app = await startTestApp()
const html =
  '<html><body><p>Hello {{ contact.first_name }}</p><a href="https://shop.example/">Shop</a><a href="{{ links.unsubscribe }}">Leave</a></body></html>'
const aMessage = async (email: string, webVersion: boolean): Promise<SentMessage> => {
  const { messages } = await aSentCampaign(app, {
    messages: [{ email, firstName: 'Ann' }],
    targets: ['https://shop.example/'],
    html,
    webVersion,
  })
  const [message] = messages
  if (!message) throw new Error('one message was asked for')
  return message
}
const visit = (url: string, method: 'GET' | 'HEAD' = 'GET') =>
  app.content.inject({ method, url: url.slice(app.deps.config.contentUrl.length) })

test('the web version shows the message of its recipient and counts nothing', async () => {
  const message = await aMessage('ann@example.com', true)
  const answer = await visit(message.links.webVersionUrl)
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('Hello Ann')
  expect(answer.body).toContain('href="https://shop.example/"')
  expect(answer.body).toContain(`${app.deps.config.contentUrl}/u/`)
  expect(answer.body).not.toMatch(/\/(?:o|c)\/[A-Za-z0-9_-]{50}/)
  const { body } = await app.owner.get('/campaigns?limit=1')
  const report = await app.owner.get(`/campaigns/${body.data[0].id}/report`)
  expect(report.body.totals).toMatchObject({ opens_all: 0, clicks_all: 0 })
})

test('the web version runs no script, has no origin and is shown in no frame', async () => {
  const message = await aMessage('bob@example.com', true)
  for (const method of ['GET', 'HEAD'] as const) {
    const { headers } = await visit(message.links.webVersionUrl, method)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain('sandbox')
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect([headers['referrer-policy'], headers['cache-control']]).toEqual(['no-referrer', 'no-store'])
  }
})

test('a web version that is switched off or foreign is a link that is not valid', async () => {
  const off = await aMessage('cid@example.com', false)
  for (const url of [off.links.webVersionUrl, off.links.unsubscribeUrl.replace('/u/', '/v/')]) {
    const answer = await visit(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('This link is not valid')
  }
})
