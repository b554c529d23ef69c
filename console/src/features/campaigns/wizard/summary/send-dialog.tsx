import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign, Check, Preflight } from '../../../../../../src/campaigns/contract.ts'
import { scheduleCampaign, sendCampaign } from '../../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { call } from '../../../../lib/call.ts'
import { isProblem } from '../../../../lib/problem.ts'
import { ErrorState } from '../../../../ui/error-state.tsx'
import { useCampaignActs } from '../../campaign-acts.ts'
import { SimulatedBadge } from '../../campaign-badges.tsx'
import { pagePath } from '../../campaign-path.ts'
import { useAudienceCount } from '../audience/audience-count.tsx'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly campaign: Campaign
  readonly preflight: Preflight
  /** Null: now. */
  readonly plannedAt: string | null
  readonly timeMode: 'at' | 'contact_time_zone'
  readonly overrides: readonly { code: string; reason: string }[]
  /** The server judged anew and found something else. */
  readonly onRefused: () => void
}

const codesOf = (error: unknown): readonly string[] => {
  if (!isProblem(error, 'preflight_failed')) return []
  const checks = error.members['checks']
  return Array.isArray(checks)
    ? (checks as Check[])
        .filter(({ level, overridden }) => level === 'block' && !overridden)
        .map((one) => one.code)
    : []
}

const useLaunch = ({ campaign, preflight, plannedAt, timeMode, overrides, onRefused }: Props) => {
  const navigate = useNavigate()
  const acts = useCampaignActs()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const launch = async () => {
    setBusy(true)
    setError(null)
    const body = { preflight_overrides: [...overrides], audience_confirmed: preflight.audience }
    const params = { id: campaign.id }
    try {
      const sent =
        plannedAt === null
          ? await call(sendCampaign, { params, body })
          : await call(scheduleCampaign, {
              params,
              body: { ...body, planned_at: plannedAt, time_mode: timeMode },
            })
      acts.keep(sent)
      await navigate({ to: pagePath(campaign.id) })
    } catch (failure) {
      setError(failure)
      onRefused()
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, launch }
}

const Body = (props: Props) => {
  const { onClose, campaign, preflight, plannedAt } = props
  const { t, rich, find } = useTexts()
  const formats = useFormats()
  const { busy, error, launch } = useLaunch(props)
  const { data: counted } = useAudienceCount(campaign)
  const reachable = counted?.reachable ?? preflight.audience
  const number = formats.number(reachable)
  const bold = { b: (parts: unknown) => <strong>{parts as string}</strong> }
  return (
    <Stack gap="md">
      <Text>
        {plannedAt === null
          ? rich('launch.confirm-now', { count: reachable, number, ...bold })
          : rich('launch.confirm-at', {
              count: reachable,
              number,
              time: formats.exact(plannedAt),
              ...bold,
            })}
      </Text>
      {reachable === preflight.audience ? null : (
        <Text size="sm" c="dimmed">
          {t('launch.confirm-rest', {
            count: preflight.audience - reachable,
            number: formats.number(preflight.audience - reachable),
          })}
        </Text>
      )}
      {campaign.simulated ? (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <SimulatedBadge />
          <Text size="sm" c="dimmed">
            {t('campaigns.simulated-hint')}
          </Text>
        </Group>
      ) : null}
      {campaign.hold_minutes > 0 ? (
        <Text size="sm">{t('launch.confirm-hold', { count: campaign.hold_minutes })}</Text>
      ) : null}
      {error === null ? null : (
        <div>
          <ErrorState error={error} />
          {codesOf(error).length === 0 ? null : (
            <Alert color="red" variant="light">
              {codesOf(error)
                .map((code) => find('checks', code) ?? code)
                .join(' · ')}
            </Alert>
          )}
        </div>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('ui.cancel')}
        </Button>
        <Button onClick={() => void launch()} loading={busy} data-autofocus>
          {plannedAt === null
            ? t('launch.send-to', { count: reachable, number })
            : t('launch.schedule-for', { count: reachable, number })}
        </Button>
      </Group>
    </Stack>
  )
}

/** The last question: to how many, and when. */
export const SendDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('launch.confirm-title', { name: props.campaign.name })}
    >
      <Body {...props} />
    </Modal>
  )
}
