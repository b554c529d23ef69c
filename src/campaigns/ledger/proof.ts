import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { openSnapshot, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { shownEmail, shownText } from '../../http/personal-data.ts'
import { byteOrderMark, type CsvCell, csvLine } from '../../lib/csv.ts'
import { readAccounting } from '../../messages/index.ts'
import { findRun } from '../run/queries.ts'
import { listDifferenceRows, listProofRows, type ProofRow } from './queries.ts'

const pageRows = 1_000
/** More rows with addresses ask for a fresh confirmation (contacts.md §5). */
const rowsFreelyMax = 10_000

type LastAnswer = { readonly class?: string; readonly code?: string; readonly text?: string } | null

const columns: Readonly<Record<string, (row: ProofRow, actor: Actor) => CsvCell>> = {
  message_id: (row) => row.message_id,
  contact_id: (row) => row.contact_id,
  address: (row, actor) => shownEmail(actor, row.address),
  state: (row) => row.state,
  reason: (row) => row.reason,
  resolution: (row) => row.resolution,
  attempts: (row) => row.attempts,
  delivery_status: (row) => row.delivery_status,
  flags: (row) => row.flags.join(' '),
  provider_id: (row) => row.provider_id,
  provider_ref: (row) => row.provider_ref,
  answer_code: (row) => (row.answer as LastAnswer)?.code ?? null,
  answer_text: (row, actor) => shownText(actor, (row.answer as LastAnswer)?.text ?? null),
  content_revision: (row) => row.content_revision,
  planned_at: (row) => row.planned_at.toISOString(),
  handed_at: (row) => row.handed_at?.toISOString() ?? null,
  final_at: (row) => row.final_at?.toISOString() ?? null,
}

const totals = [
  'audience',
  'planned',
  'claimed',
  'handed',
  'accepted',
  'rejected',
  'uncertain',
  'suppressed',
  'delivered',
  'sum',
  'missing',
  'surplus',
] as const

type Subject = {
  readonly accountId: string
  readonly campaignId: string
  readonly runMonth: string
  readonly status: string
}

async function* rowLines(trx: Trx, actor: Actor, subject: Subject): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns))
  let after: string | null = null
  for (;;) {
    const rows = await listProofRows(trx, subject, after, pageRows)
    if (rows.length === 0) return
    yield rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row, actor)))).join('')
    after = rows.at(-1)?.recipient_key ?? null
  }
}

/** Rows, totals of both sides, then the SHA-256 of every byte above its own line. */
async function* proofLines(trx: Trx, actor: Actor, subject: Subject, asOf: Date): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (text: string): string => {
    hash.update(text)
    return text
  }
  for await (const lines of rowLines(trx, actor, subject)) yield hashed(lines)
  const accounting = await readAccounting(trx, subject.accountId, subject.campaignId)
  const named: [string, CsvCell][] = [
    ['campaign_id', subject.campaignId],
    ['status', subject.status],
    ['as_of', asOf.toISOString()],
    ...totals.map((total): [string, CsvCell] => [total, accounting[total]]),
    ['balanced', String(accounting.balanced)],
  ]
  yield hashed(`\r\n${named.map((line) => csvLine(line)).join('')}`)
  yield csvLine(['sha256', hash.digest('hex')])
}

const checkFresh = (actor: Actor, rows: number, now: Date): void => {
  const until = actor.freshGeneralUntil ?? actor.freshFactorsUntil
  if (rows > rowsFreelyMax && (!until || until <= now)) {
    throw new AppError('step_up_required', 403, '', { purpose: 'general' })
  }
}

/** The transaction lives as long as the download: all of it shows one moment, a caller who goes away ends it. */
const streaming = async (
  deps: Deps,
  accountId: string,
  open: (trx: Trx) => Promise<AsyncGenerator<string>>,
): Promise<Readable> => {
  const trx = await openSnapshot(deps.db, accountId)
  try {
    const stream = Readable.from(await open(trx), { objectMode: false })
    stream.once('close', () => {
      trx
        .rollback()
        .execute()
        .catch((error: unknown) => deps.log.debug({ err: error }, 'a download left its transaction'))
    })
    return stream
  } catch (error) {
    await trx.rollback().execute()
    throw error
  }
}

const subjectOf = async (trx: Trx, accountId: string, id: string): Promise<Subject> => {
  const run = await findRun(trx, accountId, id)
  if (!run) throw notFound()
  return { accountId, campaignId: id, runMonth: run.run_month ?? '1970-01-01', status: run.status }
}

export const streamProof = (deps: Deps, actor: Actor, id: string, now: Date): Promise<Readable> =>
  streaming(deps, actor.accountId, async (trx) => {
    const subject = await subjectOf(trx, actor.accountId, id)
    const { sum } = await readAccounting(trx, actor.accountId, id)
    checkFresh(actor, sum, now)
    return proofLines(trx, actor, subject, now)
  })

async function* differenceLines(trx: Trx, actor: Actor, subject: Subject): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(['kind', 'contact_id', 'message_id', 'address'])
  let after: { kind: string; key: string } | null = null
  for (;;) {
    const rows = await listDifferenceRows(trx, subject, after, pageRows)
    const last = rows.at(-1)
    if (!last) return
    yield rows
      .map((row) => csvLine([row.kind, row.contact_id, row.message_id, shownEmail(actor, row.address)]))
      .join('')
    after = { kind: last.kind, key: last.key }
  }
}

export const streamDifferences = (deps: Deps, actor: Actor, id: string): Promise<Readable> =>
  streaming(deps, actor.accountId, async (trx) =>
    differenceLines(trx, actor, await subjectOf(trx, actor.accountId, id)),
  )
