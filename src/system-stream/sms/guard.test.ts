import { beforeEach, describe, expect, test } from 'vitest'
import { setLimiterAvailable } from '../../http/limiter.ts'
import { guardSms, noteSmsVerified, resetSmsGuard } from '../index.ts'
import { startWorld } from '../test/world.ts'
import { checkPhone } from './phone.ts'

const world = await startWorld({ SMS_DAILY_LIMIT: '60' })
const { deps, accountId, advance } = world

let persons = 0
/** Somebody new, so that the limit per person is not in the way. */
const somebody = (): string => {
  persons += 1
  return `0190a000-0000-7000-8000-${String(persons).padStart(12, '0')}`
}
/** Polish mobile numbers, each with a prefix of its own. */
const numberOf = (n: number): string => `+48601${String(n).padStart(2, '0')}${String(1000 + n)}`

type Send = { phone?: string; userId?: string; weight?: 1 | 2; accountId?: string }
const send = async ({ phone = numberOf(1), userId = somebody(), ...more }: Send = {}): Promise<string> => {
  try {
    await guardSms(deps, { accountId, userId, phone, ...more })
    return 'sent'
  } catch (error) {
    return (error as { code: string }).code
  }
}
const times = async (n: number, act: (n: number) => Promise<string>): Promise<string[]> => {
  const found: string[] = []
  for (let i = 0; i < n; i += 1) found.push(await act(i))
  return found
}
const countOf = (answers: readonly string[], answer: string): number =>
  answers.filter((each) => each === answer).length

beforeEach(() => resetSmsGuard(deps))

describe('the limits of codes by SMS', () => {
  test('a person gets five within an hour, over all numbers, and none once that is reached', async () => {
    const userId = somebody()
    const answers = await times(7, (n) => send({ userId, phone: numberOf(n) }))
    expect(answers).toEqual([...Array(5).fill('sent'), 'sms_limited', 'sms_limited'])
    expect(await send({ phone: numberOf(8) })).toBe('sent')
    await advance(3_600)
    expect(await send({ userId })).toBe('sent')
  })

  test('a person gets ten within a day', async () => {
    const userId = somebody()
    expect(countOf(await times(5, (n) => send({ userId, phone: numberOf(n) })), 'sent')).toBe(5)
    await advance(3_601)
    expect(countOf(await times(5, (n) => send({ userId, phone: numberOf(n) })), 'sent')).toBe(5)
    await advance(3_601)
    expect(await send({ userId })).toBe('sms_limited')
    await advance(86_400)
    expect(await send({ userId })).toBe('sent')
  })

  test('a number gets five within an hour, whoever asks', async () => {
    const answers = await times(6, () => send({ phone: numberOf(3) }))
    expect(answers).toEqual([...Array(5).fill('sent'), 'sms_limited'])
  })

  test('a block of numbers gets twenty within an hour', async () => {
    const inBlock = (n: number) => `+4860155${String(1000 + n)}`
    const answers = await times(21, async (n) => {
      const answer = await send({ phone: inBlock(n) })
      await noteSmsVerified(deps, { phone: inBlock(n) })
      return answer
    })
    expect(answers).toEqual([...Array(20).fill('sent'), 'sms_limited'])
  })

  test('the change of a number counts double', async () => {
    const userId = somebody()
    const answers = await times(3, (n) => send({ userId, phone: numberOf(n), weight: 2 }))
    expect(answers).toEqual(['sent', 'sent', 'sms_limited'])
  })

  test('twenty at once never pass the last free place together', async () => {
    const userId = somebody()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send({ userId, phone: numberOf(n) })),
    )
    expect(countOf(answers, 'sent')).toBe(5)
    expect(countOf(answers, 'sms_limited')).toBe(15)
  })

  test('a refused code spends nothing of what others may have', async () => {
    const userId = somebody()
    await times(40, () => send({ userId, phone: numberOf(1) }))
    expect(countOf(await times(19, (n) => send({ phone: numberOf(n + 2) })), 'sent')).toBe(15)
  })
})

