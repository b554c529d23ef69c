import { Box, Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { countContacts, listContacts } from '../../../../src/contacts/contract.ts'
import { slots } from '../../app/slots.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { useSeesPersonalData } from '../../lib/personal-data.ts'
import { read, usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { useShortcut } from '../../lib/shortcuts.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { AddContactDrawer } from './add-contact-drawer.tsx'
import { ContactBulk } from './contact-bulk.tsx'
import { useContactColumns } from './contact-columns.tsx'
import { ContactFilterMenu } from './contact-filter-menu.tsx'
import { useContactFilters } from './contact-filters.ts'
import classes from './contact-list.module.css'

const ImportButton = ({ variant }: { readonly variant: string }) => {
  const { t } = useTexts()
  const may = useMay()
  return may('contacts.import.run') ? (
    <Button
      component={Link}
      to="/contacts/imports/new"
      variant={variant}
      leftSection={<IconUpload size={16} />}
    >
      {t('contacts.import')}
    </Button>
  ) : null
}

const Empty = ({ filtered }: { readonly filtered: boolean }) => {
  const { t } = useTexts()
  const DemoData = slots.demoData
  if (filtered) {
    return (
      <EmptyState art={<People />} title={t('ui.no-match')}>
        {t('contacts.no-match-text')}
      </EmptyState>
    )
  }
  return (
    <>
      <EmptyState art={<People />} title={t('contacts.empty')} action={<ImportButton variant="filled" />}>
        {t('contacts.empty-text')}
      </EmptyState>
      {DemoData === null ? null : (
        <Box p="md">
          <DemoData />
        </Box>
      )}
    </>
  )
}

const Count = ({ count, filtered }: { readonly count: number | undefined; readonly filtered: boolean }) => {
  const { t } = useTexts()
  const whole = useSeesPersonalData()
  return (
    <div className={classes.count}>
      <Text fw={600} className="tabular" role="status">
        {count === undefined ? '…' : t(filtered ? 'contacts.count-match' : 'contacts.count', { count })}
      </Text>
      {whole ? null : (
        <Text size="sm" c="dimmed">
          {t('contacts.masked')}
        </Text>
      )}
    </div>
  )
}

const useContactList = () => {
  const filters = useContactFilters()
  const pages = usePages(listContacts, { query: { ...filters.query, limit: 100 } })
  const count = useQuery(read(countContacts, { query: filters.query })).data?.count
  useLive('contact', listContacts, countContacts)
  return { filters, pages, count }
}

const AddButton = ({ onClick }: { readonly onClick: () => void }): ReactNode => {
  const { t } = useTexts()
  useShortcut(['n'], 'contacts.add', onClick)
  return (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
      {t('contacts.add')}
    </Button>
  )
}

type ToolbarProps = { readonly filters: ReturnType<typeof useContactFilters> }

const Toolbar = ({ filters }: ToolbarProps) => {
  const { t } = useTexts()
  const whole = useSeesPersonalData()
  return (
    <>
      <SearchField
        value={filters.values.q}
        onChange={(q) => filters.change({ q })}
        placeholder={t(whole ? 'contacts.search' : 'contacts.search-masked')}
      />
      <ContactFilterMenu values={filters.values} onChange={filters.change} />
      <FilterChips
        chips={filters.chips}
        onRemove={(names) => filters.change(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  )
}

export const ContactListPage = () => {
  const { t } = useTexts()
  const may = useMay()
  const [adding, drawer] = useDisclosure(false)
  const { filters, pages, count } = useContactList()
  const bulk = (keys: readonly string[], clear: () => void, everything: boolean) => (
    <ContactBulk
      keys={keys}
      clear={clear}
      filter={everything ? filters.query : null}
      count={everything ? (count ?? keys.length) : keys.length}
    />
  )
  const mayBulk = may('contacts.groups.edit') || may('contacts.delete')
  return (
    <Page
      title={t('contacts.title')}
      action={
        <>
          <ImportButton variant="default" />
          {may('contacts.create') ? <AddButton onClick={drawer.open} /> : null}
        </>
      }
    >
      <Count count={count} filtered={filters.any} />
      <DataTable
        id="contacts"
        label={t('contacts.title')}
        columns={useContactColumns()}
        pages={pages}
        rowKey={(contact) => contact.id}
        rowTo={(contact) => `/contacts/${contact.id}`}
        matching={count}
        toolbar={<Toolbar filters={filters} />}
        {...(mayBulk ? { bulk } : {})}
        empty={<Empty filtered={filters.any} />}
      />
      <AddContactDrawer opened={adding} onClose={drawer.close} />
    </Page>
  )
}
