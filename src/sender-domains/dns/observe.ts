import type { RecordType } from '../records/expected.ts'
import type { Told } from './ask.ts'
import type { Zone } from './zone.ts'

/** What is published at a name, and whether the world sees it yet. */
export type Observed = {
  readonly told: Told
  /** The zone has it and no resolver does: it was entered a moment ago. */
  readonly propagating: boolean
}

const sameAs = (left: Told, right: Told): boolean =>
  left.kind === 'values' && right.kind === 'values'
    ? left.values.toSorted().join('\n') === right.values.toSorted().join('\n')
    : left.kind === right.kind

/** The answer of the servers of the zone counts; where they cannot be asked, that of the resolvers does. */
export const observe = async (zone: Zone, name: string, type: RecordType): Promise<Observed> => {
  const [own, ...seen] = await Promise.all([
    zone.authority ? zone.authority(name, type) : Promise.resolve<Told>({ kind: 'silent' }),
    ...zone.resolvers.map((ask) => ask(name, type)),
  ])
  const heard = seen.filter(({ kind }) => kind !== 'silent')
  const world = heard.find(({ kind }) => kind === 'values') ?? heard[0] ?? { kind: 'silent' }
  if (own === undefined || own.kind === 'silent') return { told: world, propagating: false }
  if (own.kind === 'none' && world.kind === 'values' && type !== 'CNAME') {
    // A name that points elsewhere has its values there, which the servers of this zone do not tell.
    const pointer = await zone.authority?.(name, 'CNAME')
    if (pointer?.kind === 'values') return { told: world, propagating: false }
  }
  const propagating = own.kind === 'values' && heard.length > 0 && !heard.some((told) => sameAs(told, own))
  return { told: own, propagating }
}
