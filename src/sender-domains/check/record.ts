import type { Ask, Told } from '../dns/ask.ts'
import { observe } from '../dns/observe.ts'
import type { Zone } from '../dns/zone.ts'
import { registrableOf } from '../domain-name.ts'
import { isDmarc } from '../records/dmarc.ts'
import type { Expected, Place } from '../records/expected.ts'
import { isSpf, lookupsOf, spfLookupsMax } from '../records/spf.ts'
import { judge, judgeSpf, type Verdict } from './judge.ts'

export type CheckedDomain = {
  readonly domain: string
  readonly zone: Zone
  readonly place: Place
  /** What the operator publishes where a record of the account only points there. */
  readonly service: readonly Expected[]
}

const askWorld = async (zone: Zone, ...question: Parameters<Ask>): Promise<Told> => {
  for (const ask of zone.resolvers) {
    const told = await ask(...question)
    if (told.kind !== 'silent') return told
  }
  return { kind: 'silent' }
}

/** Hosts that append the zone to every name make `x.example.com.example.com` of a full one. */
const findDoubled = async ({ zone, domain }: CheckedDomain, record: Expected): Promise<string | null> => {
  const names = [...new Set([zone.apex ?? domain, domain])].map((apex) => `${record.name}.${apex}`)
  for (const name of names) {
    const { told } = await observe(zone, name, record.type)
    if (told.kind === 'values') return name
  }
  return null
}

const orDoubled = async (checked: CheckedDomain, record: Expected, verdict: Verdict): Promise<Verdict> => {
  if (verdict.finding !== 'missing') return verdict
  const doubled = await findDoubled(checked, record)
  return doubled === null ? verdict : { ...verdict, finding: 'zone_doubled', detail: { name: doubled } }
}

/** Look-ups of a record and of all that it includes; counting ends soon after the limit (RFC 7208 §4.6.4). */
const countLookups = async (zone: Zone, record: string): Promise<number> => {
  let count = 0
  const open = [record]
  for (
    let current = open.shift();
    current !== undefined && count <= spfLookupsMax * 2;
    current = open.shift()
  ) {
    const { count: own, records } = lookupsOf(current)
    count += own
    const included = await Promise.all(
      records.slice(0, spfLookupsMax + 1).map((name) => askWorld(zone, name, 'TXT')),
    )
    for (const told of included) {
      if (told.kind === 'values') open.push(...told.values.filter((value) => isSpf(value)).slice(0, 1))
    }
  }
  return count
}

const checkSpf = async ({ zone, place }: CheckedDomain, record: Expected): Promise<Verdict> => {
  const { told } = await observe(zone, record.name, 'TXT')
  if (told.kind === 'silent') return judge(record, { told, propagating: false })
  const verdict = judgeSpf(told.kind === 'values' ? told.values : [], place.spfMechanisms)
  if (verdict.finding === 'two_records') return verdict
  const lookups = await countLookups(zone, verdict.expected ?? '')
  if (lookups <= spfLookupsMax) return verdict
  return { ...verdict, state: 'warning', finding: 'too_many_lookups', detail: { lookups: String(lookups) } }
}

/** A policy of the registered domain holds below it too (RFC 7489 §6.6.3). */
const checkDmarc = async (checked: CheckedDomain, record: Expected, verdict: Verdict): Promise<Verdict> => {
  const parent = registrableOf(checked.domain)
  if (verdict.finding !== 'missing' || parent === checked.domain) return orDoubled(checked, record, verdict)
  const told = await askWorld(checked.zone, `_dmarc.${parent}`, 'TXT')
  const [inherited, second] =
    told.kind === 'values' ? told.values.filter((value) => isDmarc(value.trim())) : []
  if (inherited === undefined || second !== undefined) return orDoubled(checked, record, verdict)
  return { state: 'valid', found: [inherited], finding: 'inherited', detail: { domain: parent } }
}

/** A zone whose own name is the tracking host can have no CNAME there; the same addresses do as well. */
const checkTracking = async (
  checked: CheckedDomain,
  record: Expected,
  verdict: Verdict,
): Promise<Verdict> => {
  if (verdict.finding !== 'missing') return verdict
  const [own, ours] = await Promise.all([
    askWorld(checked.zone, record.name, 'A'),
    askWorld(checked.zone, checked.place.contentHost, 'A'),
  ])
  if (own.kind !== 'values') return orDoubled(checked, record, verdict)
  const known = new Set(ours.kind === 'values' ? ours.values : [])
  const leadsHere = own.values.every((address) => known.has(address))
  return {
    ...verdict,
    state: leadsHere ? 'valid' : 'invalid',
    found: own.values,
    finding: leadsHere ? null : 'other_value',
  }
}

/** A pointer into the service domain is worth what stands there. */
const checkService = async (checked: CheckedDomain, record: Expected, verdict: Verdict): Promise<Verdict> => {
  if (verdict.state !== 'valid') return orDoubled(checked, record, verdict)
  for (const target of checked.service.filter(({ name }) => name === record.expected)) {
    const told = await askWorld(checked.zone, target.name, target.type)
    const there = judge(target, { told, propagating: false })
    if (there.state === null) return there
    if (there.state !== 'valid')
      return {
        state: 'invalid',
        found: verdict.found,
        finding: 'service_record_missing',
        detail: { name: target.name },
      }
  }
  return verdict
}

/** Links work without a host of the own, so nothing about it is worse than a warning. */
const asAdvice = (record: Expected, verdict: Verdict): Verdict =>
  record.kind === 'tracking' && verdict.state === 'invalid' ? { ...verdict, state: 'warning' } : verdict

/** Asks about one record; never throws. */
export const checkRecord = async (checked: CheckedDomain, record: Expected): Promise<Verdict> => {
  if (record.kind === 'spf') return checkSpf(checked, record)
  const verdict = judge(record, await observe(checked.zone, record.name, record.type))
  if (record.kind === 'tracking') return asAdvice(record, await checkTracking(checked, record, verdict))
  if (record.type === 'CNAME') {
    const checkedThere = await checkService(checked, record, verdict)
    return record.kind === 'dmarc' ? checkDmarc(checked, record, checkedThere) : checkedThere
  }
  if (record.kind === 'dmarc') return checkDmarc(checked, record, verdict)
  return orDoubled(checked, record, verdict)
}
