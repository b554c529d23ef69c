import { describe, expect, test } from 'vitest'
import { floors, type Method, methods, requirements, type Setting, settings } from './contract.ts'
import { type PolicyFactor, type Resolved, resolvePolicy } from './policy.ts'

const subsets = Array.from({ length: 16 }, (_, mask) => methods.filter((_method, bit) => mask & (1 << bit)))
const bindings: readonly (readonly PolicyFactor[])[] = [
  [],
  [{ type: 'email', state: 'active' }],
  [{ type: 'sms', state: 'unverified' }],
  [{ type: 'totp', state: 'active' }],
  [{ type: 'totp', state: 'disabled' }],
  [
    { type: 'email', state: 'active' },
    { type: 'passkey', state: 'active' },
  ],
]

/** The rule in other words: written down once more, by sets and sums, without a look at the code. */
const strong = new Set<Method>(['totp', 'passkey'])
const weight: Record<Setting, number> = { off: 0, own_choice: 0, email: 0, sms: 1, totp: 2, passkey: 3 }
const oracle = (
  floor: string,
  granted: readonly Method[],
  require: string,
  chosen: readonly Method[],
  setting: Setting,
  administrator: boolean,
  staff: boolean,
  factors: readonly PolicyFactor[],
): { required: boolean; by: string; methods: Set<Method> } => {
  const reaches = (scope: string) =>
    ({ none: false, optional: false, admins: administrator, all: true })[scope] ?? false
  const voices = [
    ['operator', staff || reaches(floor)],
    ['account', reaches(require)],
    ['user', setting !== 'off'],
    ['own_factor', factors.some(({ type }) => strong.has(type))],
  ] as const
  const by = voices.find(([, speaks]) => speaks)?.[0] ?? 'none'
  const heavy = methods.filter((_method, index) => index >= weight[setting])
  const common = heavy.filter((method) => granted.includes(method) && chosen.includes(method))
  const fallback = heavy.filter((method) => strong.has(method))
  return {
    required: by !== 'none',
    by,
    methods: by === 'own_factor' ? strong : new Set(common.length > 0 ? common : fallback),
  }
}

const cases: { resolved: Resolved; expected: ReturnType<typeof oracle> }[] = []
for (const floor of floors)
  for (const granted of subsets)
    for (const require of requirements)
      for (const chosen of subsets)
        for (const setting of settings)
          for (const [administrator, staff] of [
            [false, false],
            [true, false],
            [false, true],
          ] as const)
            for (const factors of bindings)
              cases.push({
                resolved: resolvePolicy(
                  { entitled: true, methods: granted, floor },
                  { require, methods: chosen, trustedDeviceDays: 0, deviceBoundOwners: false, version: 1 },
                  { setting, administrator, staff },
                  factors,
                ),
                expected: oracle(floor, granted, require, chosen, setting, administrator, staff, factors),
              })

describe('the strictest of operator, account and user wins', () => {
  test('for every combination of the three, of methods and of what is bound', () => {
    expect(cases.length).toBeGreaterThan(200_000)
    const wrong = cases.filter(
      ({ resolved, expected }) =>
        resolved.required !== expected.required ||
        resolved.by !== expected.by ||
        resolved.methods.length !== expected.methods.size ||
        resolved.methods.some((method) => !expected.methods.has(method)),
    )
    expect(wrong.slice(0, 3)).toEqual([])
  })

  test('and never ends in no method at all, however empty the intersection', () => {
    expect(cases.filter(({ resolved }) => resolved.methods.length === 0)).toEqual([])
  })

  test('a setting is met by nothing weaker than itself', () => {
    const weaker = cases.filter(
      ({ resolved }) =>
        resolved.by !== 'own_factor' &&
        resolved.methods.some((method) => methods.indexOf(method) < weight[resolved.setting]),
    )
    expect(weaker).toEqual([])
  })
})
