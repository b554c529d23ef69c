import type { Fault } from './live-check.ts'

/** Where a place of the text begins, for the caret. */
export const offsetOf = (text: string, { line, column }: Pick<Fault, 'line' | 'column'>): number => {
  let offset = 0
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', offset)
    if (end === -1) return text.length
    offset = end + 1
  }
  return Math.min(text.length, offset + column - 1)
}

/** A tab is as wide as the way to the next stop, so columns of text and of the screen differ. */
export const screenColumn = (line: string, column: number, tab = 2): number => {
  let at = 0
  for (const character of line.slice(0, column - 1)) at += character === '\t' ? tab - (at % tab) : 1
  return at
}
