import { Group, MultiSelect } from '@mantine/core'
import { type CampaignStatus, campaignStatuses } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useFilters } from '../../../lib/route.ts'
import { type FilterChip, FilterChips } from '../../../ui/filter-chips.tsx'
import { SearchField } from '../../../ui/search-field.tsx'

/** Approval and tests come later; nobody can be in these states yet. */
const offered = campaignStatuses.filter((status) => status !== 'in_review' && status !== 'testing')
const isStatus = (value: string): value is CampaignStatus =>
  campaignStatuses.some((status) => status === value)

export const useCampaignFilters = () => {
  const [filters, setFilters] = useFilters('q', 'status', 'label')
  const statuses = (filters.status ?? '').split(',').filter(isStatus)
  return { q: filters.q, label: filters.label, statuses, setFilters }
}

export const CampaignFilters = ({
  q,
  label,
  statuses,
  setFilters,
}: ReturnType<typeof useCampaignFilters>) => {
  const { t, find } = useTexts()
  const nameOf = (status: string) => find('states', status) ?? status
  const chips: FilterChip[] = [
    ...(q === undefined ? [] : [{ name: 'q', label: t('campaigns.name'), value: q }]),
    ...(label === undefined ? [] : [{ name: 'label', label: t('campaigns.label'), value: label }]),
    ...(statuses.length === 0
      ? []
      : [{ name: 'status', label: t('campaigns.status'), value: statuses.map(nameOf).join(', ') }]),
  ]
  return (
    <Group gap="xs">
      <SearchField
        value={q}
        onChange={(next) => setFilters({ q: next })}
        placeholder={t('campaigns.search')}
      />
      <MultiSelect
        w={{ base: '100%', sm: 220 }}
        aria-label={t('campaigns.status')}
        placeholder={t(statuses.length === 0 ? 'campaigns.every-status' : 'campaigns.status')}
        data={offered.map((status) => ({ value: status, label: nameOf(status) }))}
        value={statuses}
        onChange={(next) => setFilters({ status: next.join(',') })}
        renderPill={() => null}
        hidePickedOptions={false}
        checkIconPosition="right"
        clearable={false}
      />
      <FilterChips
        chips={chips}
        onRemove={(names) => setFilters(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </Group>
  )
}
