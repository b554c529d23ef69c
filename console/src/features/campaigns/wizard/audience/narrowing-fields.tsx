import { NumberInput, Select, SimpleGrid, Stack, Title } from '@mantine/core'
import { useTexts } from '../../../../i18n/texts.tsx'
import type { AudienceForm } from './audience-form.ts'

const kinds = ['all', 'count', 'percent'] as const

/** Only a part of the chosen people: those who reacted, a random part, all but a comparison group. */
export const NarrowingFields = ({ form }: { readonly form: AudienceForm }) => {
  const { t } = useTexts()
  const kind = form.values.sample_kind
  return (
    <Stack gap="sm" component="section" aria-label={t('pacing.narrowing')}>
      <Title order={3}>{t('pacing.narrowing')}</Title>
      <NumberInput
        label={t('pacing.engaged')}
        description={t('pacing.engaged-hint')}
        min={1}
        max={730}
        allowDecimal={false}
        {...form.getInputProps('engaged_days')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('pacing.sample')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`pacing.sample-${value}`) }))}
          {...form.getInputProps('sample_kind')}
        />
        {kind === 'all' ? null : (
          <NumberInput
            label={t(kind === 'count' ? 'pacing.sample-size' : 'pacing.sample-share')}
            min={kind === 'count' ? 1 : 0.1}
            max={kind === 'count' ? 100_000_000 : 100}
            allowDecimal={kind === 'percent'}
            thousandSeparator=" "
            {...form.getInputProps('sample_size')}
          />
        )}
      </SimpleGrid>
      <NumberInput
        label={t('pacing.holdout')}
        description={t('pacing.holdout-hint')}
        min={0}
        max={20}
        decimalScale={1}
        {...form.getInputProps('holdout_percent')}
      />
    </Stack>
  )
}
