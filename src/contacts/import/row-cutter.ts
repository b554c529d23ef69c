export type CutRow = {
  /** Line of the file in which the row begins, from 1. */
  readonly line: number
  /** One character per byte. */
  readonly cells: readonly string[]
  readonly fault: 'unbalanced_quote' | 'value_too_long' | null
}

/** A quote that stays open longer than this was never meant to (contacts.md §4, Reading rule 2). */
const quoteBytesMax = 65_536
const rowBytesMax = 1_048_576

type Closing = { readonly end: number } | 'open' | 'more'

const countLineEnds = (text: string): number => {
  let lines = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === 10 || (sign === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1
  }
  return lines
}

/**
 * Cuts text into rows and cells: separators, quotes, any of CRLF, LF and CR. Feed it with `push`, take rows with `take`.
 * A row that is not whole yet waits for the next piece.
 */
export class RowCutter {
  readonly #separator: string
  #text = ''
  #at = 0
  #line = 1
  #isLast = false
  /** Set while the rest of an overlong row is thrown away. */
  #skipping = false
  #nextFeed = -1
  #nextReturn = -1

  constructor(separator: string) {
    this.#separator = separator
  }

  push(piece: string, isLast: boolean): void {
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    this.#isLast = isLast
    this.#nextFeed = -1
    this.#nextReturn = -1
  }

  *take(): Generator<CutRow> {
    for (;;) {
      if (this.#skipping && !this.#skipLine()) return
      if (this.#at >= this.#text.length) return
      const row = this.#cut()
      if (row === 'more') {
        if (this.#text.length - this.#at <= rowBytesMax) return
        yield {
          line: this.#line,
          cells: [this.#text.slice(this.#at, this.#at + 150)],
          fault: 'value_too_long',
        }
        this.#skipping = true
        continue
      }
      yield row
    }
  }

  /** Position of the next line end at or after `from`; -1 when the piece has none. */
  #lineEnd(from: number): number {
    const find = (sign: string, known: number) => {
      if (known >= from || known === Number.POSITIVE_INFINITY) return known
      const found = this.#text.indexOf(sign, from)
      return found === -1 ? Number.POSITIVE_INFINITY : found
    }
    this.#nextFeed = find('\n', this.#nextFeed)
    this.#nextReturn = find('\r', this.#nextReturn)
    const end = Math.min(this.#nextFeed, this.#nextReturn)
    return end === Number.POSITIVE_INFINITY ? -1 : end
  }

  /** Where the next line begins after a line end; -1 when a CR is the last sign and an LF may follow. */
  #afterLineEnd(end: number): number {
    if (this.#text[end] !== '\r') return end + 1
    if (end + 1 >= this.#text.length) return this.#isLast ? end + 1 : -1
    return this.#text[end + 1] === '\n' ? end + 2 : end + 1
  }

  #skipLine(): boolean {
    const end = this.#lineEnd(this.#at)
    const next = end === -1 ? -1 : this.#afterLineEnd(end)
    if (next === -1) {
      this.#at = end === -1 ? this.#text.length : end
      return false
    }
    this.#at = next
    this.#line += 1
    this.#skipping = false
    return true
  }

  #cut(): CutRow | 'more' {
    const cells: string[] = []
    for (let at = this.#at; ; ) {
      if (this.#text[at] === '"') {
        const closing = this.#closeQuote(at)
        if (closing === 'more') return 'more'
        if (closing === 'open') return this.#giveUp(at)
        cells.push(this.#text.slice(at + 1, closing.end).replaceAll('""', '"'))
        at = this.#afterBlanks(closing.end + 1)
      } else {
        const end = this.#plainEnd(at)
        if (end === -1) return 'more'
        cells.push(this.#text.slice(at, end))
        at = end
      }
      if (this.#text[at] === this.#separator) at += 1
      else return this.#finish(at, cells)
    }
  }

  #finish(at: number, cells: string[]): CutRow | 'more' {
    const next = at >= this.#text.length ? at : this.#afterLineEnd(at)
    if (next === -1) return 'more'
    const row: CutRow = { line: this.#line, cells, fault: null }
    this.#line += countLineEnds(this.#text.slice(this.#at, next))
    this.#at = next
    return row
  }

  #plainEnd(at: number): number {
    const lineEnd = this.#lineEnd(at)
    const stop = lineEnd === -1 ? this.#text.length : lineEnd
    const separator = this.#text.indexOf(this.#separator, at)
    if (separator !== -1 && separator < stop) return separator
    return lineEnd === -1 && !this.#isLast ? -1 : stop
  }

  #afterBlanks(from: number): number {
    let at = from
    while (this.#text[at] === ' ' || (this.#text[at] === '\t' && this.#separator !== '\t')) at += 1
    return at
  }

  /** Finds the closing quote; one that is followed by anything but a cell's end opens another cell: ours was never closed. */
  #closeQuote(open: number): Closing {
    for (let from = open + 1; ; ) {
      const quote = this.#text.indexOf('"', from)
      if (quote === -1 || quote - open > quoteBytesMax) {
        const tooFar = quote !== -1 || this.#text.length - open > quoteBytesMax
        return tooFar || this.#isLast ? 'open' : 'more'
      }
      const next = this.#text[quote + 1]
      if (next === '"') {
        from = quote + 2
        continue
      }
      const sign = this.#text[this.#afterBlanks(quote + 1)]
      if (sign === undefined) return this.#isLast ? { end: quote } : 'more'
      return sign === this.#separator || sign === '\r' || sign === '\n' ? { end: quote } : 'open'
    }
  }

  /** Rejects the row and goes on at the line after the one in which the quote was opened. */
  #giveUp(open: number): CutRow | 'more' {
    const end = this.#lineEnd(open)
    if (end === -1 && !this.#isLast) return 'more'
    const stop = end === -1 ? this.#text.length : end
    const next = end === -1 ? stop : this.#afterLineEnd(end)
    if (next === -1) return 'more'
    const cells = this.#text.slice(this.#at, stop).split(this.#separator)
    const row: CutRow = { line: this.#line, cells, fault: 'unbalanced_quote' }
    this.#line += countLineEnds(this.#text.slice(this.#at, next))
    this.#at = next
    return row
  }
}
