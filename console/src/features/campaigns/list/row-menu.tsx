import { ActionIcon, Menu } from '@mantine/core'
import { IconChartBar, IconCopy, IconDots, IconPencil, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CampaignRow } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { useCampaignActs } from '../campaign-acts.ts'
import type { Asked } from '../campaign-dialogs.tsx'
import { isRunning, pagePath, stepPath } from '../campaign-path.ts'

type Props = { readonly campaign: CampaignRow; readonly onAsk: (asked: Asked) => void }

const EditItem = ({ campaign, onAsk }: Props) => {
  const { t } = useTexts()
  const icon = <IconPencil size={16} />
  if (campaign.status === 'draft') {
    return (
      <Menu.Item component={Link} to={stepPath(campaign.id, 'settings')} leftSection={icon}>
        {t('ui.edit')}
      </Menu.Item>
    )
  }
  if (campaign.status !== 'scheduled') return null
  return (
    <Menu.Item leftSection={icon} onClick={() => onAsk('edit')}>
      {t('ui.edit')}
    </Menu.Item>
  )
}

export const RowMenu = ({ campaign, onAsk }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const acts = useCampaignActs()
  const { id, name, status } = campaign
  const stoppable = isRunning(status) || status === 'scheduled'
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('campaigns.actions', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {status === 'draft' ? null : (
          <Menu.Item
            component={Link}
            to={`${pagePath(id)}/report`}
            leftSection={<IconChartBar size={16} />}
            disabled={!may('email.reports.view')}
          >
            {t('campaigns.report')}
          </Menu.Item>
        )}
        {may('email.campaigns.edit') ? <EditItem campaign={campaign} onAsk={onAsk} /> : null}
        {may('email.campaigns.edit') ? (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void acts.duplicate(campaign)}>
            {t('campaigns.duplicate')}
          </Menu.Item>
        ) : null}
        {stoppable && may('email.campaigns.cancel') ? (
          <Menu.Item color="red" leftSection={<IconPlayerStop size={16} />} onClick={() => onAsk('cancel')}>
            {t('campaigns.cancel-action')}
          </Menu.Item>
        ) : null}
        {status === 'draft' && may('email.campaigns.delete') ? (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onAsk('delete')}>
            {t('ui.delete')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
