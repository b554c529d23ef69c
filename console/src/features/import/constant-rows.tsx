import { ActionIcon, Button, Card, Stack, Text, TextInput, Title } from '@mantine/core'
import { useId } from '@mantine/hooks'
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import type { ConstantBinding } from './bindings.ts'
import classes from './import.module.css'
import { TargetPicker } from './target-picker.tsx'

type RowProps = {
  readonly binding: ConstantBinding
  readonly isTwice: boolean
  readonly onChange: (part: Partial<ConstantBinding>) => void
  readonly onRemove: () => void
}

const ConstantRow = ({ binding, isTwice, onChange, onRemove }: RowProps) => {
  const { t } = useTexts()
  return (
    <li className={classes.binding}>
      <TextInput
        className={classes.column ?? ''}
        aria-label={t('imports.constant-value')}
        placeholder={t('imports.constant-value')}
        maxLength={500}
        value={binding.constant}
        onChange={(event) => onChange({ constant: event.currentTarget.value })}
      />
      <IconArrowRight size={18} className={classes.arrow} aria-hidden />
      <TargetPicker
        label={t('imports.constant-target')}
        value={binding.field}
        onChange={(field) => onChange({ field })}
        newFieldLabel=""
        error={isTwice ? t('imports.bound-twice') : null}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('imports.constant-remove')}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}

type Props = {
  readonly constants: readonly ConstantBinding[]
  readonly twice: ReadonlySet<string>
  readonly onChange: (constants: readonly ConstantBinding[]) => void
}

/** Values that every row gets, such as the language of a whole file. */
export const ConstantRows = ({ constants, twice, onChange }: Props) => {
  const { t } = useTexts()
  const id = useId()
  const added = useRef(0)
  const add = () => {
    added.current += 1
    onChange([...constants, { key: `${id} ${added.current}`, field: null, constant: '' }])
  }
  const change = (key: string, part: Partial<ConstantBinding>) =>
    onChange(constants.map((one) => (one.key === key ? { ...one, ...part } : one)))
  return (
    <Card withBorder padding={0}>
      <Card.Section px="lg" py="md" mx={0} withBorder={constants.length > 0}>
        <Stack gap={4} align="flex-start">
          <Title order={2}>{t('imports.constants')}</Title>
          <Text size="sm" c="dimmed">
            {t('imports.constants-text')}
          </Text>
          <Button mt="xs" size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('imports.constant-add')}
          </Button>
        </Stack>
      </Card.Section>
      <ul className={classes.bindings}>
        {constants.map((one) => (
          <ConstantRow
            key={one.key}
            binding={one}
            isTwice={one.field !== null && twice.has(one.field)}
            onChange={(part) => change(one.key, part)}
            onRemove={() => onChange(constants.filter((other) => other.key !== one.key))}
          />
        ))}
      </ul>
    </Card>
  )
}
