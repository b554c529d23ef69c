import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconGauge,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { type RunAct, useCampaignActs } from '../campaign-acts.ts'
import { type Asked, CampaignDialogs } from '../campaign-dialogs.tsx'
import { isOver, isRunning, stepPath } from '../campaign-path.ts'
import { ThrottleDialog } from './throttle-dialog.tsx'

type Props = { readonly campaign: Campaign }

/** The one act that fits the status best; it waits for the answer without changing its width. */
const MainAct = ({ campaign, onAsk }: Props & { readonly onAsk: (asked: Asked) => void }) => {
  const { t } = useTexts()
  const acts = useCampaignActs()
  const [busy, setBusy] = useState(false)
  const run = (name: RunAct) => {
    setBusy(true)
    void acts.tryAct(name, campaign.id).finally(() => setBusy(false))
  }
  const { status, status_reason } = campaign
  if (status === 'preparing' || status === 'sending' || status === 'testing') {
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerPause size={16} />}
        loading={busy}
        onClick={() => run('pause')}
      >
        {t('run.pause')}
      </Button>
    )
  }
  if (status === 'paused' || (status === 'failed' && status_reason !== 'accounting_mismatch')) {
    return (
      <Button leftSection={<IconPlayerPlay size={16} />} loading={busy} onClick={() => run('resume')}>
        {t('run.resume')}
      </Button>
    )
  }
  if (status === 'held' || status === 'scheduled') {
    return (
      <Button
        variant={status === 'held' ? 'filled' : 'default'}
        leftSection={<IconPlayerPlay size={16} />}
        onClick={() => onAsk('start')}
      >
        {t('campaigns.start-action')}
      </Button>
    )
  }
  return null
}

type MenuProps = Props & { readonly onAsk: (asked: Asked) => void; readonly onThrottle: () => void }

const MoreActs = ({ campaign, onAsk, onThrottle }: MenuProps) => {
  const { t } = useTexts()
  const may = useMay()
  const acts = useCampaignActs()
  const { id, status } = campaign
  const sends = may('email.campaigns.send')
  const edits = may('email.campaigns.edit')
  const waits = status === 'scheduled' || status === 'held'
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sends && !isOver(status) ? (
          <Menu.Item leftSection={<IconGauge size={16} />} onClick={onThrottle}>
            {t('run.throttle')}
          </Menu.Item>
        ) : null}
        {edits && status === 'paused' ? (
          <Menu.Item component={Link} to={stepPath(id, 'content')} leftSection={<IconPencil size={16} />}>
            {t('wizard.correct-content')}
          </Menu.Item>
        ) : null}
        {edits && sends && waits ? (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk('edit')}>
            {t('campaigns.edit-action')}
          </Menu.Item>
        ) : null}
        {edits ? (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void acts.duplicate(campaign)}>
            {t('campaigns.duplicate')}
          </Menu.Item>
        ) : null}
        {may('email.campaigns.cancel') && (isRunning(status) || waits || status === 'failed') ? (
          <Menu.Item color="red" leftSection={<IconPlayerStop size={16} />} onClick={() => onAsk('cancel')}>
            {t('campaigns.cancel-action')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}

export const RunActions = ({ campaign }: Props) => {
  const may = useMay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [throttling, setThrottling] = useState(false)
  if (campaign.status === 'draft') return null
  return (
    <>
      {may('email.campaigns.send') ? <MainAct campaign={campaign} onAsk={setAsked} /> : null}
      <MoreActs campaign={campaign} onAsk={setAsked} onThrottle={() => setThrottling(true)} />
      <CampaignDialogs asked={asked} campaign={campaign} onClose={() => setAsked(null)} />
      <ThrottleDialog opened={throttling} onClose={() => setThrottling(false)} campaign={campaign} />
    </>
  )
}
