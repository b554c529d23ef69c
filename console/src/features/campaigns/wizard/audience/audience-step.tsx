import { Alert, Anchor, Card, Divider, Stack, Switch, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getAccount } from '../../../../../../src/accounts/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import { StepFrame } from '../step-frame.tsx'
import type { StepProps } from '../step-props.ts'
import { AudienceCountCard } from './audience-count.tsx'
import { type AudienceForm, useAudienceForm } from './audience-form.ts'
import classes from './audience-step.module.css'
import { useGroupChoice } from './group-choice.ts'
import { GroupPicker } from './group-picker.tsx'
import { NarrowingFields } from './narrowing-fields.tsx'

/** Says which rule of consent holds, because it decides whom the message reaches. */
const ConsentRule = ({ form }: { readonly form: AudienceForm }) => {
  const { t } = useTexts()
  const may = useMay()('account.settings.view')
  const { data } = useQuery({ ...read(getAccount), enabled: may })
  const required = data?.require_consent.email === true
  return (
    <>
      {data === undefined ? null : (
        <Alert color="gray" variant="light">
          {t(required ? 'audience.consent-required' : 'audience.consent-open')}
        </Alert>
      )}
      <Switch
        label={t('audience.without-consent')}
        description={t('audience.without-consent-hint')}
        {...form.getInputProps('exclude_without_consent', { type: 'checkbox' })}
      />
    </>
  )
}

export const AudienceStep = ({ campaign, onReload }: StepProps) => {
  const { t } = useTexts()
  const { form, save, hasFieldErrors } = useAudienceForm(campaign)
  const choice = useGroupChoice()
  const empty = choice.groups.length === 0 && !choice.isPending
  return (
    <StepFrame campaign={campaign} step="audience" save={save} onReload={onReload} ownErrors={hasFieldErrors}>
      <div className={classes.columns}>
        <Card withBorder padding="lg">
          <Stack gap="md">
            <Title order={2}>{t('audience.who')}</Title>
            {empty ? (
              <Alert color="yellow" variant="light" title={t('audience.no-groups')}>
                <Anchor component={Link} to="/contacts/imports" size="sm">
                  {t('audience.no-groups-way')}
                </Anchor>
              </Alert>
            ) : null}
            {campaign.follow_up === null ? (
              <GroupPicker
                label={t('audience.include')}
                description={t('audience.include-hint')}
                choice={choice}
                taken={form.values.exclude_group_ids}
                {...form.getInputProps('group_ids')}
              />
            ) : (
              <Alert color="indigo" variant="light">
                {t('pacing.follow-up')}
              </Alert>
            )}
            <GroupPicker
              label={t('audience.exclude')}
              description={t('audience.exclude-hint')}
              choice={choice}
              taken={form.values.group_ids}
              {...form.getInputProps('exclude_group_ids')}
            />
            <ConsentRule form={form} />
            <Divider />
            <NarrowingFields form={form} />
          </Stack>
        </Card>
        <AudienceCountCard
          campaign={campaign}
          isOld={save.state !== 'saved'}
          chosen={campaign.follow_up !== null || form.values.group_ids.length > 0}
        />
      </div>
    </StepFrame>
  )
}
