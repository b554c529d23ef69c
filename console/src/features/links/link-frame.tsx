import { Alert, Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { LockedBell, RingingBell } from '../../ui/illustrations.tsx'
import { WhereIsMyCode } from '../../ui/where-is-my-code.tsx'

type FrameProps = { readonly title: string; readonly text?: ReactNode; readonly children?: ReactNode }

/** One page behind a link: a heading, a sentence, one thing to do, and the way to the sign-in. */
export const LinkFrame = ({ title, text, children }: FrameProps) => {
  const { t } = useTexts()
  useEffect(() => {
    document.title = `${title} · Campanile`
  }, [title])
  return (
    <BareFrame>
      <Stack gap="md">
        <Title order={1}>{title}</Title>
        {text === undefined ? null : <Text>{text}</Text>}
        {children}
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('links.to-sign-in')}
        </Anchor>
      </Stack>
    </BareFrame>
  )
}

/** One sentence for everything that can be wrong with a link: the server does not tell which. */
export const LinkRefused = () => {
  const { t } = useTexts()
  return (
    <LinkFrame title={t('links.refused-title')} text={t('links.refused-text')}>
      <LockedBell />
    </LinkFrame>
  )
}

type DoneProps = {
  readonly title: string
  readonly text: string
  /** A mail is on its way. */
  readonly mailed?: boolean
}
export const LinkDone = ({ title, text, mailed = false }: DoneProps) => (
  <LinkFrame title={title}>
    <RingingBell />
    <Alert color="green" role="status">
      {text}
    </Alert>
    {mailed ? <WhereIsMyCode /> : null}
  </LinkFrame>
)
