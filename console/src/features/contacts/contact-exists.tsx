import { Alert, Button, Group as Row, Text } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import type { ProblemError } from '../../lib/problem.ts'

type Props = {
  readonly problem: ProblemError
  readonly busy: boolean
  /** Missing while a contact is edited: two contacts are not made one here. */
  readonly onUpdate?: () => void
}

/** The key belongs to somebody already: open that contact, or bring it up to date with these entries. */
export const ContactExists = ({ problem, busy, onUpdate }: Props) => {
  const { t, find } = useTexts()
  const id = problem.word('contact_id')
  const key = problem.word('key') ?? (id === null ? 'masked' : 'email')
  const update = id === null ? undefined : onUpdate
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconUserCheck size={20} />}
      title={find('contacts', `exists-${key}`) ?? t('contacts.exists-email')}
    >
      {id === null ? <Text size="sm">{t('contacts.exists-masked-text')}</Text> : null}
      {update === undefined ? null : <Text size="sm">{t('contacts.exists-text')}</Text>}
      <Row gap="sm" mt="sm">
        {id === null ? null : (
          <Button component={Link} to={`/contacts/${id}`} size="xs" variant="default">
            {t('contacts.exists-open')}
          </Button>
        )}
        {update === undefined ? null : (
          <Button size="xs" variant="light" loading={busy} onClick={update}>
            {t('contacts.exists-update')}
          </Button>
        )}
      </Row>
    </Alert>
  )
}
