import { Button, Code, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { type Field, listFields } from '../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { FieldActions } from './field-actions.tsx'
import { FieldDrawer } from './field-drawer.tsx'
import { fieldLabel } from './field-label.ts'
import { FieldText } from './field-text.tsx'

const useColumns = (onEdit: (field: Field) => void): Column<Field>[] => {
  const { t, language } = useTexts()
  return [
    {
      id: 'label',
      header: t('fields.label'),
      fixed: true,
      cell: (field) => fieldLabel(field, language),
    },
    { id: 'name', header: t('fields.name'), cell: (field) => <Code>{field.name}</Code> },
    {
      id: 'type',
      header: t('fields.type'),
      cell: (field) => t(`fields.type-${field.type}`),
    },
    {
      id: 'description',
      header: t('fields.description'),
      wide: true,
      cell: (field) => (
        <Text span size="sm" c="dimmed">
          {field.description}
        </Text>
      ),
    },
    {
      id: 'default',
      header: t('fields.default'),
      wide: true,
      cell: (field) => <FieldText type={field.type} value={field.default} />,
    },
    {
      id: 'created',
      header: t('fields.created'),
      wide: true,
      cell: (field) => <Time at={field.created_at} />,
    },
    {
      id: 'actions',
      header: '',
      fixed: true,
      align: 'end',
      cell: (field) => <FieldActions field={field} onEdit={() => onEdit(field)} />,
    },
  ]
}

const NewButton = ({ onClick }: { readonly onClick: () => void }) => {
  const { t } = useTexts()
  const may = useMay()
  return may('contacts.fields.edit') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
      {t('fields.new')}
    </Button>
  ) : null
}

export const FieldListPage = () => {
  const { t } = useTexts()
  const archived = useLocation().pathname.endsWith('/archive')
  const [opened, drawer] = useDisclosure(false)
  const [field, setField] = useState<Field | null>(null)
  const pages = usePages(listFields, { query: { limit: 100, archived } })
  const open = (chosen: Field | null) => {
    setField(chosen)
    drawer.open()
  }
  const mayEdit = useMay()('contacts.fields.edit')
  const columns = useColumns(open)
  const add = () => open(null)
  return (
    <Page title={t('fields.title')} purpose={t('fields.purpose')} action={<NewButton onClick={add} />}>
      <PageTabs
        label={t('fields.title')}
        tabs={[
          { to: '/contacts/fields', label: t('fields.tab-active') },
          { to: '/contacts/fields/archive', label: t('fields.tab-archive') },
        ]}
      />
      <DataTable
        id="fields"
        label={t('fields.title')}
        columns={columns}
        pages={pages}
        rowKey={(field) => field.name}
        {...(mayEdit ? { onOpen: open } : {})}
        empty={
          archived ? (
            <EmptyState art={<Sheet />} title={t('fields.archive-empty')} />
          ) : (
            <EmptyState art={<Sheet />} title={t('fields.empty')} action={<NewButton onClick={add} />}>
              {t('fields.empty-text')}
            </EmptyState>
          )
        }
      />
      <FieldDrawer opened={opened} onClose={drawer.close} field={field} />
    </Page>
  )
}
