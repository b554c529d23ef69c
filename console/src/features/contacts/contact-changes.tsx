import { Group as Row, Text } from '@mantine/core'
import { listContactChanges } from '../../../../src/contacts/changes/contract.ts'
import type { Contact } from '../../../../src/contacts/contract.ts'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Clock } from '../../ui/illustrations.tsx'
import { fieldLabel, useFields } from '../fields/index.ts'
import { useGroups } from '../groups/index.ts'
import classes from './contact-page.module.css'

type Change = ReplyOf<typeof listContactChanges>['data'][number]

const show = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Groups are recorded by id, so that a later name does not change the past; people read the name. */
const useShow = () => {
  const groups = useGroups()
  return (field: string, value: unknown): string =>
    field === 'group' ? (groups.find((group) => group.id === value)?.name ?? show(value)) : show(value)
}

const useFieldWords = () => {
  const { find, language } = useTexts()
  const fields = useFields()
  return (name: string): string => {
    const own = fields.find((field) => `fields.${field.name}` === name)
    return own === undefined ? (find('contacts', `field-${name}`) ?? name) : fieldLabel(own, language)
  }
}

const useColumns = (): Column<Change>[] => {
  const { t, find } = useTexts()
  const wordsOf = useFieldWords()
  const words = useShow()
  return [
    { id: 'at', header: t('contacts.when'), fixed: true, cell: (change) => <Time at={change.at} /> },
    { id: 'field', header: t('contacts.field'), cell: (change) => wordsOf(change.field) },
    {
      id: 'value',
      header: t('contacts.change'),
      cell: (change) => (
        <Row gap={8} component="span" wrap="nowrap">
          <span className={classes.old}>{words(change.field, change.old)}</span>
          <span aria-hidden>→</span>
          <span>{words(change.field, change.new)}</span>
        </Row>
      ),
    },
    {
      id: 'actor',
      header: t('contacts.by'),
      wide: true,
      cell: (change) => (
        <Text span size="sm">
          {change.actor.name ?? find('contacts', `source-${change.actor.kind}`) ?? change.actor.kind}
        </Text>
      ),
    },
  ]
}

/** Who changed which field, newest first. */
export const ContactChanges = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTexts()
  const pages = usePages(listContactChanges, { params: { id: contact.id }, query: { limit: 50 } })
  useLive('contact', listContactChanges)
  return (
    <DataTable
      id="contact-changes"
      label={t('contacts.changes')}
      columns={useColumns()}
      pages={pages}
      rowKey={(change) => change.id}
      empty={
        <EmptyState art={<Clock />} title={t('contacts.no-changes')}>
          {t('contacts.no-changes-text')}
        </EmptyState>
      }
    />
  )
}
