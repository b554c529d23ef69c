import { Badge, Button, Card, Group, List, Skeleton, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import type { EmailWay } from './email-way.ts'
import classes from './providers.module.css'
import { routeName } from './route-name.ts'

type LookProps = {
  readonly icon: ReactNode
  readonly color: string
  readonly badge?: string
  readonly title: string
  readonly text: string
  readonly action?: ReactNode
  readonly children?: ReactNode
}

const Look = ({ icon, color, badge, title, text, action, children }: LookProps) => (
  <Card withBorder padding="lg" component="section" aria-label={title} mb="lg">
    <div className={classes.way}>
      <ThemeIcon variant="light" color={color} size={44} radius="md">
        {icon}
      </ThemeIcon>
      <div className={classes.words}>
        <Group gap="xs">
          <Title order={2}>{title}</Title>
          {badge === undefined ? null : (
            <Badge color={color} variant="light" tt="none" radius="sm" fw={550}>
              {badge}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" mt={2} maw="72ch">
          {text}
        </Text>
        {children}
      </div>
      {action === undefined ? null : <div className={classes.act}>{action}</div>}
    </div>
  </Card>
)

const OtherRules = ({ way }: { readonly way: EmailWay }) => {
  const texts = useTexts()
  const rules = way.others.filter((route) => route.enabled)
  if (rules.length === 0) return null
  return (
    <>
      <Text size="sm" mt="sm">
        {texts.t('providers.way-rules', { count: rules.length })}
      </Text>
      <List size="sm">
        {rules.map((route) => (
          <List.Item key={route.id}>
            {routeName(route, texts)} →{' '}
            {way
              .named(route)
              .map(({ name }) => name)
              .join(', ')}
          </List.Item>
        ))}
      </List>
    </>
  )
}

type Props = { readonly way: EmailWay; readonly onBack: () => void }

/** Whether real people receive what is sent: the one thing this page must never leave in doubt. */
export const WayCard = ({ way, onBack }: Props) => {
  const { t } = useTexts()
  const manages = useMay()('sending.providers.manage')
  if (way.error !== null) return null
  if (way.isPending) return <Skeleton height={96} radius="md" mb="lg" />
  const leaves = way.inMain
  if (leaves.length === 0) {
    return (
      <Look
        icon={<IconAlertTriangle size={24} />}
        color="red"
        title={t('providers.way-none')}
        text={t('providers.way-none-text')}
      />
    )
  }
  if (leaves.every(({ kind }) => kind === 'simulator')) {
    return (
      <Look
        icon={<IconInbox size={24} />}
        color="yellow"
        badge={t('providers.badge-simulated')}
        title={t('providers.way-simulated')}
        text={t('providers.way-simulated-text')}
        action={
          <Button component={Link} to="/simulator/mailbox" variant="default">
            {t('providers.way-open-mailbox')}
          </Button>
        }
      >
        <OtherRules way={way} />
      </Look>
    )
  }
  return (
    <Look
      icon={<IconSend size={24} />}
      color="green"
      badge={t('providers.badge-live')}
      title={t('providers.way-live', { names: leaves.map(({ name }) => name).join(', ') })}
      text={t('providers.way-live-text')}
      action={
        manages && way.simulator !== null ? (
          <Button variant="default" leftSection={<IconInbox size={16} />} onClick={onBack}>
            {t('providers.back-to-mailbox')}
          </Button>
        ) : undefined
      }
    >
      <OtherRules way={way} />
    </Look>
  )
}
