import { ActionIcon, Checkbox, Popover, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTexts } from '../i18n/texts.tsx'
import { type Hideable, isShown, type TableView, withColumn } from './table-view.ts'

type Props = {
  readonly columns: readonly (Hideable & { readonly header: string })[]
  readonly view: TableView
  readonly onChange: (view: TableView) => void
}

/** Which columns stand in a table, and how high its rows are. */
export const TableViewMenu = ({ columns, view, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={t('ui.table-view')}>
          <ActionIcon variant="default" size={36} aria-label={t('ui.table-view')}>
            <IconAdjustmentsHorizontal size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" miw={200}>
          <Text size="xs" c="dimmed" fw={550}>
            {t('ui.columns')}
          </Text>
          {columns
            .filter((column) => column.fixed !== true)
            .map((column) => (
              <Checkbox
                key={column.id}
                size="sm"
                label={column.header}
                checked={isShown(view, column)}
                onChange={(event) => onChange(withColumn(view, column, event.currentTarget.checked))}
              />
            ))}
          <Text size="xs" c="dimmed" fw={550} mt="xs">
            {t('ui.density')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('ui.density')}
            value={view.tight ? 'tight' : 'roomy'}
            onChange={(value) => onChange({ ...view, tight: value === 'tight' })}
            data={[
              { value: 'roomy', label: t('ui.density-roomy') },
              { value: 'tight', label: t('ui.density-tight') },
            ]}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
