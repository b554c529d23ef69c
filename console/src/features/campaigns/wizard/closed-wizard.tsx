import { Button, Card, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Letter } from '../../../ui/illustrations.tsx'
import { CampaignDialogs } from '../campaign-dialogs.tsx'
import { pagePath, stepPath } from '../campaign-path.ts'

/** What is planned or under way is not edited in passing; a planned one can be taken back. */
export const ClosedWizard = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState(false)
  const { status, id } = campaign
  const kind = status === 'scheduled' || status === 'paused' ? status : 'other'
  return (
    <Card withBorder>
      <EmptyState
        art={<Letter />}
        title={t(`wizard.closed-${kind}-title`)}
        action={
          <Group justify="center">
            <Button component={Link} to={pagePath(id)} variant="default">
              {t('campaigns.to-progress')}
            </Button>
            {status === 'scheduled' ? (
              <Button onClick={() => setAsked(true)}>{t('campaigns.edit-action')}</Button>
            ) : null}
            {status === 'paused' ? (
              <Button component={Link} to={stepPath(id, 'content')}>
                {t('wizard.correct-content')}
              </Button>
            ) : null}
          </Group>
        }
      >
        {t(`wizard.closed-${kind}-text`)}
      </EmptyState>
      <CampaignDialogs asked={asked ? 'edit' : null} campaign={campaign} onClose={() => setAsked(false)} />
    </Card>
  )
}
