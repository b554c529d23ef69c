import { Button, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { getSetup, inspectSetup } from '../../../../src/security/setup/contract.ts'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LockedBell } from '../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { takeSetupToken } from './setup-token.ts'
import { SetupWizard } from './setup-wizard.tsx'

type DeadEndProps = { readonly title: string; readonly text: string; readonly children?: ReactNode }

const DeadEnd = ({ title, text, children }: DeadEndProps) => (
  <Stack gap="sm" align="flex-start">
    <LockedBell />
    <Title order={1}>{title}</Title>
    <Text c="dimmed">{text}</Text>
    {children}
  </Stack>
)

const Finished = () => {
  const { t } = useTexts()
  return (
    <DeadEnd title={t('setup.done-title')} text={t('setup.done-text')}>
      <Button component={Link} to="/sign-in">
        {t('setup.to-sign-in')}
      </Button>
    </DeadEnd>
  )
}

const WithoutToken = () => {
  const { t } = useTexts()
  const { data } = useQuery(read(getSetup))
  if (data?.needed === false) return <Finished />
  return <DeadEnd title={t('setup.no-token-title')} text={t('setup.no-token-text')} />
}

const WithToken = ({ token }: { readonly token: string }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery({
    queryKey: ['setup', token],
    queryFn: () => call(inspectSetup, { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isProblem(error, 'setup_done')) return <Finished />
  if (isProblem(error, 'link_refused')) {
    return <DeadEnd title={t('setup.refused-title')} text={t('setup.refused-text')} />
  }
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  return data === undefined ? <RowsSkeleton /> : <SetupWizard token={token} publicUrl={data.public_url} />
}

export const SetupPage = () => {
  const { t } = useTexts()
  const [token, setToken] = useState(takeSetupToken)
  useEffect(() => {
    document.title = t('setup.title')
    // A newer link opened in the same tab changes only the fragment.
    const take = () => setToken(takeSetupToken())
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [t])
  return (
    <BareFrame wide>{token === null ? <WithoutToken /> : <WithToken key={token} token={token} />}</BareFrame>
  )
}
