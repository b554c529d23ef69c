import { Chip, Group } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import type { FilterName, FilterValues } from './log-filters.ts'

const quick = ['login.succeeded', 'login.denied', 'user.invited', 'user.deleted', 'role.assigned'] as const

type Props = {
  readonly values: FilterValues
  readonly onChange: (change: Partial<Record<FilterName, string | undefined>>) => void
}

/** The questions people come with, one click each; a second click takes the filter off. */
export const QuickFilters = ({ values, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <Group gap="xs" role="group" aria-label={t('audit.quick')}>
      {quick.map((action) => (
        <Chip
          key={action}
          size="xs"
          variant="outline"
          checked={values.action === action}
          onChange={(checked) => onChange({ action: checked ? action : undefined })}
        >
          {t(`audit-actions.${action}`)}
        </Chip>
      ))}
    </Group>
  )
}
