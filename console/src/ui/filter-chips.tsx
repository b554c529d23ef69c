import { ActionIcon, Button, Group, Pill } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTexts } from '../i18n/texts.tsx'

export type FilterChip = { readonly name: string; readonly label: string; readonly value: string }

type Props = { readonly chips: readonly FilterChip[]; readonly onRemove: (names: readonly string[]) => void }

/** The filters of a view in words, each with its own way out. */
export const FilterChips = ({ chips, onRemove }: Props) => {
  const { t } = useTexts()
  if (chips.length === 0) return null
  return (
    <Group gap={6}>
      {chips.map((chip) => (
        <Pill key={chip.name} size="md" component="span">
          {chip.label}: <strong>{chip.value}</strong>
          <ActionIcon
            variant="transparent"
            size="xs"
            color="gray"
            ml={4}
            aria-label={t('ui.filter-remove', { label: chip.label })}
            onClick={() => onRemove([chip.name])}
          >
            <IconX size={12} />
          </ActionIcon>
        </Pill>
      ))}
      {chips.length < 2 ? null : (
        <Button variant="subtle" size="compact-xs" onClick={() => onRemove(chips.map((chip) => chip.name))}>
          {t('ui.filters-clear')}
        </Button>
      )}
    </Group>
  )
}
