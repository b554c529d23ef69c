import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../http/deps.ts'
import { invalidField } from '../http/errors.ts'
import { readOffsetSeconds, unshiftDeadNodes, writeOffsetSeconds } from './queries.ts'
import type { ClockMove } from './seed-contract.ts'

/** A living node beats within this time after it was told of a jump. */
const beatMs = 300

/** Takes over the offset that the database keeps. */
export const loadClock = async (deps: Deps): Promise<void> => {
  deps.clock.setOffsetMs((await readOffsetSeconds(deps.db)) * 1000)
}

const targetOffset = (deps: Deps, move: ClockMove): number => {
  const present = deps.clock.offsetMs() / 1000
  if (move.advance_seconds !== undefined) return present + move.advance_seconds
  if (move.set !== undefined) {
    return Math.round(present + (new Date(move.set).getTime() - deps.clock.now().getTime()) / 1000)
  }
  return 0
}

/** Moves the one clock of SQL and program; what became due runs before the answer. */
export const moveClock = async (deps: Deps, move: ClockMove, runDue: () => Promise<void>) => {
  if (Object.keys(move).length !== 1) {
    throw invalidField('', 'required', 'exactly one of advance_seconds, set, reset is needed')
  }
  const target = targetOffset(deps, move)
  const jumpSeconds = target - deps.clock.offsetMs() / 1000
  const beats = await writeOffsetSeconds(deps.db, target)
  await loadClock(deps)
  if (beats.length > 0) {
    await sleep(beatMs)
    await unshiftDeadNodes(deps.db, beats, jumpSeconds)
  }
  await runDue()
  return describeClock(deps)
}

export const describeClock = (deps: Deps) => ({
  now: deps.clock.now().toISOString(),
  offset_seconds: Math.round(deps.clock.offsetMs() / 1000),
})
