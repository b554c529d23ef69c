import { describe, expect, it } from 'vitest'
import type { SendWindow } from './contract.ts'
import { momentOf, nextOpening } from './opening.ts'

const every = [1, 2, 3, 4, 5, 6, 7]
const window = (given: Partial<SendWindow>): SendWindow => ({
  weekdays: every,
  from: '08:00',
  to: '21:00',
  zone: 'account',
  ...given,
})
const warsaw = { account: 'Europe/Warsaw', contact: 'Asia/Tokyo' }
const opening = (windows: SendWindow[], now: string) =>
  nextOpening(windows, warsaw, new Date(now)).toISOString()

describe('a sending window', () => {
  // Warsaw is one hour ahead of UTC in winter, two in summer; 2026-12-07 is a Monday.
  it.each([
    ['is open from its first minute', window({}), '2026-12-07T07:00:00.000Z', '2026-12-07T07:00:00.000Z'],
    [
      'opens in its first minute, not before',
      window({}),
      '2026-12-07T06:59:59.999Z',
      '2026-12-07T07:00:00.000Z',
    ],
    ['is open until its last moment', window({}), '2026-12-07T19:59:59.999Z', '2026-12-07T19:59:59.999Z'],
    ['is closed at its end', window({}), '2026-12-07T20:00:00.000Z', '2026-12-08T07:00:00.000Z'],
    [
      'waits over the weekend',
      window({ weekdays: [1, 2, 3, 4, 5] }),
      '2026-12-11T20:30:00.000Z',
      '2026-12-14T07:00:00.000Z',
    ],
    [
      'opens again after a week',
      window({ weekdays: [1] }),
      '2026-12-07T20:00:00.000Z',
      '2026-12-14T07:00:00.000Z',
    ],
    [
      'may end on the next day',
      window({ from: '22:00', to: '06:00', weekdays: [1] }),
      '2026-12-08T04:59:00.000Z',
      '2026-12-08T04:59:00.000Z',
    ],
    [
      'that ended on the next day waits for its weekday',
      window({ from: '22:00', to: '06:00', weekdays: [1] }),
      '2026-12-08T05:00:00.000Z',
      '2026-12-14T21:00:00.000Z',
    ],
    [
      'may be a whole day',
      window({ from: '00:00', to: '24:00', weekdays: [1] }),
      '2026-12-07T22:59:59.000Z',
      '2026-12-07T22:59:59.000Z',
    ],
    [
      'goes by the zone of the contact',
      window({ zone: 'contact' }),
      '2026-12-07T07:00:00.000Z',
      '2026-12-07T07:00:00.000Z',
    ],
    [
      'of the contact may be closed while ours is open',
      window({ zone: 'contact' }),
      '2026-12-07T13:00:00.000Z',
      '2026-12-07T23:00:00.000Z',
    ],
    [
      'keeps its local hour when clocks go forward',
      window({}),
      '2026-03-29T05:30:00.000Z',
      '2026-03-29T06:00:00.000Z',
    ],
    [
      'keeps its local hour when clocks go back',
      window({}),
      '2026-10-25T06:30:00.000Z',
      '2026-10-25T07:00:00.000Z',
    ],
  ])('%s', (_, given, now, expected) => {
    expect(opening([given], now)).toBe(expected)
  })

  it('is the earliest of several', () => {
    const windows = [window({ weekdays: [3] }), window({ weekdays: [2], from: '10:00', to: '11:00' })]
    expect(opening(windows, '2026-12-07T12:00:00.000Z')).toBe('2026-12-08T09:00:00.000Z')
  })

  it('that begins in the hour that clocks skip opens after it', () => {
    expect(momentOf({ year: 2026, month: 3, day: 29, minutes: 150 }, 'Europe/Warsaw').toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    )
  })

  it('knows zones with half hours', () => {
    const at = nextOpening(
      [window({ zone: 'contact' })],
      { account: 'UTC', contact: 'Asia/Kolkata' },
      new Date('2026-12-07T01:00:00Z'),
    )
    expect(at.toISOString()).toBe('2026-12-07T02:30:00.000Z')
  })
})
