import { readRecordsBySeq } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { type Format, frames, toLine } from './rows.ts'

export type Compared = {
  readonly rows: number
  /** The first line that is not as it was exported; null when all are. */
  readonly different: { readonly line: number; readonly seq: number | null } | null
}

const chunkLines = 500

const seqOf = (format: Format, line: string): number | null => {
  const text = format === 'csv' ? /^(\d{1,15}),/.exec(line)?.[1] : /^\{"seq":(\d{1,15}),/.exec(line)?.[1]
  return text === undefined ? null : Number(text)
}

type Line = { readonly no: number; readonly text: string }

/** Null when the frame around the rows is not ours. */
const linesOf = (format: Format, text: string): readonly Line[] | null => {
  const { open, close } = frames[format]
  if (!text.startsWith(open) || !text.endsWith(close)) return null
  const inner = text.slice(open.length, close === '' ? undefined : -close.length)
  const lines = inner.split(format === 'csv' ? '\r\n' : ',\n').map((line) => line.replace(/^\n/, ''))
  const rows = lines.map((line, index) => ({ no: index + 2, text: line }))
  return rows.at(-1)?.text === '' ? rows.slice(0, -1) : rows
}

const rendered = (format: Format, line: string): string =>
  format === 'csv' ? line.replace(/\r\n$/, '') : line.replace(/^\n/, '')

const firstDifferent = async (
  deps: Deps,
  accountId: string,
  format: Format,
  lines: readonly Line[],
): Promise<Compared['different']> => {
  const wanted = lines.map((line) => seqOf(format, line.text))
  const records = await inAccount(deps.db, accountId, (trx) =>
    readRecordsBySeq(
      trx,
      deps,
      accountId,
      wanted.filter((seq) => seq !== null),
    ),
  )
  const bySeq = new Map(records.map((record) => [record.seq, record]))
  for (const [index, line] of lines.entries()) {
    const seq = wanted[index] ?? null
    const record = seq === null ? undefined : bySeq.get(seq)
    if (!record || rendered(format, toLine(format, record, true)) !== line.text) return { line: line.no, seq }
  }
  return null
}

/** Holds a file against the log it came from, byte by byte, and names the first row that somebody changed. */
export const compareExport = async (deps: Deps, accountId: string, text: string): Promise<Compared> => {
  const format: Format = text.startsWith('[') ? 'json' : 'csv'
  const lines = linesOf(format, text)
  if (!lines) return { rows: 0, different: { line: 1, seq: null } }
  for (let at = 0; at < lines.length; at += chunkLines) {
    const different = await firstDifferent(deps, accountId, format, lines.slice(at, at + chunkLines))
    if (different) return { rows: lines.length, different }
  }
  return { rows: lines.length, different: null }
}
