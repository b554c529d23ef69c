import { describe, expect, test } from 'vitest'
import { type CutRow, RowCutter } from './row-cutter.ts'

const cut = (text: string, separator = ';', pieceLength = text.length || 1): CutRow[] => {
  const cutter = new RowCutter(separator)
  const rows: CutRow[] = []
  for (let at = 0; at < text.length; at += pieceLength) {
    cutter.push(text.slice(at, at + pieceLength), false)
    rows.push(...cutter.take())
  }
  cutter.push('', true)
  rows.push(...cutter.take())
  return rows
}
const brief = (rows: readonly CutRow[]) =>
  rows.map((row) => `${row.line}:${row.fault ?? ''}${JSON.stringify(row.cells)}`)

describe('cutting a file into rows', () => {
  test.each([
    ['LF', 'a;b\nc;d\n', ['1:["a","b"]', '2:["c","d"]']],
    ['CRLF', 'a;b\r\nc;d\r\n', ['1:["a","b"]', '2:["c","d"]']],
    ['CR', 'a;b\rc;d', ['1:["a","b"]', '2:["c","d"]']],
    ['no line end at the end', 'a;b\nc', ['1:["a","b"]', '2:["c"]']],
    ['empty cells', ';;\n;', ['1:["","",""]', '2:["",""]']],
    ['a blank line keeps its number', 'a\n\nb', ['1:["a"]', '2:[""]', '3:["b"]']],
    ['quotes', '"a;1";"say ""hi"""\n', ['1:["a;1","say \\"hi\\""]']],
    ['blanks after a closing quote', '"a" ;b', ['1:["a","b"]']],
    ['a quote inside a plain cell', '5" pipe;b', ['1:["5\\" pipe","b"]']],
    ['an empty quoted cell', '"";b', ['1:["","b"]']],
    ['line ends inside quotes', 'a;"x\r\ny"\nb;c', ['1:["a","x\\r\\ny"]', '3:["b","c"]']],
    [
      'a quote never closed',
      'a;b\n"c;d\ne;f\n',
      ['1:["a","b"]', '2:unbalanced_quote["\\"c","d"]', '3:["e","f"]'],
    ],
    [
      'a quote never closed before rows with quotes',
      '"a;b\n"c";d\n"e";"f"\n',
      ['1:unbalanced_quote["\\"a","b"]', '2:["c","d"]', '3:["e","f"]'],
    ],
    [
      'a quote opened on the second line of its row',
      '"a\nb";"c\nd;e\n',
      ['1:unbalanced_quote["\\"a\\nb\\"","\\"c"]', '3:["d","e"]'],
    ],
  ])('%s', (_, text, rows) => {
    expect(brief(cut(text))).toEqual(rows)
    for (const pieceLength of [1, 2, 3, 5]) expect(brief(cut(text, ';', pieceLength))).toEqual(rows)
  })

  test('a quote that closes only after 64 kB rejects its row, and the lines behind it are read', () => {
    const filler = 'x;y\n'.repeat(20_000)
    const rows = cut(`a;"b\n${filler}";z\n`, ';', 50_000)
    expect(rows[0]).toMatchObject({ line: 1, fault: 'unbalanced_quote' })
    expect(rows).toHaveLength(20_002)
    expect(rows[1]).toMatchObject({ line: 2, cells: ['x', 'y'], fault: null })
  })

  test('a row without end is given up after a megabyte, and the next line is read', () => {
    const rows = cut(`${'x'.repeat(3_000_000)}\na;b\n`, ';', 100_000)
    expect(rows.map((row) => [row.line, row.fault])).toEqual([
      [1, 'value_too_long'],
      [2, null],
    ])
  })
})
