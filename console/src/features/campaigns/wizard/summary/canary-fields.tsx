import { NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import type { Canary } from '../../../../../../src/campaigns/canary/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import type { SummaryForm } from './summary-form.ts'

const usual: Canary = {
  percent: 1,
  wait_minutes: 15,
  limits: { hard_bounce: 5, block: 5, complaint: 0.1, uncertain: 1 },
}
const figures = ['hard_bounce', 'block', 'complaint', 'uncertain'] as const

/** A few people first: a mistake is seen before everybody has it. */
export const CanaryFields = ({ form }: { readonly form: SummaryForm }) => {
  const { t } = useTexts()
  const canary = form.values.canary
  const set = (next: Canary | null) => form.setFieldValue('canary', next)
  return (
    <Stack gap="sm">
      <Switch
        label={t('pacing.canary')}
        description={t('pacing.canary-hint')}
        checked={canary !== null}
        onChange={(event) => set(event.currentTarget.checked ? usual : null)}
      />
      {canary === null ? null : (
        <>
          <NumberInput
            label={t('pacing.wait')}
            description={t('pacing.wait-hint')}
            min={5}
            max={240}
            allowDecimal={false}
            value={canary.wait_minutes}
            onChange={(value) => {
              if (typeof value === 'number') set({ ...canary, wait_minutes: value })
            }}
          />
          <Text size="sm" fw={500}>
            {t('pacing.limits')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {figures.map((figure) => (
              <NumberInput
                key={figure}
                label={t(`pacing.limit-${figure}`)}
                min={0}
                max={100}
                decimalScale={2}
                step={0.5}
                value={canary.limits[figure]}
                onChange={(value) => {
                  if (typeof value === 'number')
                    set({ ...canary, limits: { ...canary.limits, [figure]: value } })
                }}
              />
            ))}
          </SimpleGrid>
        </>
      )}
      {form.errors['canary'] === undefined ? null : (
        <Text size="xs" c="red" role="alert">
          {form.errors['canary']}
        </Text>
      )}
    </Stack>
  )
}
