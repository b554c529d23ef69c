import type { Trx } from '../../db/pool.ts'
import { type AnswerCounts, type AnswerExample, insertAnswers } from './queries.ts'

/** A recorded answer, as far as it counts here. */
export type CountedAnswer = {
  readonly state: 'accepted' | 'rejected' | 'planned' | 'uncertain'
  /** False when not one byte was written: that is no answer. */
  readonly begun: boolean
  readonly code: string
  readonly text: string
}

const exampleCharsMax = 500

const kindOf = ({ state, begun }: CountedAnswer): keyof AnswerCounts | null => {
  switch (state) {
    case 'accepted':
      return 'accepted'
    case 'rejected':
      return 'refused'
    case 'uncertain':
      return 'lost'
    case 'planned':
      return begun ? 'deferred' : null
  }
}

/** Counts a recorded batch of a run, in the transaction that records it. */
export const noteRunAnswers = async (
  trx: Trx,
  accountId: string,
  sourceId: string,
  answers: readonly CountedAnswer[],
): Promise<void> => {
  const counts: AnswerCounts = { accepted: 0, refused: 0, deferred: 0, lost: 0 }
  let example: AnswerExample | null = null
  let seen = false
  for (const answer of answers) {
    const kind = kindOf(answer)
    if (!kind) continue
    seen = true
    counts[kind] += 1
    if (kind === 'refused') example ??= { code: answer.code, text: answer.text.slice(0, exampleCharsMax) }
  }
  if (seen) await insertAnswers(trx, accountId, sourceId, counts, example)
}
