import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n/texts.tsx'

type Props = {
  /** One of `illustrations.tsx`. */
  readonly art: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** Path of the guide that teaches this page. */
  readonly guide?: string
}

/** Teaches instead of being empty: a drawing, a sentence, one action, one guide. */
export const EmptyState = ({ art, title, children, action, guide }: Props) => {
  const { t } = useTexts()
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      {art}
      <Title order={2} mt="xs">
        {title}
      </Title>
      <Text c="dimmed" maw={460}>
        {children}
      </Text>
      {action === undefined ? null : <div>{action}</div>}
      {guide === undefined ? null : (
        <Anchor component={Link} to={guide} size="sm">
          {t('ui.guide-link')}
        </Anchor>
      )}
    </Stack>
  )
}