describe('fraud', () => {
  test('a country whose codes nobody types in is paused, and others go on', async () => {
    const answers = await times(21, (n) => send({ phone: numberOf(n) }))
    expect(answers).toEqual([...Array(20).fill('sent'), 'sms_limited'])
    expect(await send({ phone: '+4915112345678' })).toBe('sent')
    await advance(86_400)
    expect(await send({ phone: numberOf(30) })).toBe('sent')
  })

  test('a country where a quarter of the codes is typed in is not', async () => {
    const answers = await times(30, async (n) => {
      const answer = await send({ phone: numberOf(n) })
      if (n % 3 === 0) await noteSmsVerified(deps, { phone: numberOf(n) })
      return answer
    })
    expect(countOf(answers, 'sent')).toBe(30)
  })

  test('one right code proves one send', async () => {
    await times(5, () => send({ phone: numberOf(1) }))
    for (let n = 0; n < 2; n += 1) await noteSmsVerified(deps, { phone: numberOf(1) })
    const rest = await times(16, (n) => send({ phone: numberOf(n + 2) }))
    expect(countOf(rest, 'sms_limited')).toBe(1)
  })
})

describe('budgets', () => {
  test('an account has its own per day', async () => {
    await world.grant('sms_daily_budget', 3)
    expect(await times(4, (n) => send({ phone: numberOf(n) }))).toEqual([
      'sent',
      'sent',
      'sent',
      'sms_limited',
    ])
    await world.grant('sms_daily_budget', 0)
    expect(await send({ phone: '+4915112345678' })).toBe('sms_limited')
    await world.grant('sms_daily_budget', 1_000)
  })

  test('the installation has a last one over all accounts', async () => {
    const answers = await times(61, async (n) => {
      const answer = await send({ phone: numberOf(n) })
      await noteSmsVerified(deps, { phone: numberOf(n) })
      return answer
    })
    expect(countOf(answers, 'sent')).toBe(60)
    expect(answers.at(-1)).toBe('sms_limited')
  })

  test('without its store of limits nothing is sent', async () => {
    setLimiterAvailable(deps.db, false)
    expect(await send()).toBe('unavailable')
    setLimiterAvailable(deps.db, true)
    expect(await send()).toBe('sent')
  })

  test('numbers are nowhere kept as they are', async () => {
    await send({ phone: numberOf(7) })
    expect(world.logged.join('')).not.toContain(numberOf(7))
  })
})

describe('a number', () => {
  const verdict = (phone: string, countries = ['PL', 'DE', 'GB', 'US']): string => {
    try {
      return checkPhone(phone, countries).country
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  test.each([
    ['+48601234567', 'PL'],
    ['+4915112345678', 'DE'],
    ['+447400123456', 'GB'],
    // One plan for mobile and fixed lines: nobody can tell them apart.
    ['+12015550123', 'US'],
    ['+48221234567', 'phone_not_allowed'],
    ['+48701234567', 'phone_not_allowed'],
    ['+48801123456', 'phone_not_allowed'],
    ['+48800123456', 'phone_not_allowed'],
    ['+449012345678', 'phone_not_allowed'],
    ['+448431234567', 'phone_not_allowed'],
    ['+493012345678', 'phone_not_allowed'],
    ['+33612345678', 'phone_not_allowed'],
    ['+883510000000', 'phone_not_allowed'],
    ['+99912345600', 'phone_not_allowed'],
    ['+4860123456', 'phone_not_allowed'],
    ['601234567', 'phone_not_allowed'],
    ['+48 601 234 567', 'phone_not_allowed'],
    ['+48601234567;ext=1', 'phone_not_allowed'],
    ['+48601234567\u0000', 'phone_not_allowed'],
    ['+٤٨٦٠١٢٣٤٥٦٧', 'phone_not_allowed'],
    ['', 'phone_not_allowed'],
  ])('%s is %s', (phone, expected) => {
    expect(verdict(phone)).toBe(expected)
  })

  test('of a country that is not granted gets nothing, and nothing at all is sent without countries', () => {
    expect(verdict('+48601234567', ['DE'])).toBe('phone_not_allowed')
    expect(verdict('+48601234567', [])).toBe('phone_not_allowed')
  })
})

test('an installation without a route for SMS refuses the code instead of losing it', async () => {
  const without = await startWorld({ SYSTEM_SMS_ROUTE: 'off' })
  const asked = { accountId: without.accountId, userId: without.userId, phone: numberOf(1) }
  await expect(guardSms(without.deps, asked)).rejects.toMatchObject({ code: 'sms_limited' })
})
