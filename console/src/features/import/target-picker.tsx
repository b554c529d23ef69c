import { Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { FieldDrawer } from '../fields/index.ts'
import { guessType } from './guess-type.ts'
import { useTargets } from './targets.ts'

type Props = {
  readonly label: string
  readonly value: string | null
  readonly onChange: (field: string | null) => void
  /** A field made here starts with this label: the heading of the column. */
  readonly newFieldLabel: string
  /** Values of the column, by which the type of a new field is proposed. */
  readonly samples?: readonly string[]
  readonly error?: ReactNode
}

// Words no field can have as its name.
const ignore = '-'
const create = '+'

/** A platform field, nothing, or a new field made on the spot. */
export const TargetPicker = ({ label, value, onChange, newFieldLabel, samples = [], error }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const targets = useTargets()
  const [creating, drawer] = useDisclosure(false)
  const choose = (chosen: string | null) => {
    if (chosen === create) drawer.open()
    else onChange(chosen === ignore ? null : chosen)
  }
  return (
    <>
      <Select
        aria-label={label}
        data={[
          {
            group: t('imports.targets-other'),
            items: [
              { value: ignore, label: t('imports.ignore') },
              ...(may('contacts.fields.edit') ? [{ value: create, label: t('imports.new-field') }] : []),
            ],
          },
          ...targets,
        ]}
        value={value ?? ignore}
        onChange={choose}
        allowDeselect={false}
        searchable
        maxDropdownHeight={360}
        nothingFoundMessage={t('ui.no-match')}
        error={error}
      />
      <FieldDrawer
        opened={creating}
        onClose={drawer.close}
        start={{ label: newFieldLabel, type: guessType(samples) }}
        onSaved={(field) => onChange(`fields.${field.name}`)}
      />
    </>
  )
}
