import { MultiSelect, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { useGroups } from './use-groups.ts'

type Shared = {
  readonly label: string
  readonly description?: string
  readonly error?: ReactNode
  readonly placeholder?: string
  readonly required?: boolean
}

const useChoices = (without: readonly string[] = []) => {
  const { number } = useFormats()
  return useGroups()
    .filter((group) => !without.includes(group.id))
    .map((group) => ({ value: group.id, label: `${group.name} (${number(group.member_count)})` }))
}

type ManyProps = Shared & {
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly disabled?: boolean
}

/** Picks any number of groups, found by typing. */
export const GroupPicker = ({ value, onChange, ...shared }: ManyProps) => {
  const { t } = useTexts()
  return (
    <MultiSelect
      {...shared}
      data={useChoices()}
      value={[...value]}
      onChange={onChange}
      searchable
      openOnFocus={false}
      hidePickedOptions
      nothingFoundMessage={t('groups.none-found')}
    />
  )
}

type OneProps = Shared & {
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  readonly without?: readonly string[]
}

/** Picks one group. */
export const OneGroupPicker = ({ value, onChange, without, ...shared }: OneProps) => {
  const { t } = useTexts()
  return (
    <Select
      {...shared}
      data={useChoices(without)}
      value={value}
      onChange={onChange}
      searchable
      openOnFocus={false}
      clearable
      nothingFoundMessage={t('groups.none-found')}
    />
  )
}
