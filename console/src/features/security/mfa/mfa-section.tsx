import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getMfaPolicy } from '../../../../../src/security/mfa/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import { Bulk } from './bulk.tsx'
import { Coverage } from './coverage.tsx'
import { PolicyForm } from './policy-form.tsx'

/** Until the operator grants it: whom to ask, and what everybody can do already. */
export const AskService = ({ contact }: { readonly contact: string }) => {
  const { t } = useTexts()
  return (
    <Alert color="gray" icon={<IconLock size={20} />} title={t('mfa.ask-service')}>
      <Stack gap={4}>
        {contact === '' ? null : <Text size="sm">{t('mfa.ask-contact', { contact })}</Text>}
        <Text size="sm">
          {t('mfa.ask-own')}{' '}
          <Anchor component={Link} to="/profile/sign-in" size="sm">
            {t('profile.title')}
          </Anchor>
        </Text>
      </Stack>
    </Alert>
  )
}

/** What the account asks of its people at sign-in, how far that reaches, and one choice for all. */
export const MfaSection = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getMfaPolicy))
  return (
    <Section title={t('mfa.section-title')} text={t('mfa.section-text')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <RowsSkeleton rows={4} /> : null}
      {data === undefined ? null : (
        <Stack gap="lg">
          {data.entitled ? null : <AskService contact={data.operator.contact} />}
          <Coverage policy={data} />
          <PolicyForm key={data.version} policy={data} />
          {data.entitled ? <Bulk policy={data} /> : null}
        </Stack>
      )}
    </Section>
  )
}
