import { Fixed, type Piece } from '../liquid/pieces.ts'

const emptyLines = /\n{3,}/g
const core = /\S[\s\S]*\S/

const parted = new WeakMap<Fixed, readonly Piece[]>()

/** White space at the ends of a fixed text can meet that of its neighbours; what stands between cannot. */
const part = (fixed: Fixed): readonly Piece[] => {
  const known = parted.get(fixed)
  if (known) return known
  const found = core.exec(fixed.text)
  const made = found
    ? [
        fixed.text.slice(0, found.index),
        new Fixed(found[0].replaceAll(emptyLines, '\n\n')),
        fixed.text.slice(found.index + found[0].length),
      ]
    : [fixed.text]
  parted.set(fixed, made)
  return made
}

/** A text without empty lines at its ends and with at most one between others, piece by piece. */
export const tidy = (pieces: readonly Piece[]): readonly Piece[] => {
  const tidied: Piece[] = []
  let between = ''
  const close = (): void => {
    const text = tidied.length === 0 ? between.trimStart() : between
    if (text !== '') tidied.push(text.replaceAll(emptyLines, '\n\n'))
    between = ''
  }
  for (const piece of pieces.flatMap((given) => (typeof given === 'string' ? given : part(given)))) {
    if (typeof piece === 'string') between += piece
    else {
      close()
      tidied.push(piece)
    }
  }
  between = tidied.length === 0 ? between.trim() : between.trimEnd()
  close()
  return tidied
}
