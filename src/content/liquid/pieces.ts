import type { Emitter } from 'liquidjs'

/** Limit of one render (email.md §5). */
export const outputCharsMax = 1_048_576

/** A text as its author wrote it: one object for all renderings, so that what is made of it can be kept beside it. */
export class Fixed {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What was filled in for one recipient, or what all of them get. */
export type Piece = string | Fixed

export const joinPieces = (pieces: readonly Piece[]): string => {
  let text = ''
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece.text
  return text
}

/** Collects what is written and stops at the limit. */
export class PieceEmitter implements Emitter {
  /** What was filled in since the last fixed text; the library reads it. */
  buffer = ''
  readonly #pieces: Piece[] = []
  #chars = 0

  write(part: unknown): void {
    if (typeof part !== 'string') return
    this.#count(part.length)
    this.buffer += part
  }

  writeFixed(fixed: Fixed): void {
    this.#count(fixed.text.length)
    this.#closeBuffer()
    this.#pieces.push(fixed)
  }

  writePieces(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      if (typeof piece === 'string') this.write(piece)
      else this.writeFixed(piece)
    }
  }

  end(): Piece[] {
    this.#closeBuffer()
    return this.#pieces
  }

  #closeBuffer(): void {
    if (this.buffer === '') return
    this.#pieces.push(this.buffer)
    this.buffer = ''
  }

  #count(chars: number): void {
    this.#chars += chars
    if (this.#chars > outputCharsMax) throw new Error('the output is longer than 1 MB')
  }
}
