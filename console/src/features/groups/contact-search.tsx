import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Contact, listContacts } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'

type Choice = { readonly value: string; readonly label: string }

const toChoice = (contact: Contact): Choice => {
  const name = [contact.first_name, contact.last_name].filter((part) => part !== null).join(' ')
  const key = contact.email ?? contact.phone ?? contact.external_id ?? contact.id
  return { value: contact.id, label: name === '' ? key : `${name} · ${key}` }
}

type Props = { readonly value: readonly string[]; readonly onChange: (ids: string[]) => void }

const choicesMax = 20

/** Contacts found by typing; the chosen ones keep their words while the search goes on. */
export const ContactSearch = ({ value, onChange }: Props) => {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 200)
  const [chosen, setChosen] = useState<readonly Choice[]>([])
  const found = useQuery({
    ...read(listContacts, { query: { limit: choicesMax, q: query === '' ? undefined : query } }),
    placeholderData: keepPreviousData,
  })
  const choices = (found.data?.data ?? []).map(toChoice)
  const all = [...chosen, ...choices.filter((one) => !chosen.some((other) => other.value === one.value))]
  const change = (ids: string[]) => {
    setChosen(all.filter((one) => ids.includes(one.value)))
    onChange(ids)
  }
  return (
    <MultiSelect
      label={t('groups.find-contacts')}
      data={all}
      // The server has searched already, in more than the words shown.
      filter={({ options }) => options}
      value={[...value]}
      onChange={change}
      searchValue={text}
      onSearchChange={setText}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('ui.no-match')}
      data-autofocus
    />
  )
}
