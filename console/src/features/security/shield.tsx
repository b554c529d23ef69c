import { ActionIcon, Anchor, Popover, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { looks, useGuard } from './use-guard.ts'

const page = '/account/settings/security'

const Guarded = () => {
  const { t } = useTexts()
  const [opened, { toggle, close }] = useDisclosure()
  const { guard } = useGuard()
  if (guard === null) return null
  const { color, Icon } = looks[guard.level]
  const next = guard.points.find((point) => !point.done)
  return (
    <Popover opened={opened} onClose={close} position="bottom-end" width={300} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={color}
          size={36}
          onClick={toggle}
          aria-label={t(`security.level-${guard.level}`)}
        >
          <Icon size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Title order={2} size="h4">
            {t(`security.level-${guard.level}`)}
          </Title>
          {next ? (
            <Text size="sm">
              {t(`security.${next.id}-open`, next.values)}{' '}
              <Anchor component={Link} to={page} hash={next.to.slice(1)} size="sm" onClick={close}>
                {t(`security.${next.id}-act`)}
              </Anchor>
            </Text>
          ) : null}
          <Anchor component={Link} to={page} size="sm" onClick={close}>
            {t('security.shield-all')}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** In the top bar for those who may see it: the account's guard, and the next step to make it stronger. */
export const Shield = () => (useMay()('account.security.view') ? <Guarded /> : null)
