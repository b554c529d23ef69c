import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../../http/deps.ts'
import { unprocessable } from '../../http/errors.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { spendLimits } from '../limits.ts'

/** About 65,000 hashes: a second of a browser, an expensive day for a robot. */
const zeroBits = 16
const lifeMs = minutesMs(15)

const macOf = (deps: Deps, text: string): Buffer =>
  createHmac('sha256', deps.keys.purposeKey('sign-up-puzzle')).update(text).digest()

/** `<zero bits>.<random>.<valid until>.<mac>`: the server keeps nothing until it is solved. */
export const makePuzzle = (deps: Deps): string => {
  const until = addMs(deps.clock.now(), lifeMs).getTime()
  const text = `${zeroBits}.${randomBytes(16).toString('base64url')}.${until}`
  return `${text}.${macOf(deps, text).toString('base64url')}`
}

const isOurs = (deps: Deps, puzzle: string): boolean => {
  const at = puzzle.lastIndexOf('.')
  const given = Buffer.from(puzzle.slice(at + 1), 'base64url')
  const mac = macOf(deps, puzzle.slice(0, at))
  const until = Number(puzzle.split('.')[2])
  return given.length === mac.length && timingSafeEqual(given, mac) && until > deps.clock.now().getTime()
}

const isSolved = (puzzle: string, nonce: string): boolean =>
  createHash('sha256').update(`${puzzle}.${nonce}`).digest().readUInt32BE(0) >>> (32 - zeroBits) === 0

/**
 * Judges a proof of work; each puzzle counts once.
 * @throws AppError 422 `puzzle_required` with a fresh puzzle.
 */
export const requireProof = async (
  deps: Deps,
  proof: { readonly puzzle: string; readonly nonce: string } | undefined,
): Promise<void> => {
  const refused = () => unprocessable('puzzle_required', '', { puzzle: makePuzzle(deps) })
  if (!proof || !isOurs(deps, proof.puzzle) || !isSolved(proof.puzzle, proof.nonce)) throw refused()
  const key = `puzzle:${createHash('sha256').update(proof.puzzle).digest('base64url')}`
  await spendLimits(deps.db, [{ key, max: 1, windowSeconds: lifeMs / 1_000 }]).catch(() => {
    throw refused()
  })
}
