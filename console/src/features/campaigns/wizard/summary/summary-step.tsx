import { Button, Card, Divider, Stack, Title, Tooltip } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts, useTongue } from '../../../../i18n/texts.tsx'
import { useMay } from '../../../../lib/session.ts'
import { StepFrame } from '../step-frame.tsx'
import type { StepProps } from '../step-props.ts'
import { ChecksCard } from './checks-card.tsx'
import { Facts } from './facts.tsx'
import { type Overrides, openBlocks, toOverrides, usePreflight } from './preflight.ts'
import { SendDialog } from './send-dialog.tsx'
import { SpeedFields } from './speed-fields.tsx'
import { useSummaryForm } from './summary-form.ts'
import classes from './summary-step.module.css'
import { plannedAt, type When, WhenFields } from './when-fields.tsx'

const useOverrides = () => {
  const [overrides, setOverrides] = useState<Overrides>({})
  const override = (code: string, reason: string | null) =>
    setOverrides((now) => {
      const { [code]: _, ...others } = now
      return reason === null ? others : { ...now, [code]: reason }
    })
  return { overrides, override }
}

/** Why the button is off; null: it is on. */
const useObstacle = (blocked: boolean, when: When): string | null => {
  const { t } = useTexts()
  const may = useMay()
  if (!may('email.campaigns.send')) return t('launch.may-not')
  if (blocked) return t('launch.blocked-text')
  return when.mode !== 'now' && plannedAt(when) === null ? t('launch.time-needed') : null
}

export const SummaryStep = ({ campaign, onReload }: StepProps) => {
  const { t } = useTexts()
  const { zone } = useTongue()
  const { form, save, hasFieldErrors } = useSummaryForm(campaign)
  const preflight = usePreflight(campaign, save.state === 'saved')
  const { overrides, override } = useOverrides()
  const [when, setWhen] = useState<When>({ mode: 'now', local: null, zone })
  const [asking, setAsking] = useState(false)
  const { data } = preflight
  const blocked = data === undefined || openBlocks(data.checks, overrides).length > 0
  const obstacle = useObstacle(blocked, when)
  const ask = async () => {
    if (await save.flush()) setAsking(true)
  }
  const send = (
    <Tooltip label={obstacle} disabled={obstacle === null} multiline maw={300}>
      <Button
        size="md"
        fullWidth
        leftSection={<IconSend size={18} />}
        {...(obstacle === null ? {} : { 'data-disabled': true })}
        aria-disabled={obstacle !== null}
        onClick={() => (obstacle === null ? void ask() : undefined)}
      >
        {t(when.mode === 'now' ? 'launch.send' : 'launch.schedule')}
      </Button>
    </Tooltip>
  )
  return (
    <StepFrame campaign={campaign} step="summary" save={save} onReload={onReload} ownErrors={hasFieldErrors}>
      <div className={classes.columns}>
        <Stack gap="md">
          <Facts campaign={campaign} />
          <ChecksCard id={campaign.id} preflight={preflight} overrides={overrides} onOverride={override} />
        </Stack>
        <Card withBorder padding="lg" className={classes.aside ?? ''}>
          <Stack gap="md">
            <Title order={2}>{t('launch.sending')}</Title>
            <WhenFields when={when} onChange={setWhen} />
            <Divider />
            <SpeedFields form={form} />
            <Divider />
            {send}
          </Stack>
        </Card>
      </div>
      {data === undefined ? null : (
        <SendDialog
          opened={asking}
          onClose={() => setAsking(false)}
          campaign={campaign}
          preflight={data}
          plannedAt={plannedAt(when)}
          timeMode={when.mode === 'local' ? 'contact_time_zone' : 'at'}
          overrides={toOverrides(data.checks, overrides)}
          onRefused={() => void preflight.refetch()}
        />
      )}
    </StepFrame>
  )
}
