import { describe, expect, it } from 'vitest'
import { coversEvent, isEventPattern } from './contract.ts'

describe('a pattern of events', () => {
  it.each(['campaign.finished', 'campaign.*', 'security.*', 'webhook.test', 'email.delivered'])(
    'may be %s',
    (pattern) => {
      expect(isEventPattern(pattern)).toBe(true)
    },
  )

  it.each([
    '',
    '*',
    '*.*',
    '.*',
    'campaign',
    'campaign.',
    'campaign.fin*',
    'camp.*',
    'Campaign.*',
    'x.y',
    'campaign.*.*',
  ])('may not be %j', (pattern) => {
    expect(isEventPattern(pattern)).toBe(false)
  })

  it('brings what floods a receiver by its own name alone', () => {
    expect(coversEvent(['email.*'], 'email.opened')).toBe(true)
    expect(coversEvent(['email.*'], 'email.delivered')).toBe(false)
    expect(coversEvent(['email.*', 'email.delivered'], 'email.delivered')).toBe(true)
    expect(coversEvent(['sms.*'], 'email.opened')).toBe(false)
  })
})
