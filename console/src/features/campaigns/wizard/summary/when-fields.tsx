import '@mantine/dates/styles.css'
import 'dayjs/locale/de'
import 'dayjs/locale/pl'
import { Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useQuery } from '@tanstack/react-query'
import { getAccount } from '../../../../../../src/accounts/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { readClock } from '../../../../lib/clock.ts'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import { ZoneSelect } from '../../../../ui/zone-select.tsx'
import { toLocal, toMoment } from './start-time.ts'

export type When = {
  readonly mode: 'now' | 'at' | 'local'
  readonly local: string | null
  readonly zone: string
}

const modes = ['now', 'at', 'local'] as const

/** The planned moment, or null while it is not one in the future. */
export const plannedAt = ({ mode, local, zone }: When): string | null => {
  if (mode === 'now' || local === null) return null
  const moment = toMoment(local, zone)
  return moment === null || new Date(moment) <= readClock() ? null : moment
}

const useAccountZone = (): string | undefined => {
  const may = useMay()('account.settings.view')
  return useQuery({ ...read(getAccount), enabled: may }).data?.time_zone
}

type Props = { readonly when: When; readonly onChange: (when: When) => void }

export const WhenFields = ({ when, onChange }: Props) => {
  const { t, language } = useTexts()
  const formats = useFormats()
  const today = toLocal(readClock().toISOString(), when.zone).slice(0, 10)
  const accountZone = useAccountZone()
  const moment = plannedAt(when)
  const past = when.mode !== 'now' && when.local !== null && moment === null
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('launch.when')}
        value={when.mode}
        onChange={(chosen) => {
          const mode = modes.find((one) => one === chosen) ?? 'now'
          // The hour of everybody's own clocks is read off those of the account.
          onChange({ ...when, mode, zone: mode === 'local' ? (accountZone ?? when.zone) : when.zone })
        }}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="now" label={t('launch.now')} description={t('launch.now-hint')} />
          <Radio value="at" label={t('launch.at')} description={t('launch.at-hint')} />
          <Radio value="local" label={t('pacing.local')} description={t('pacing.local-hint')} />
        </Stack>
      </Radio.Group>
      {when.mode === 'now' ? null : (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <DateTimePicker
              label={t('launch.time')}
              locale={language}
              valueFormat="D MMM YYYY, HH:mm"
              minDate={today}
              value={when.local}
              onChange={(local) => onChange({ ...when, local })}
              error={past ? t('launch.time-past') : undefined}
              clearable
              clearButtonProps={{ 'aria-label': t('launch.time-clear') }}
              defaultTimeValue="09:00"
              submitButtonProps={{ 'aria-label': t('launch.time-take') }}
              timePickerProps={{
                hoursInputLabel: t('launch.hours'),
                minutesInputLabel: t('launch.minutes'),
              }}
              ariaLabels={{
                nextMonth: t('launch.month-next'),
                previousMonth: t('launch.month-previous'),
                monthLevelControl: t('launch.month-choose'),
              }}
              firstDayOfWeek={1}
              highlightToday
              required
            />
            {when.mode === 'local' ? null : (
              <ZoneSelect
                label={t('launch.zone')}
                value={when.zone}
                onChange={(zone) => onChange({ ...when, zone: zone ?? when.zone })}
              />
            )}
          </SimpleGrid>
          {when.mode === 'local' ? (
            <Text size="sm" c="dimmed">
              {t('pacing.local-late')}
            </Text>
          ) : null}
          {moment === null || when.mode === 'local' ? null : (
            <Text size="sm" c="dimmed">
              {t('launch.is-your-time', { time: formats.exact(moment) })}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
