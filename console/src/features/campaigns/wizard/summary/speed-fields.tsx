import { Divider, NumberInput, Radio, SimpleGrid, Stack } from '@mantine/core'
import { useTexts } from '../../../../i18n/texts.tsx'
import { RadioChoice } from '../../../../ui/radio-choice.tsx'
import { CanaryFields } from './canary-fields.tsx'
import { type SummaryForm, throttleMax, throttleMin } from './summary-form.ts'
import classes from './summary-step.module.css'
import { WindowsFields } from './windows-fields.tsx'

const policies = ['rather_miss', 'rather_repeat'] as const

/** How fast, how late at most, how long one may still stop it, and what happens to lost answers. */
export const SpeedFields = ({ form }: { readonly form: SummaryForm }) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <NumberInput
        label={t('launch.throttle')}
        description={t('launch.throttle-hint')}
        placeholder={t('ui.unlimited')}
        min={throttleMin}
        max={throttleMax}
        step={500}
        thousandSeparator=" "
        allowDecimal={false}
        clampBehavior="blur"
        {...form.getInputProps('throttle_per_hour')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} className={classes.pair ?? ''}>
        <NumberInput
          label={t('launch.hold')}
          description={t('launch.hold-hint')}
          min={0}
          max={60}
          allowDecimal={false}
          {...form.getInputProps('hold_minutes')}
        />
        <NumberInput
          label={t('launch.lateness')}
          description={t('launch.lateness-hint')}
          min={5}
          max={1440}
          allowDecimal={false}
          {...form.getInputProps('max_lateness_minutes')}
        />
      </SimpleGrid>
      <Divider />
      <WindowsFields form={form} />
      <Divider />
      <CanaryFields form={form} />
      <Divider />
      <Radio.Group label={t('launch.uncertain')} {...form.getInputProps('uncertain_policy')}>
        <Stack gap="xs" mt="xs">
          {policies.map((policy) => (
            <RadioChoice
              key={policy}
              value={policy}
              title={t(`pacing.${policy}`)}
              hint={t(`pacing.${policy}-hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  )
}
