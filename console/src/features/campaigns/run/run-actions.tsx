import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconGauge,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { type RunAct, useCampaignActs } from '../campaign-acts.ts'
import { type Asked, CampaignDialogs } from '../campaign-dialogs.tsx'
import { isOver, isRunning, stepPath } from '../campaign-path.ts'
import { FollowUpDialog } from './follow-up-dialog.tsx'
import { ProofItem } from './proof-item.tsx'
import { ThrottleDialog } from './throttle-dialog.tsx'
import { type WaitingAct, WaitingDialog } from './waiting-acts.tsx'

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
  const { status } = campaign
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
  if (status === 'paused' || status === 'failed') {
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

type MenuProps = Props & {
  readonly onAsk: (asked: Asked) => void
  readonly onThrottle: () => void
  readonly onWaiting: (act: WaitingAct) => void
  readonly onFollowUp: () => void
}

const MoreActs = ({ campaign, onAsk, onThrottle, onWaiting, onFollowUp }: MenuProps) => {
  const { t } = useTexts()
  const may = useMay()
  const acts = useCampaignActs()
  const { id, status } = campaign
  const sends = may('email.campaigns.send')
  const edits = may('email.campaigns.edit')
  const waits = status === 'scheduled' || status === 'held'
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
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
        {sends && (status === 'sending' || status === 'finishing' || status === 'paused') ? (
          <>
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onWaiting('retry')}>
              {t('run-acts.retry-all')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerSkipForward size={16} />} onClick={() => onWaiting('stop')}>
              {t('run-acts.stop-all')}
            </Menu.Item>
          </>
        ) : null}
        {sends && isOver(status) ? (
          <Menu.Item leftSection={<IconSend size={16} />} onClick={onFollowUp}>
            {t('run-acts.follow-up')}
          </Menu.Item>
        ) : null}
        <ProofItem campaign={campaign} />
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
  const [waiting, setWaiting] = useState<WaitingAct | null>(null)
  const [following, setFollowing] = useState(false)
  if (campaign.status === 'draft') return null
  return (
    <>
      {may('email.campaigns.send') ? <MainAct campaign={campaign} onAsk={setAsked} /> : null}
      <MoreActs
        campaign={campaign}
        onAsk={setAsked}
        onThrottle={() => setThrottling(true)}
        onWaiting={setWaiting}
        onFollowUp={() => setFollowing(true)}
      />
      <WaitingDialog id={campaign.id} asked={waiting} onClose={() => setWaiting(null)} />
      <FollowUpDialog opened={following} onClose={() => setFollowing(false)} campaign={campaign} />
      <CampaignDialogs asked={asked} campaign={campaign} onClose={() => setAsked(null)} />
      <ThrottleDialog opened={throttling} onClose={() => setThrottling(false)} campaign={campaign} />
    </>
  )
}
