import { isIP } from 'node:net'
import { Parser } from 'htmlparser2'

const rowsMax = 10_000
const textCharsMax = 300

export type ReportRow = {
  readonly source: string
  readonly messages: number
  readonly disposition: 'none' | 'quarantine' | 'reject'
  readonly dkim: boolean
  readonly spf: boolean
  readonly headerFrom: string
}
export type AggregateReport = {
  readonly org: string
  readonly reportId: string
  readonly begin: Date
  readonly end: Date
  readonly domain: string
  readonly policy: string | null
  readonly rows: readonly ReportRow[]
}

type Texts = Map<string, string>

/** Texts by their path, `record` by `record`; neither entities nor references are followed. */
const readTexts = (xml: string): { readonly head: Texts; readonly records: readonly Texts[] } => {
  const head: Texts = new Map()
  const records: Texts[] = []
  const path: string[] = []
  const parser = new Parser(
    {
      onopentag: (name) => {
        // Some reporters write a namespace.
        path.push(name.slice(name.indexOf(':') + 1).toLowerCase())
        if (path.length === 2 && path[1] === 'record' && records.length < rowsMax) records.push(new Map())
      },
      ontext: (text) => {
        const target = path[1] === 'record' ? records.at(-1) : head
        const key = path.slice(path[1] === 'record' ? 2 : 1).join('/')
        if (target && key !== '') target.set(key, ((target.get(key) ?? '') + text).slice(0, textCharsMax))
      },
      onclosetag: () => path.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  return { head, records }
}

const textOf = (texts: Texts, key: string): string => texts.get(key)?.trim() ?? ''

const dispositions = ['none', 'quarantine', 'reject'] as const

const toRow = (texts: Texts): ReportRow | null => {
  const source = textOf(texts, 'row/source_ip')
  const count = textOf(texts, 'row/count')
  if (isIP(source) === 0 || !/^\d{1,9}$/.test(count)) return null
  const applied = textOf(texts, 'row/policy_evaluated/disposition').toLowerCase()
  return {
    source,
    messages: Number(count),
    disposition: dispositions.find((known) => known === applied) ?? 'none',
    dkim: textOf(texts, 'row/policy_evaluated/dkim').toLowerCase() === 'pass',
    spf: textOf(texts, 'row/policy_evaluated/spf').toLowerCase() === 'pass',
    headerFrom: textOf(texts, 'identifiers/header_from').toLowerCase(),
  }
}

/** Seconds since 1970, within what a date can be. */
const timeOf = (text: string): Date | null =>
  /^\d{9,10}$/.test(text) ? new Date(Number(text) * 1_000) : null

/** Reads an aggregate report (RFC 7489, appendix C); null for everything that is none. */
export const parseReport = (xml: string): AggregateReport | null => {
  const { head, records } = readTexts(xml)
  const begin = timeOf(textOf(head, 'report_metadata/date_range/begin'))
  const end = timeOf(textOf(head, 'report_metadata/date_range/end'))
  const domain = textOf(head, 'policy_published/domain').toLowerCase().replace(/\.$/, '')
  const reportId = textOf(head, 'report_metadata/report_id')
  if (!begin || !end || end < begin || domain === '' || reportId === '') return null
  return {
    org: textOf(head, 'report_metadata/org_name') || textOf(head, 'report_metadata/email') || '?',
    reportId,
    begin,
    end,
    domain,
    policy: textOf(head, 'policy_published/p') || null,
    rows: records.flatMap((record) => toRow(record) ?? []),
  }
}
