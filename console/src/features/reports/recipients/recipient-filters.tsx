import { Button, Menu } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { deliveryStatuses, messageStates } from '../../../../../src/campaigns/run/contract.ts'
import type { RecipientFilter } from '../../../../../src/reports/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useFilters } from '../../../lib/route.ts'
import { type FilterChip, FilterChips } from '../../../ui/filter-chips.tsx'
import { SearchField } from '../../../ui/search-field.tsx'

const names = [
  'q',
  'state',
  'reason',
  'delivery_status',
  'delivered',
  'bounce',
  'opened',
  'clicked',
  'position',
  'unsubscribed',
] as const
type Name = (typeof names)[number]

const states = [...messageStates, 'pending'] as const
const bounces = ['hard', 'soft', 'block'] as const
const flag = (value: string | undefined): boolean | undefined =>
  value === 'true' ? true : value === 'false' ? false : undefined
const oneOf = <V extends string>(values: readonly V[], value: string | undefined): V | undefined =>
  values.find((one) => one === value)

/** The filters of the address, as far as the server knows them. */
export const useRecipientFilters = () => {
  const [given, setFilters] = useFilters(...names)
  const position = /^\d{1,5}$/.test(given.position ?? '') ? Number(given.position) : undefined
  const query = {
    q: given.q,
    state: oneOf(states, given.state),
    reason: given.reason,
    delivery_status: oneOf(deliveryStatuses, given.delivery_status),
    delivered: flag(given.delivered),
    bounce: oneOf(bounces, given.bounce),
    opened: flag(given.opened),
    clicked: flag(given.clicked),
    position,
    unsubscribed: flag(given.unsubscribed),
  }
  const set = Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as RecipientFilter
  return { given, query, set, setFilters, isFiltered: Object.keys(set).length > 0 }
}
export type RecipientFilters = ReturnType<typeof useRecipientFilters>

const useChips = ({ set }: RecipientFilters): readonly FilterChip[] => {
  const { t, find } = useTexts()
  const words = (name: Name, value: string): string => {
    if (name === 'state') return find('states', value) ?? value
    if (name === 'reason') return find('reasons', value) ?? value
    if (name === 'bounce') return t(`reports.bounce-${value as 'hard'}`)
    if (name === 'delivery_status') return find('states', value) ?? value
    if (value === 'true') return t('ui.yes')
    return value === 'false' ? t('ui.no') : value
  }
  return names
    .filter((name) => set[name] !== undefined)
    .map((name) => ({
      name,
      label: t(`reports.filter-${name}`),
      value: words(name, String(set[name])),
    }))
}

const offers: readonly { readonly name: Name; readonly value: string }[] = [
  ...(['accepted', 'pending', 'rejected', 'suppressed', 'uncertain'] as const).map((value) => ({
    name: 'state' as const,
    value,
  })),
]
const reactions: readonly { readonly name: Name; readonly value: string }[] = [
  { name: 'opened', value: 'true' },
  { name: 'opened', value: 'false' },
  { name: 'clicked', value: 'true' },
  { name: 'clicked', value: 'false' },
  { name: 'unsubscribed', value: 'true' },
]

const FilterMenu = ({ setFilters }: RecipientFilters) => {
  const { t, find } = useTexts()
  return (
    <Menu position="bottom-start" shadow="md" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconFilter size={16} />}>
          {t('reports.filter')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('reports.filter-state')}</Menu.Label>
        {offers.map(({ value }) => (
          <Menu.Item key={value} onClick={() => setFilters({ state: value, reason: undefined })}>
            {find('states', value)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('reports.filter-bounce')}</Menu.Label>
        {bounces.map((value) => (
          <Menu.Item key={value} onClick={() => setFilters({ bounce: value })}>
            {t(`reports.bounce-${value}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('reports.reactions')}</Menu.Label>
        {reactions.map(({ name, value }) => (
          <Menu.Item key={`${name} ${value}`} onClick={() => setFilters({ [name]: value })}>
            {t(`reports.offer-${name as 'opened'}-${value as 'true'}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export const RecipientToolbar = ({ filters }: { readonly filters: RecipientFilters }) => {
  const { t } = useTexts()
  const { given, setFilters } = filters
  return (
    <>
      <SearchField
        value={given.q}
        onChange={(q) => setFilters({ q })}
        placeholder={t('reports.search-recipients')}
      />
      <FilterMenu {...filters} />
      <FilterChips
        chips={useChips(filters)}
        onRemove={(gone) => setFilters(Object.fromEntries(gone.map((name) => [name, undefined])))}
      />
    </>
  )
}
