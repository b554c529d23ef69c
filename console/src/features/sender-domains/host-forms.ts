import type { DomainRecord, HostingGuide } from '../../../../src/sender-domains/contract.ts'

export type Written = { readonly text: string; readonly or: 'full' | 'dotted' | null }

const withDot = (name: string): string => `${name}.`

/** A name as the host's field wants it; where hosts differ, the other form too. */
export const namesFor = (record: DomainRecord, guide: HostingGuide): readonly Written[] => {
  const label = record.host === '@' ? guide.apex : record.host
  const plain: Written = { text: label, or: null }
  if (guide.name_form === 'label') return [plain]
  if (guide.name_form === 'label_or_dotted') return [plain, { text: withDot(record.name), or: 'full' }]
  return [plain, { text: record.name, or: 'full' }]
}

/** Text has no dots to think of; host names have. */
export const valuesFor = (record: DomainRecord, guide: HostingGuide): readonly Written[] => {
  const plain: Written = { text: record.value, or: null }
  if (record.type === 'TXT' || guide.value_form === 'plain') return [plain]
  if (guide.value_form === 'dotted') return [{ text: withDot(record.value), or: null }]
  return [plain, { text: withDot(record.value), or: 'dotted' }]
}
