import { Alert, Anchor, Card, Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTexts } from '../../i18n/texts.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import type { Guard } from './guard.ts'
import { looks, useGuard } from './use-guard.ts'

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
