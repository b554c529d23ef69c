import { Alert, Badge, Button, Code, Group, Select, Text, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './api-docs.module.css'
import { type Attempt, addressFor, attempt, shownCharactersMax } from './attempt.ts'
import type { Operation, Parameter, Resolve } from './openapi.ts'

const Answer = ({ answer }: { readonly answer: Attempt }) => {
  const { t } = useTexts()
  const formats = useFormats()
  if (answer.kind === 'silence') return <Alert color="red">{t('api-docs.try-no-answer')}</Alert>
  return (
    <div>
      <Group gap="xs" mb={6} role="status">
        <Badge color={answer.status < 400 ? 'green' : 'red'} variant="light" radius="sm" tt="none">
          {t('api-docs.try-status', { status: answer.status, ms: formats.number(answer.ms) })}
        </Badge>
        {answer.kind === 'text' ? <CopyButton value={answer.text} /> : null}
      </Group>
      {answer.kind === 'file' ? (
        <Text size="sm">{t('api-docs.try-file', { size: formats.bytes(answer.bytes) })}</Text>
      ) : (
        // Focusable, because what scrolls must be reachable by the keyboard.
        <Code block className={classes.answer ?? ''} tabIndex={0}>
          {answer.text}
        </Code>
      )}
      {answer.kind === 'text' && answer.cut ? (
        <Text size="xs" c="dimmed">
          {t('api-docs.try-cut', { size: formats.bytes(shownCharactersMax) })}
        </Text>
      ) : null}
    </div>
  )
}

type FieldProps = {
  readonly parameter: Parameter
  readonly resolve: Resolve
  readonly value: string
  readonly missing: boolean
  readonly onChange: (value: string) => void
}

const Field = ({ parameter, resolve, value, missing, onChange }: FieldProps) => {
  const { t } = useTexts()
  const { enum: values } = resolve(parameter.schema).schema
  const label = parameter.name
  const required = parameter.required === true
  if (values !== undefined) {
    return (
      <Select
        size="xs"
        label={label}
        required={required}
        clearable
        data={values.map(String)}
        value={value === '' ? null : value}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  }
  return (
    <TextInput
      size="xs"
      label={label}
      required={required}
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      error={missing ? t('api-docs.try-required') : null}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const keyOf = (parameter: Parameter): string => `${parameter.in}.${parameter.name}`

type Props = { readonly operation: Operation; readonly resolve: Resolve }

export const TryIt = ({ operation, resolve }: Props) => {
  const { t } = useTexts()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [answer, setAnswer] = useState<Attempt | null>(null)
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const fields = operation.parameters.filter((parameter) => parameter.in !== 'header')
  const isMissing = (parameter: Parameter) =>
    parameter.required === true && (values[keyOf(parameter)] ?? '').trim() === ''
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (fields.some(isMissing)) return
    setBusy(true)
    setAnswer(await attempt(addressFor(operation, values)))
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <Text size="xs" c="dimmed" mb={8}>
        {t('api-docs.try-hint')}
      </Text>
      <div className={classes.fields}>
        {fields.map((parameter) => (
          <Field
            key={keyOf(parameter)}
            parameter={parameter}
            resolve={resolve}
            value={values[keyOf(parameter)] ?? ''}
            missing={asked && isMissing(parameter)}
            onChange={(value) => setValues({ ...values, [keyOf(parameter)]: value })}
          />
        ))}
      </div>
      <Button type="submit" size="xs" my="sm" loading={busy} leftSection={<IconPlayerPlay size={14} />}>
        {t(answer === null ? 'api-docs.try-send' : 'api-docs.try-again')}
      </Button>
      {answer === null ? null : <Answer answer={answer} />}
    </form>
  )
}
