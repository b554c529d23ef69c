import { Button, Popover, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { actorTypes } from '../../../../src/audit/contract.ts'
import { auditActionsBySection, auditSections } from '../../../../src/http/audit-actions/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { type FilterName, type FilterValues, results } from './log-filters.ts'

type Props = {
  readonly values: FilterValues
  readonly onChange: (change: Partial<Record<FilterName, string | undefined>>) => void
}

const Days = ({ values, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <div>
      <SimpleGrid cols={2} spacing="sm">
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={t(`audit.${name}`)}
            value={values[name] ?? ''}
            onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
          />
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={4}>
        {t('audit.default-range')}
      </Text>
    </div>
  )
}

/** Kept while it is typed; searched for when the field is left or Enter is pressed. */
const Typed = ({ name, label, hint, values, onChange }: Props & TypedProps) => {
  const commit = (text: string) => onChange({ [name]: text.trim() === '' ? undefined : text.trim() })
  return (
    <TextInput
      key={values[name] ?? ''}
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      defaultValue={values[name] ?? ''}
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value)
      }}
    />
  )
}
type TypedProps = { readonly name: 'address' | 'object'; readonly label: string; readonly hint?: string }

const Choices = (props: Props) => {
  const { values, onChange } = props
  const { t } = useTexts()
  const pick = (name: FilterName, label: string, options: readonly { value: string; label: string }[]) => (
    <Select
      label={label}
      clearable
      searchable
      data={[...options]}
      value={values[name] ?? null}
      onChange={(value) => onChange({ [name]: value ?? undefined })}
    />
  )
  const actions = auditSections.map((section) => ({
    group: t(`audit.section-${section}`),
    items: auditActionsBySection[section].map((action) => ({
      value: action,
      label: t(`audit-actions.${action}`),
    })),
  }))
  return (
    <Stack gap="sm">
      <Days {...props} />
      <Select
        label={t('audit.action')}
        clearable
        searchable
        data={actions}
        value={values.action ?? null}
        onChange={(value) => onChange({ action: value ?? undefined })}
      />
      {pick(
        'section',
        t('audit.section'),
        auditSections.map((value) => ({ value, label: t(`audit.section-${value}`) })),
      )}
      {pick(
        'actor',
        t('audit.actor-type'),
        actorTypes.map((value) => ({ value, label: t(`audit.actor-${value}`) })),
      )}
      {pick(
        'result',
        t('audit.result'),
        results.map((value) => ({ value, label: t(`audit.result-${value}`) })),
      )}
      <Typed {...props} name="address" label={t('audit.address')} hint={t('audit.address-hint')} />
      <Typed {...props} name="object" label={t('audit.object-id')} />
    </Stack>
  )
}

/** Everything the log can be narrowed by; each choice takes effect at once. */
export const LogFilterMenu = (props: Props) => {
  const { t } = useTexts()
  return (
    <Popover
      position="bottom-start"
      shadow="md"
      width={320}
      trapFocus
      closeOnClickOutside
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} />}>
          {t('audit.filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Choices {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}
