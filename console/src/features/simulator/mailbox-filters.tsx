import { ActionIcon, Group, Indicator, Popover, Select, Stack, TextInput, Tooltip } from '@mantine/core'
import { IconFilter, IconMailOpened } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listCampaigns } from '../../../../src/campaigns/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import type { Mailbox, Place } from './place.ts'

const useCampaigns = (enabled: boolean) => {
  const { data } = useQuery({ ...read(listCampaigns, { query: { limit: 200 } }), enabled })
  return (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

const RecipientField = ({ place }: { readonly place: Place }) => {
  const { t } = useTexts()
  const [text, setText] = useState(place.filters.to ?? '')
  const apply = () => place.setFilters({ to: text.trim() === '' ? undefined : text.trim() })
  return (
    <TextInput
      label={t('simulator.filter-to')}
      description={t('simulator.filter-to-hint')}
      type="email"
      maxLength={254}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply()
      }}
      data-autofocus
    />
  )
}

type Props = {
  readonly place: Place
  readonly mailbox: Mailbox
  readonly onAllRead: (() => void) | null
}

export const MailboxFilters = ({ place, mailbox, onAllRead }: Props) => {
  const { t } = useTexts()
  const { filters, setFilters } = place
  const hasCampaigns = useMay()('email.campaigns.view') && mailbox === 'account'
  const campaigns = useCampaigns(hasCampaigns)
  const { to, campaign } = filters
  const name = campaigns.find(({ value }) => value === campaign)?.label
  const chips = [
    ...(to === undefined ? [] : [{ name: 'to', label: t('simulator.filter-to'), value: to }]),
    ...(campaign === undefined
      ? []
      : [
          {
            name: 'campaign',
            label: t('simulator.filter-campaign'),
            value: name ?? t('simulator.filter-campaign-chosen'),
          },
        ]),
  ]
  return (
    <Stack gap={8}>
      <Group gap={6} wrap="nowrap">
        <SearchField
          value={filters.q}
          onChange={(q) => setFilters({ q })}
          placeholder={t('simulator.search')}
        />
        <Popover position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Tooltip label={t('simulator.filter')}>
              <Indicator disabled={chips.length === 0} size={8} offset={4}>
                <ActionIcon variant="default" size={36} aria-label={t('simulator.filter')}>
                  <IconFilter size={18} />
                </ActionIcon>
              </Indicator>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="sm">
              <RecipientField key={to ?? ''} place={place} />
              {hasCampaigns ? (
                <Select
                  label={t('simulator.filter-campaign')}
                  placeholder={t('simulator.filter-campaign-any')}
                  data={campaigns}
                  value={campaign ?? null}
                  onChange={(id) => setFilters({ campaign: id ?? undefined })}
                  searchable
                  clearable
                  comboboxProps={{ withinPortal: false }}
                />
              ) : null}
            </Stack>
          </Popover.Dropdown>
        </Popover>
        <Tooltip label={t('simulator.mark-read')}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('simulator.mark-read')}
            disabled={onAllRead === null}
            onClick={() => onAllRead?.()}
          >
            <IconMailOpened size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <FilterChips
        chips={chips}
        onRemove={(names) => setFilters(Object.fromEntries(names.map((each) => [each, undefined])))}
      />
    </Stack>
  )
}
