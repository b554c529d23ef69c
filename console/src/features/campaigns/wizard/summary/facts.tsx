import { Anchor, Card, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { type Step, stepPath } from '../../campaign-path.ts'
import { useAudienceCount } from '../audience/audience-count.tsx'
import { useGroupChoice } from '../audience/group-choice.ts'
import classes from './facts.module.css'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

type PartProps = { readonly id: string; readonly step: Step; readonly children: ReactNode }

const Part = ({ id, step, children }: PartProps) => {
  const { t } = useTexts()
  const title = t(`wizard.step-${step}`)
  return (
    <section aria-label={title} className={classes.part}>
      <Group justify="space-between">
        <Title order={2} size="h3">
          {title}
        </Title>
        <Anchor component={Link} to={stepPath(id, step)} size="sm" aria-label={`${t('ui.edit')}: ${title}`}>
          {t('ui.edit')}
        </Anchor>
      </Group>
      <dl className={classes.facts}>{children}</dl>
    </section>
  )
}

const useGroupNames = () => {
  const { t } = useTexts()
  const { groups } = useGroupChoice()
  return (ids: readonly string[]): string =>
    ids.length === 0
      ? t('ui.none')
      : ids.map((id) => groups.find((group) => group.id === id)?.name ?? '…').join(', ')
}

const SettingsFacts = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const { sender, content } = campaign
  const tracking = [
    content?.tracking.opens === true ? t('wizard.track-opens') : null,
    content?.tracking.clicks === true ? t('wizard.track-clicks') : null,
  ].filter((word) => word !== null)
  return (
    <Part id={campaign.id} step="settings">
      <Fact label={t('wizard.sender')}>
        {sender === null ? t('ui.none') : `${content?.from_name ?? sender.name} (${sender.email})`}
      </Fact>
      {content?.reply_to == null ? null : <Fact label={t('wizard.reply-to')}>{content.reply_to}</Fact>}
      <Fact label={t('wizard.tracking')}>{tracking.length === 0 ? t('ui.none') : tracking.join(', ')}</Fact>
      {campaign.labels.length === 0 ? null : (
        <Fact label={t('campaigns.labels')}>{campaign.labels.join(', ')}</Fact>
      )}
    </Part>
  )
}

const ContentFacts = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const { content } = campaign
  return (
    <Part id={campaign.id} step="content">
      <Fact label={t('content.subject')}>
        {content === null || content.subject === '' ? (
          <Text span c="red">
            {t('launch.no-subject')}
          </Text>
        ) : (
          content.subject
        )}
      </Fact>
      {content === null || content.preheader === '' ? null : (
        <Fact label={t('content.preheader')}>{content.preheader}</Fact>
      )}
      <Fact label={t('content.text')}>
        {t(content?.text == null ? 'content.text-generated' : 'content.text-own')}
      </Fact>
    </Part>
  )
}

const AudienceFacts = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const namesOf = useGroupNames()
  const { data } = useAudienceCount(campaign)
  const { audience } = campaign
  return (
    <Part id={campaign.id} step="audience">
      <Fact label={t('audience.include')}>{namesOf(audience.group_ids)}</Fact>
      {audience.exclude_group_ids.length === 0 ? null : (
        <Fact label={t('audience.exclude')}>{namesOf(audience.exclude_group_ids)}</Fact>
      )}
      {data === undefined ? null : (
        <Fact label={t('audience.reach')}>
          {t('launch.reachable-of', {
            reachable: formats.number(data.reachable),
            audience: formats.number(data.audience),
          })}
        </Fact>
      )}
    </Part>
  )
}

/** Everything that will happen, at a glance. */
export const Facts = ({ campaign }: { readonly campaign: Campaign }) => (
  <Card withBorder padding="lg">
    <div className={classes.parts}>
      <SettingsFacts campaign={campaign} />
      <ContentFacts campaign={campaign} />
      <AudienceFacts campaign={campaign} />
    </div>
  </Card>
)
