import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { throttleCampaign } from '../../../../../src/campaigns/run/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { FormProblems } from '../../../ui/form-problems.tsx'
import { useSubmit } from '../../../ui/submit.ts'
import { useCampaignActs } from '../campaign-acts.ts'
import { throttleMax, throttleMin } from '../wizard/summary/summary-form.ts'

type Props = { readonly onClose: () => void; readonly campaign: Campaign }

const ThrottleForm = ({ onClose, campaign }: Props) => {
  const { t } = useTexts()
  const acts = useCampaignActs()
  const form = useForm<{ throttle_per_hour: number | string }>({
    initialValues: { throttle_per_hour: campaign.throttle_per_hour ?? '' },
  })
  const { busy, error, submit } = useSubmit(
    form,
    async ({ throttle_per_hour: given }) => {
      acts.keep(
        await call(throttleCampaign, {
          params: { id: campaign.id },
          body: { throttle_per_hour: given === '' ? null : Number(given) },
        }),
      )
      onClose()
    },
    { codes: { throttle_out_of_range: 'throttle_per_hour' } },
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ throttle_per_hour: t('launch.throttle') }} />
        <NumberInput
          label={t('launch.throttle')}
          description={t('launch.throttle-hint')}
          placeholder={t('ui.unlimited')}
          min={throttleMin}
          max={throttleMax}
          step={500}
          clampBehavior="none"
          thousandSeparator=" "
          allowDecimal={false}
          data-autofocus
          {...form.getInputProps('throttle_per_hour')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** How fast the rest goes; works while it is under way. */
export const ThrottleDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('run.throttle')}>
      <ThrottleForm {...props} />
    </Modal>
  )
}
