import { ActionIcon, Select, Tooltip } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Preview } from '../../../../../../src/campaigns/preview/contract.ts'
import { listContacts } from '../../../../../../src/contacts/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import classes from './content-step.module.css'

const hitsMax = 20

type Choice = { readonly value: string; readonly label: string }

const useContactChoice = (shown: Preview['contact'], search: string): readonly Choice[] => {
  const may = useMay()('contacts.view')
  const [q] = useDebouncedValue(search, 250)
  const wanted = shown !== null && q === labelOf(shown) ? '' : q
  const { data } = useQuery({
    ...read(listContacts, { query: { q: wanted === '' ? undefined : wanted, limit: hitsMax } }),
    placeholderData: keepPreviousData,
    enabled: may,
  })
  const found = (data?.data ?? []).map((contact) => ({
    value: contact.id,
    label: labelOf({
      name: [contact.first_name, contact.last_name].filter(Boolean).join(' '),
      email: contact.email,
    }),
  }))
  if (shown === null || found.some((one) => one.value === shown.id)) return found
  return [{ value: shown.id, label: labelOf(shown) }, ...found]
}

const labelOf = ({ name, email }: { name: string; email: string | null }): string =>
  [name, email === null ? '' : name === '' ? email : `(${email})`].filter((part) => part !== '').join(' ') ||
  '–'

type StepProps = { readonly id: string | null; readonly way: 'previous' | 'next' } & Pick<Props, 'onContact'>

const StepButton = ({ id, way, onContact }: StepProps) => {
  const { t } = useTexts()
  const label = t(`content.contact-${way}`)
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={label}
        disabled={id === null}
        onClick={() => (id === null ? undefined : onContact(id))}
      >
        {way === 'next' ? <IconChevronRight size={18} /> : <IconChevronLeft size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}

type Props = { readonly preview: Preview; readonly onContact: (id: string) => void }

/** Whose data fill the preview: any contact by name, or the neighbours one by one. */
export const ContactChooser = ({ preview, onContact }: Props) => {
  const { t } = useTexts()
  const { contact, previous_contact_id, next_contact_id } = preview
  const [search, setSearch] = useState('')
  const choice = useContactChoice(contact, search)
  return (
    <div className={classes.contact}>
      <StepButton way="previous" id={previous_contact_id} onContact={onContact} />
      <Select
        aria-label={t('content.contact')}
        placeholder={t('content.contact-none')}
        nothingFoundMessage={t('content.contact-not-found')}
        searchable
        allowDeselect={false}
        data={[...choice]}
        filter={({ options }) => options}
        value={contact?.id ?? null}
        onChange={(id) => (id === null ? undefined : onContact(id))}
        onSearchChange={setSearch}
      />
      <StepButton way="next" id={next_contact_id} onContact={onContact} />
    </div>
  )
}
