import { Alert, Anchor, Button, List, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { refuseSignIn } from '../../../../src/security/sign-in/contract.ts'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { useLinkToken } from './link-token.ts'

const Done = () => {
  const { t } = useTexts()
  return (
    <Alert color="green" role="status" title={t('sign-in.not-me-done')}>
      {t('sign-in.not-me-done-text')}
    </Alert>
  )
}

/** Opening the page does nothing, for mail scanners open links; the button does. */
export const NotMePage = () => {
  const texts = useTexts()
  const { t } = texts
  const token = useLinkToken()
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked')
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    document.title = `${t('sign-in.not-me')} · Campanile`
  }, [t])
  const stop = async () => {
    setState('busy')
    setError(null)
    try {
      await call(refuseSignIn, { body: { token: token ?? '-' }, signedOut: 'throw' })
      setState('done')
    } catch (failure) {
      setError(problemTitle(failure, texts))
      setState('asked')
    }
  }
  return (
    <BareFrame>
      <Stack gap="md">
        <Title order={1} size="h2">
          {t('sign-in.not-me')}
        </Title>
        {state === 'done' ? (
          <Done />
        ) : (
          <>
            <Text>{t('sign-in.not-me-text')}</Text>
            <List spacing="xs" size="sm">
              <List.Item>{t('sign-in.not-me-ends')}</List.Item>
              <List.Item>{t('sign-in.not-me-password')}</List.Item>
              <List.Item>{t('sign-in.not-me-tells')}</List.Item>
            </List>
            {error === null ? null : (
              <Alert color="red" role="alert">
                {error}
              </Alert>
            )}
            <Button color="red" size="md" loading={state === 'busy'} onClick={() => void stop()}>
              {t('sign-in.not-me-stop')}
            </Button>
          </>
        )}
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('sign-in.to-sign-in')}
        </Anchor>
      </Stack>
    </BareFrame>
  )
}
