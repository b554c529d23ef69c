import { Button, Center, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import type { PermissionKey } from '../../../src/http/permissions/contract.ts'
import { useTexts } from '../i18n/texts.tsx'
import { isProblem } from '../lib/problem.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { LockedBell, SilentBell } from '../ui/illustrations.tsx'

/** Thrown by a route whose permission the person lacks. */
export class Forbidden extends Error {
  readonly permission: PermissionKey
  constructor(permission: PermissionKey) {
    super(`Missing permission ${permission}`)
    this.permission = permission
  }
}

type LostProps = { readonly art: ReactNode; readonly title: string; readonly children: ReactNode }

const Lost = ({ art, title, children }: LostProps) => (
  <Center mih="60dvh" p="lg">
    <Stack align="center" gap="sm" maw={520} ta="center">
      {art}
      <Title order={1}>{title}</Title>
      {children}
    </Stack>
  </Center>
)

const HomeButton = () => {
  const { t } = useTexts()
  return (
    <Button component={Link} to="/" mt="sm">
      {t('ui.go-home')}
    </Button>
  )
}

export const NotFoundPage = () => {
  const { t } = useTexts()
  return (
    <Lost art={<SilentBell />} title={t('ui.not-found-title')}>
      <Text c="dimmed">{t('ui.not-found-text')}</Text>
      <HomeButton />
    </Lost>
  )
}

export const ForbiddenPage = ({ permission }: { readonly permission: string }) => {
  const { t, rich } = useTexts()
  return (
    <Lost art={<LockedBell />} title={t('ui.forbidden-title')}>
      <Text c="dimmed">{rich('ui.forbidden-text', { permission: <Code key="key">{permission}</Code> })}</Text>
      <HomeButton />
    </Lost>
  )
}

/** The last net: a page that threw, or whose first read was refused. */
export const CrashPage = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useTexts()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  useEffect(() => queries.reset(), [queries])
  if (error instanceof Forbidden) return <ForbiddenPage permission={error.permission} />
  if (isProblem(error, 'permission_denied'))
    return <ForbiddenPage permission={error.word('permission') ?? '–'} />
  if (isProblem(error, 'not_found')) return <NotFoundPage />
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (isProblem(error)) return <ErrorState error={error} onRetry={again} />
  return (
    <Lost art={<SilentBell />} title={t('ui.crash-title')}>
      <Text c="dimmed">{t('ui.crash-text')}</Text>
      <Code>{error instanceof Error ? error.message : String(error)}</Code>
      <Group mt="sm">
        <Button onClick={() => window.location.reload()}>{t('ui.reload')}</Button>
      </Group>
    </Lost>
  )
}
