import { dictionary } from '@zxcvbn-ts/language-common'

/** Entries shorter than this are syllables of any language; joining them would forbid honest phrases. */
const entryLengthMin = 4
/** Signs and digits put around or between entries; a letter is worth two of them. */
const straysMax = 3
const strayCost = (sign: string): number => (/\p{L}/u.test(sign) ? 2 : 1)
/** What a unit must have before its repetition is worth anything. */
const unitLengthMin = 8

/** The list is sorted by how common a password is. */
const listed = (dictionary['passwords-common'] ?? [])
  .map(String)
  .filter((word) => word.length >= entryLengthMin)
type List = { readonly words: ReadonlySet<string>; readonly piecesMax: number }
/** Two known passwords in a row, or three of the very common, are a trick of guessers; rarer words in a row make a phrase. */
const lists: readonly List[] = [
  { words: new Set(listed), piecesMax: 2 },
  { words: new Set(listed.slice(0, 3_000)), piecesMax: 3 },
]
const entryLengthMax = Math.max(...listed.map((word) => word.length))

type Cost = { readonly pieces: number; readonly strays: number }
const cheaper = (a: Cost | undefined, b: Cost): Cost => (a && a.strays <= b.strays ? a : b)

/** Whether the text is a few entries of the list in a row, with at most three signs more. */
const isJoined = (text: string, { words, piecesMax }: List): boolean => {
  // The fewest strays by which each place is reached with each number of pieces.
  const best: (Cost | undefined)[][] = Array.from({ length: text.length + 1 }, () => [])
  const reach = (at: number, cost: Cost): void => {
    const row = best[at]
    if (row && cost.pieces <= piecesMax && cost.strays <= straysMax)
      row[cost.pieces] = cheaper(row[cost.pieces], cost)
  }
  reach(0, { pieces: 0, strays: 0 })
  for (const [at, row] of best.entries()) {
    for (const cost of row.flatMap((one) => one ?? [])) {
      reach(at + 1, { ...cost, strays: cost.strays + strayCost(text[at] ?? '') })
      for (let length = entryLengthMin; length <= entryLengthMax; length += 1) {
        if (words.has(text.slice(at, at + length)) && at + length <= text.length)
          reach(at + length, { ...cost, pieces: cost.pieces + 1 })
      }
    }
  }
  return (best[text.length] ?? []).some((cost) => cost !== undefined && cost.pieces > 0)
}

/** The shortest unit of which the text is a repetition, a broken last one included; the text itself when there is none. */
const unitOf = (text: string): string => {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length)
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit
  }
  return text
}

/** Neighbours of the alphabet or of the digits, up or down. */
const isSequence = (text: string): boolean =>
  [1, -1].some((step) =>
    [...text].every((sign, at, all) => {
      const before = all[at - 1]?.codePointAt(0)
      return before === undefined || (sign.codePointAt(0) ?? 0) - before === step
    }),
  )

/** The text itself, or the unit it repeats; a few signs behind a repetition do not hide it. */
const unitsOf = (text: string): readonly string[] => {
  const cuts = [1, 2, 3].map((cut) => text.slice(0, text.length - cut))
  return [unitOf(text), ...cuts.map(unitOf).filter((unit, at) => unit !== cuts[at])]
}

/**
 * A password from the bundled list, also repeated or joined to reach the minimum (security.md §4.2); signs between the
 * parts and capitals do not help.
 */
export const isCommon = (password: string): boolean => {
  const text = password.toLowerCase()
  const plain = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const spellings = new Set(plain.length < unitLengthMin ? [text] : [text, plain])
  return [...spellings].some((spelling) =>
    unitsOf(spelling).some(
      (unit) => unit.length < unitLengthMin || isSequence(unit) || lists.some((list) => isJoined(unit, list)),
    ),
  )
}
