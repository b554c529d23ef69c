import { ColorSwatch, Group, MultiSelect, type MultiSelectProps, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import type { GroupChoice } from './group-choice.ts'

const groupsMax = 50

type Props = Pick<MultiSelectProps, 'label' | 'description' | 'value' | 'onChange' | 'error'> & {
  readonly choice: GroupChoice
  /** Groups of the other picker: nobody is wanted and unwanted at once. */
  readonly taken: readonly string[]
}

/** Groups with their colour and how many people are in them. */
export const GroupPicker = ({ choice, taken, ...props }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const byId = new Map(choice.groups.map((group) => [group.id, group]))
  return (
    <MultiSelect
      searchable
      clearable
      hidePickedOptions={false}
      maxValues={groupsMax}
      nothingFoundMessage={t('audience.no-group-found')}
      placeholder={props.value?.length ? '' : t('audience.choose')}
      data={choice.groups.map((group) => ({
        value: group.id,
        label: `${group.name} (${formats.number(group.member_count)})`,
        disabled: taken.includes(group.id),
      }))}
      renderOption={({ option, checked }) => {
        const group = byId.get(option.value)
        return (
          <Group justify="space-between" wrap="nowrap" flex={1}>
            <Group gap="xs" wrap="nowrap">
              <ColorSwatch size={12} color={`var(--mantine-color-${group?.colour ?? 'gray'}-6)`} />
              <Text size="sm" truncate>
                {group?.name}
              </Text>
              {checked === true ? <IconCheck size={14} /> : null}
            </Group>
            <Text size="xs" c="dimmed" className="tabular">
              {formats.number(group?.member_count ?? 0)}
            </Text>
          </Group>
        )
      }}
      {...props}
    />
  )
}
