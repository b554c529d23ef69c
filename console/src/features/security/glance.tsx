import { Alert, Anchor, Card, Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconShield, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getMfaPolicy } from '../../../../src/security/mfa/contract.ts'
import { getBreakGlassCodes, getIpPolicy } from '../../../../src/security/network/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { type Guard, guardOf } from './guard.ts'

const looks = {
  strong: { color: 'green', Icon: IconShieldCheck },
  fair: { color: 'yellow', Icon: IconShield },
  weak: { color: 'red', Icon: IconShieldX },
} as const

const Point = ({ point }: { readonly point: Guard['points'][number] }) => {
  const { t } = useTexts()
  return (
    <List.Item
      icon={
        <ThemeIcon size={20} radius="xl" variant="light" color={point.done ? 'green' : 'yellow'} aria-hidden>
          {point.done ? <IconCheck size={14} /> : <IconAlertTriangle size={14} />}
        </ThemeIcon>
      }
    >
      <Text size="sm">
        {t(`security.${point.id}-${point.done ? 'done' : 'open'}`, point.values)}{' '}
        {point.done ? null : (
          <Anchor href={point.to} size="sm">
            {t(`security.${point.id}-act`)}
          </Anchor>
        )}
      </Text>
    </List.Item>
  )
}

const useGuard = (): { guard: Guard | null; error: unknown } => {
  const roles = useSession().roles
  const owner = roles.some((role) => role.name === 'Owner')
  const policy = useQuery(read(getIpPolicy))
  const mfa = useQuery(read(getMfaPolicy))
  const codes = useQuery({ ...read(getBreakGlassCodes), enabled: owner, retry: false })
  const ready = policy.data && mfa.data
  return {
    guard: ready ? guardOf(policy.data, mfa.data, codes.data?.left ?? null) : null,
    error: policy.error ?? mfa.error,
  }
}

/** One sentence that says how well the account is guarded, and the next step. */
export const Glance = () => {
  const { t } = useTexts()
  const { guard, error } = useGuard()
  if (error !== null) return <Alert color="gray">{t('security.glance-unknown')}</Alert>
  if (guard === null) return <CardSkeleton rows={3} />
  const { color, Icon } = looks[guard.level]
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('security.glance')}>
      <Group align="flex-start" gap="lg">
        <ThemeIcon size={48} radius="xl" variant="light" color={color} aria-hidden>
          <Icon size={28} />
        </ThemeIcon>
        <Stack gap="xs" flex={1} miw={240}>
          <Title order={2}>{t(`security.level-${guard.level}`)}</Title>
          <List spacing={6}>
            {guard.points.map((point) => (
              <Point key={point.id} point={point} />
            ))}
          </List>
        </Stack>
      </Group>
    </Card>
  )
}
