import {
  ActionIcon,
  Button,
  Chip,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { SendWindow } from '../../../../../../src/campaigns/windows/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import type { SummaryForm } from './summary-form.ts'
import classes from './summary-step.module.css'

const fresh: SendWindow = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '21:00', zone: 'contact' }
const windowsMax = 20

/** Names of the days as the language writes them; the first of January 2024 was a Monday. */
const useWeekdays = () => {
  const { language } = useTexts()
  const short = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const at = Date.UTC(2024, 0, day)
    return { day, short: short.format(at), long: long.format(at) }
  })
}

type WindowProps = {
  readonly n: number
  readonly window: SendWindow
  readonly onChange: (window: SendWindow) => void
  readonly onRemove: () => void
}

const WindowFields = ({ n, window, onChange, onRemove }: WindowProps) => {
  const { t } = useTexts()
  const weekdays = useWeekdays()
  const chosen = window.weekdays.map(String)
  return (
    <Stack gap="xs" component="fieldset" className={classes.window ?? ''}>
      <Group justify="space-between" wrap="nowrap">
        <Text component="legend" size="sm" fw={550}>
          {t('pacing.window', { n })}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('pacing.window-remove', { n })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Chip.Group
        multiple
        value={chosen}
        onChange={(days) => onChange({ ...window, weekdays: days.map(Number).toSorted((a, b) => a - b) })}
      >
        <Group gap={6} role="group" aria-label={t('pacing.weekdays')}>
          {weekdays.map(({ day, short, long }) => (
            <Chip key={day} value={String(day)} size="xs" aria-label={long}>
              {short}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {chosen.length === 0 ? (
        <Text size="xs" c="red" role="alert">
          {t('pacing.window-days')}
        </Text>
      ) : null}
      <SimpleGrid cols={2}>
        <TextInput
          type="time"
          label={t('pacing.from')}
          value={window.from}
          onChange={(event) => onChange({ ...window, from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('pacing.to')}
          value={window.to === '24:00' ? '00:00' : window.to}
          error={window.from === window.to ? t('pacing.window-equal') : undefined}
          onChange={(event) => onChange({ ...window, to: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('pacing.to-hint')}
      </Text>
      <Select
        label={t('pacing.zone')}
        allowDeselect={false}
        value={window.zone}
        data={[
          { value: 'contact', label: t('pacing.zone-contact') },
          { value: 'account', label: t('pacing.zone-account') },
        ]}
        onChange={(zone) => onChange({ ...window, zone: zone === 'account' ? 'account' : 'contact' })}
      />
    </Stack>
  )
}

/** When messages may leave; off by default. */
export const WindowsFields = ({ form }: { readonly form: SummaryForm }) => {
  const { t } = useTexts()
  const windows = form.values.windows
  const set = (next: readonly SendWindow[]) => form.setFieldValue('windows', [...next])
  return (
    <Stack gap="sm">
      <Switch
        label={t('pacing.windows')}
        description={t('pacing.windows-hint')}
        checked={windows.length > 0}
        onChange={(event) => set(event.currentTarget.checked ? [fresh] : [])}
      />
      {windows.map((window, place) => (
        <WindowFields
          // biome-ignore lint/suspicious/noArrayIndexKey: hours have no identity but their place.
          key={place}
          n={place + 1}
          window={window}
          onChange={(next) => set(windows.map((one, at) => (at === place ? next : one)))}
          onRemove={() => set(windows.filter((_, at) => at !== place))}
        />
      ))}
      {windows.length === 0 || windows.length >= windowsMax ? null : (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...windows, fresh])}
        >
          {t('pacing.window-add')}
        </Button>
      )}
      {form.errors['windows'] === undefined ? null : (
        <Text size="xs" c="red" role="alert">
          {form.errors['windows']}
        </Text>
      )}
    </Stack>
  )
}
