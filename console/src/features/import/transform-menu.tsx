import {
  ActionIcon,
  Checkbox,
  Indicator,
  Popover,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import type { Transform } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

type Props = {
  readonly label: string
  readonly disabled: boolean
  readonly value: readonly Transform[]
  readonly onChange: (transforms: readonly Transform[]) => void
}

const simple = ['trim', 'upper', 'lower', 'split_name'] as const
type Replace = { readonly from: string; readonly to: string }

const replaceOf = (transforms: readonly Transform[]): Replace => {
  const found = transforms.find((one) => typeof one === 'object')
  return typeof found === 'object'
    ? { from: found.replace[0] ?? '', to: found.replace[1] ?? '' }
    : { from: '', to: '' }
}

const withReplace = (transforms: readonly Transform[], { from, to }: Replace): Transform[] => [
  ...transforms.filter((one) => typeof one === 'string'),
  ...(from === '' && to === '' ? [] : [{ replace: [from, to] }]),
]

const Choices = ({ value, onChange }: Pick<Props, 'value' | 'onChange'>) => {
  const { t } = useTexts()
  const replace = replaceOf(value)
  const toggle = (one: (typeof simple)[number], on: boolean) => {
    const others = value.filter((other) => other !== one)
    // Upper and lower undo each other, so that choosing one takes the other away.
    const opposite = { upper: 'lower', lower: 'upper' }[one as string]
    onChange(on ? [...others.filter((other) => other !== opposite), one] : others)
  }
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed" fw={550}>
        {t('imports.transforms')}
      </Text>
      {simple.map((one) => (
        <Checkbox
          key={one}
          size="sm"
          label={t(`imports.transform-${one}`)}
          checked={value.includes(one)}
          onChange={(event) => toggle(one, event.currentTarget.checked)}
        />
      ))}
      <SimpleGrid cols={2} spacing="xs">
        <TextInput
          size="xs"
          label={t('imports.transform-replace')}
          maxLength={150}
          value={replace.from}
          onChange={(event) => onChange(withReplace(value, { ...replace, from: event.currentTarget.value }))}
        />
        <TextInput
          size="xs"
          label={t('imports.transform-by')}
          maxLength={150}
          value={replace.to}
          onChange={(event) => onChange(withReplace(value, { ...replace, to: event.currentTarget.value }))}
        />
      </SimpleGrid>
    </Stack>
  )
}

/** Small corrections to the values of a column on their way in. */
export const TransformMenu = ({ label, disabled, value, onChange }: Props) => (
  <Popover position="bottom-end" shadow="md" width={300} trapFocus>
    <Popover.Target>
      <Tooltip label={label}>
        <Indicator disabled={value.length === 0 || disabled} size={8} offset={4}>
          <ActionIcon variant="default" size={36} disabled={disabled} aria-label={label}>
            <IconWand size={16} />
          </ActionIcon>
        </Indicator>
      </Tooltip>
    </Popover.Target>
    <Popover.Dropdown>
      <Choices value={value} onChange={onChange} />
    </Popover.Dropdown>
  </Popover>
)
