import { expect, test } from 'vitest'
import { answering, campaignOf, figuresOf, people, sendingWith } from '../campaigns/test/sending.ts'
import type { SubmitAnswer } from '../channels/channel.ts'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { noteRefusals } from './index.ts'

const app = await startTestApp()
const { accountId, owner } = app
const refused = (code: string, word: string, text: string): SubmitAnswer => ({
  kind: 'permanent',
  code,
  class: word,
  text,
})
const sending = (answers: Record<string, SubmitAnswer>) =>
  sendingWith(app, answering(answers), {}, { noteRefusals })

const bouncesOf = (campaignId: string) =>
  inAccount(app.db, accountId, (trx) =>
    trx
      .selectFrom('message_bounces')
      .select(['class', 'origin', 'counts'])
      .where('account_id', '=', accountId)
      .where('source_id', '=', campaignId)
      .execute(),
  )

test('what the engine is refused is suppressed in the same breath, in the words of the account’s rules', async () => {
  await owner.post('/email/bounce-rules', {
    code: '5.1.1',
    pattern: 'try our new domain',
    class: 'mailbox_full',
  })
  const run = sending({
    gone: refused('5.1.1', 'unknown_user', '550 5.1.1 no such user'),
    moved: refused('5.1.1', 'unknown_user', '550 5.1.1 please try our new domain'),
  })
  const [gone = '', moved = '', fine = ''] = ['gone', 'moved', 'fine'].map((name) => people(name, 1)[0])
  const id = await run.start([gone, moved, fine])
  await run.drain(id)
  expect((await bouncesOf(id)).map((row) => row.class).toSorted()).toEqual(['mailbox_full', 'unknown_user'])
  expect((await figuresOf(app, id)).rejected_by_reason).toEqual({ mailbox_full: 1, unknown_user: 1 })
  const items = [gone, moved, fine].map((address) => ({ channel: 'email', address }))
  const { data } = (await owner.post('/suppressions/check', { items })).body
  expect(data.map((each: { reason: string | null }) => each.reason)).toEqual(['hard_bounced', null, null])
})

test('more than one in a hundred refused for SPF, DKIM or DMARC pauses the campaign', async () => {
  const run = sending({
    fake: refused('5.7.26', 'authentication', '550 5.7.26 unauthenticated mail is prohibited'),
  })
  const few = await run.start([...people('fake', 10), ...people('fine', 30)])
  await run.drain(few)
  await run.sweep()
  expect((await campaignOf(app, few)).status).toBe('finished')
  const many = await run.start([...people('fake', 21).slice(10), ...people('fine', 40).slice(30)])
  await run.drain(many)
  await run.sweep()
  expect(await campaignOf(app, many)).toMatchObject({
    status: 'paused',
    status_reason: 'authentication',
    status_detail: { limit: 1, example: { code: '5.7.26' } },
  })
})
