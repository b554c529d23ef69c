import { Readable } from 'node:stream'
import { openSnapshot, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { byteOrderMark, type CsvCell, csvLine } from '../../lib/csv.ts'
import type { Recipient, RecipientFilter } from '../contract.ts'
import { getCampaign } from '../report.ts'
import { countRecipients, listRecipientRows, type RowFilter } from './queries.ts'
import { toRecipient, toRowFilter } from './recipient.ts'

const pageRows = 1_000
/** More rows with addresses ask for a fresh confirmation (contacts.md §5). */
const rowsFreelyMax = 10_000

const columns: Readonly<Record<string, (recipient: Recipient) => CsvCell>> = {
  email: (row) => row.address,
  name: (row) => row.contact_name,
  state: (row) => row.state,
  reason: (row) => row.reason,
  delivery_status: (row) => row.delivery_status,
  bounce: (row) => row.bounce?.class ?? null,
  answer_code: (row) => row.answer?.code ?? null,
  answer_text: (row) => row.answer?.text ?? null,
  attempts: (row) => row.attempts,
  opens: (row) => row.opened_all,
  clicks: (row) => row.clicked_all,
  unsubscribed_at: (row) => row.unsubscribed_at,
  complained_at: (row) => row.complained_at,
  planned_at: (row) => row.planned_at,
  handed_at: (row) => row.handed_at,
  final_at: (row) => row.final_at,
  message_id: (row) => row.message_id,
  contact_id: (row) => row.contact_id,
}

const checkRights = (actor: Actor, rows: number, now: Date): void => {
  const until = actor.freshGeneralUntil ?? actor.freshFactorsUntil
  if (rows > rowsFreelyMax && (!until || until <= now)) {
    throw new AppError('step_up_required', 403, '', { purpose: 'general' })
  }
}

async function* lines(trx: Trx, actor: Actor, id: string, filter: RowFilter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns))
  let after: string | null = null
  for (;;) {
    const rows = await listRecipientRows(trx, actor.accountId, id, filter, after, pageRows)
    if (rows.length === 0) return
    const recipients = rows.map((row) => toRecipient(actor, row))
    yield recipients
      .map((recipient) => csvLine(Object.values(columns).map((cell) => cell(recipient))))
      .join('')
    after = rows.at(-1)?.recipient_key ?? null
  }
}

/**
 * Streams all recipients as they were at one moment. The transaction lives as long as the download: a caller who goes
 * away ends it.
 */
export const exportCampaignRecipients = async (
  deps: Deps,
  actor: Actor,
  id: string,
  given: RecipientFilter,
  now: Date,
): Promise<Readable> => {
  if (!actor.permissions.has('email.recipients.view')) {
    throw new AppError('permission_denied', 403, '', { permission: 'email.recipients.view' })
  }
  const filter = toRowFilter(actor, given)
  const trx = await openSnapshot(deps.db, actor.accountId)
  try {
    await getCampaign(trx, actor.accountId, id)
    checkRights(actor, await countRecipients(trx, actor.accountId, id, filter), now)
  } catch (error) {
    await trx.rollback().execute()
    throw error
  }
  const stream = Readable.from(lines(trx, actor, id, filter), { objectMode: false })
  stream.once('close', () => {
    trx
      .rollback()
      .execute()
      .catch((error: unknown) => deps.log.debug({ err: error }, 'export left its transaction'))
  })
  return stream
}
