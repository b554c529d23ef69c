import type { Trx } from '../../db/pool.ts'
import { type AnswerCounts, findAnswerSpan, readPaceRows } from './queries.ts'

const pointsMax = 120
const steps = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 21_600, 86_400] as const

export type PacePoint = AnswerCounts & { at: string; seconds: number }

/** What came back over the life of a run, in steps that are as fine as fits the screen; silent steps are zeros. */
export const readPace = async (trx: Trx, accountId: string, sourceId: string): Promise<PacePoint[]> => {
  const { first, last } = await findAnswerSpan(trx, accountId, sourceId)
  if (!first || !last) return []
  const seconds = (last.getTime() - first.getTime()) / 1_000
  const stepSeconds = steps.find((step) => seconds / step < pointsMax - 1) ?? 86_400
  const stepMs = stepSeconds * 1_000
  const rows = await readPaceRows(trx, accountId, sourceId, { since: first, stepSeconds })
  const byStep = new Map(rows.map(({ at, ...counts }) => [at.getTime(), counts]))
  const start = Math.floor(first.getTime() / stepMs) * stepMs
  const count = Math.min(pointsMax, Math.floor((last.getTime() - start) / stepMs) + 1)
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * stepMs
    const counts = byStep.get(at) ?? { accepted: 0, refused: 0, deferred: 0, lost: 0 }
    return { at: new Date(at).toISOString(), seconds: stepSeconds, ...counts }
  })
}
