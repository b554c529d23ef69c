import { Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { ImportAnalysis } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { ColumnBinding } from './bindings.ts'
import classes from './import.module.css'
import { useColumnWords } from './sample-table.tsx'
import { TargetPicker } from './target-picker.tsx'
import { TransformMenu } from './transform-menu.tsx'

type Props = {
  readonly column: ImportAnalysis['columns'][number]
  readonly binding: ColumnBinding
  readonly isTwice: boolean
  readonly onChange: (binding: ColumnBinding) => void
}

/** One column of the file with samples, and the field it fills. */
export const BindingRow = ({ column, binding, isTwice, onChange }: Props) => {
  const { t } = useTexts()
  const words = useColumnWords()
  const samples = column.samples.filter((sample) => sample !== '').join(' · ')
  return (
    <li className={classes.binding}>
      <div className={classes.column}>
        <Text fw={550} truncate>
          {words(column)}
        </Text>
        <Text size="sm" c="dimmed" truncate title={samples}>
          {samples === '' ? t('imports.no-samples') : samples}
        </Text>
      </div>
      <IconArrowRight size={18} className={classes.arrow} aria-hidden />
      <TargetPicker
        label={t('imports.target-of', { column: words(column) })}
        value={binding.field}
        onChange={(field) => onChange({ ...binding, field })}
        newFieldLabel={words(column)}
        samples={column.samples}
        error={isTwice ? t('imports.bound-twice') : null}
      />
      <TransformMenu
        disabled={binding.field === null}
        label={t('imports.transforms-of', { column: words(column) })}
        value={binding.transforms}
        onChange={(transforms) => onChange({ ...binding, transforms })}
      />
    </li>
  )
}
