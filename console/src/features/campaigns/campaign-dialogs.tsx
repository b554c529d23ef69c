import type { CampaignRow } from '../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { useCampaignActs } from './campaign-acts.ts'

export type Asked = 'cancel' | 'delete' | 'edit' | 'start'
export type Subject = Pick<CampaignRow, 'id' | 'name' | 'version' | 'counts' | 'status'>
type Props = {
  readonly asked: Asked | null
  readonly campaign: Subject | null
  readonly onClose: () => void
  /** Where the thing is gone from under the page. */
  readonly onDeleted?: () => void
}

const useLosses = (campaign: Subject | null, asked: Asked | null): readonly string[] => {
  const { t } = useTexts()
  const formats = useFormats()
  if (campaign === null || asked !== 'cancel') return []
  const { planned, claimed, accepted } = campaign.counts
  return [
    t('campaigns.cancel-open', { count: planned + claimed, number: formats.number(planned + claimed) }),
    t('campaigns.cancel-done', { count: accepted, number: formats.number(accepted) }),
  ]
}

/** Asks before a campaign is stopped, deleted or taken back, and says what becomes of whom. */
export const CampaignDialogs = ({ asked, campaign, onClose, onDeleted }: Props) => {
  const { t } = useTexts()
  const acts = useCampaignActs()
  const losses = useLosses(campaign, asked)
  const confirm = async () => {
    if (campaign === null) return
    if (asked === 'cancel') await acts.act('cancel', campaign.id)
    if (asked === 'start') await acts.act('start', campaign.id)
    if (asked === 'edit') await acts.edit(campaign.id)
    if (asked !== 'delete') return
    await acts.remove(campaign)
    onDeleted?.()
  }
  const kind = asked ?? 'cancel'
  return (
    <ConfirmDialog
      opened={asked !== null}
      onClose={onClose}
      title={t(`campaigns.${kind}-title`, { name: campaign?.name })}
      action={t(`campaigns.${kind}-action`)}
      danger={kind === 'cancel' || kind === 'delete'}
      losses={losses}
      onConfirm={confirm}
    >
      {t(`campaigns.${kind}-text`)}
    </ConfirmDialog>
  )
}
