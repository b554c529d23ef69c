import { actorTypes } from '../../../../src/audit/contract.ts'
import { type AuditAction, auditActions, auditSections } from '../../../../src/http/audit-actions/contract.ts'
import { useFormats, useTexts, useTongue } from '../../i18n/texts.tsx'
import { endOfDay, startOfDay } from '../../lib/day-bounds.ts'
import { useFilters } from '../../lib/route.ts'
import type { FilterChip } from '../../ui/filter-chips.tsx'

const names = [
  'q',
  'from',
  'to',
  'action',
  'section',
  'user',
  'actor',
  'address',
  'object',
  'result',
] as const
export type FilterName = (typeof names)[number]
export type FilterValues = Readonly<Partial<Record<FilterName, string>>>

export const results = ['ok', 'denied', 'error'] as const
const oneOf = <V extends string>(values: readonly V[], text: string | undefined): V | undefined =>
  values.find((value) => value === text)
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The filters of the address as the API takes them; words nobody could have chosen are left out. */
const toQuery = (values: FilterValues, zone: string) => ({
  q: values.q,
  from: startOfDay(values.from, zone),
  to: endOfDay(values.to, zone),
  action: oneOf<AuditAction>(auditActions, values.action),
  section: oneOf(auditSections, values.section),
  user_id: values.user !== undefined && uuid.test(values.user) ? values.user : undefined,
  actor_type: oneOf(actorTypes, values.actor),
  address: values.address,
  object_id: values.object,
  result: oneOf(results, values.result),
})
export type LogQuery = ReturnType<typeof toQuery>

const queryNames = {
  q: 'q',
  from: 'from',
  to: 'to',
  action: 'action',
  section: 'section',
  user: 'user_id',
  actor: 'actor_type',
  address: 'address',
  object: 'object_id',
  result: 'result',
} as const satisfies Record<FilterName, keyof LogQuery>

const useChips = (values: FilterValues, query: LogQuery): readonly FilterChip[] => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const day = (value: string) => formats.date(`${value}T12:00:00Z`)
  const same = (value: string) => value
  const kinds: Record<FilterName, { label: string; word: (value: string) => string }> = {
    q: { label: t('audit.search'), word: same },
    from: { label: t('audit.from'), word: day },
    to: { label: t('audit.to'), word: day },
    action: { label: t('audit.action'), word: (value) => find('audit-actions', value) ?? value },
    section: { label: t('audit.section'), word: (value) => find('audit', `section-${value}`) ?? value },
    user: { label: t('audit.actor'), word: same },
    actor: { label: t('audit.actor-type'), word: (value) => find('audit', `actor-${value}`) ?? value },
    address: { label: t('audit.address'), word: same },
    object: { label: t('audit.object-id'), word: same },
    result: { label: t('audit.result'), word: (value) => find('audit', `result-${value}`) ?? value },
  }
  return names.flatMap((name) => {
    const value = values[name]
    if (value === undefined || name === 'q' || query[queryNames[name]] === undefined) return []
    return [{ name, label: kinds[name].label, value: kinds[name].word(value) }]
  })
}

/** The filters of the log, kept in the address so that a link shows the same view. */
export const useLogFilters = () => {
  const [values, change] = useFilters(...names)
  const { zone } = useTongue()
  const query = toQuery(values, zone)
  return {
    values,
    change,
    query,
    chips: useChips(values, query),
    any: Object.values(query).some((value) => value !== undefined),
  }
}
export type LogFilters = ReturnType<typeof useLogFilters>
