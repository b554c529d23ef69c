import { Text } from '@mantine/core'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { FieldText, fieldLabel, useFields } from '../fields/index.ts'
import classes from './contact-list.module.css'
import { contactTitle } from './contact-name.ts'
import { EmailState } from './email-state.tsx'

const Name = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTexts()
  const title = contactTitle(contact, t('contacts.nameless'))
  return (
    <span className={classes.name}>
      {title}
      {contact.email === null || contact.email === title ? null : (
        <Text span size="xs" c="dimmed" hiddenFrom="sm" truncate>
          {contact.email}
        </Text>
      )}
    </span>
  )
}

const useFieldColumns = (): Column<Contact>[] => {
  const { language } = useTexts()
  return useFields().map((field) => ({
    id: `fields.${field.name}`,
    header: fieldLabel(field, language),
    hiddenAtFirst: true,
    ...(field.type === 'number' ? { align: 'end' as const } : {}),
    cell: (contact) => <FieldText type={field.type} value={contact.fields[field.name]} />,
  }))
}

const plain = ['company', 'external_id', 'language', 'country'] as const

/** Where the contact came from and when it changed. */
const useOriginColumns = (): Column<Contact>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'state',
      header: t('contacts.state'),
      hiddenAtFirst: true,
      cell: (contact) => <StatusBadge state={contact.state} label={t(`contacts.state-${contact.state}`)} />,
    },
    {
      id: 'source',
      header: t('contacts.source'),
      hiddenAtFirst: true,
      cell: (contact) => t(`contacts.source-${contact.source}`),
    },
    {
      id: 'updated',
      header: t('contacts.updated'),
      hiddenAtFirst: true,
      cell: (contact) => <Time at={contact.updated_at} />,
    },
    {
      id: 'created',
      header: t('contacts.created'),
      wide: true,
      cell: (contact) => <Time at={contact.created_at} />,
    },
  ]
}

const groupNames = (contact: Contact): string =>
  contact.groups
    .filter((group) => group.state !== 'left')
    .map((group) => group.name)
    .join(', ')

export const useContactColumns = (): Column<Contact>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'name',
      header: t('contacts.contact'),
      fixed: true,
      cell: (contact) => <Name contact={contact} />,
    },
    { id: 'email', header: t('contacts.field-email'), wide: true, cell: (contact) => contact.email },
    {
      id: 'phone',
      header: t('contacts.field-phone'),
      wide: true,
      cell: (contact) => <span className="tabular">{contact.phone}</span>,
    },
    {
      id: 'sendability',
      header: t('contacts.campaigns'),
      cell: (contact) => <EmailState contact={contact} />,
    },
    { id: 'groups', header: t('contacts.groups'), wide: true, cell: groupNames },
    ...plain.map((name) => ({
      id: name,
      header: t(`contacts.field-${name}`),
      hiddenAtFirst: true,
      cell: (contact: Contact) => contact[name],
    })),
    ...useFieldColumns(),
    ...useOriginColumns(),
  ]
}
