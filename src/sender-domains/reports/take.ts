import { simpleParser } from 'mailparser'
import { findDirectoryEntry } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { parseReport } from './parse.ts'
import { insertReport } from './queries.ts'
import { unpackReports } from './unpack.ts'

const attachmentsMax = 10
const mailBytesMax = 10_000_000

/** `none`: no report in it. `unknown`: of a domain that nobody here has proven. `repeated`: it was taken before. */
export type DmarcTaken = 'taken' | 'repeated' | 'unknown' | 'none'

const documentsOf = async (raw: Buffer): Promise<string[]> => {
  if (raw.length > mailBytesMax) return []
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  const parts = mail.attachments.slice(0, attachmentsMax).map(({ content }) => content)
  return parts.flatMap((part) => unpackReports(part)).map((xml) => xml.toString('utf8'))
}

/** Takes the aggregate reports of a mail to a rua address; a mail without one is told by its answer. */
export const takeDmarcReport = async (deps: Deps, raw: Buffer): Promise<DmarcTaken> => {
  const documents = await documentsOf(raw)
  let answer: DmarcTaken = 'none'
  for (const xml of documents) {
    const report = parseReport(xml)
    if (!report) continue
    const holder = await findDirectoryEntry(deps.db, 'sender_domain', report.domain)
    if (!holder) {
      answer = answer === 'none' ? 'unknown' : answer
      continue
    }
    const { target_account_id: accountId, target_id: domainId } = holder
    const id = uuidV7(deps.clock.now())
    const fresh = await inAccount(deps.db, accountId, (trx) =>
      insertReport(trx, accountId, domainId, id, report),
    )
    if (fresh) answer = 'taken'
    else if (answer !== 'taken') answer = 'repeated'
  }
  return answer
}
