import { Alert, Anchor } from '@mantine/core'
import { IconLockExclamation } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useSession } from '../../lib/session.ts'
import classes from './frame.module.css'

const places = {
  recovery: '/profile/sign-in',
  password_change: '/profile/sign-in',
  break_glass: '/account/settings/security',
  after_reset: null,
} as const

/** A session that may do only part of the work says so on every page, and where to end it. */
export const LimitedBanner = () => {
  const { t } = useTexts()
  const { limited } = useSession()
  if (limited === null) return null
  const place = places[limited]
  return (
    <Alert
      color="orange"
      radius={0}
      role="status"
      icon={<IconLockExclamation size={20} />}
      className={classes.banner ?? ''}
    >
      {t(`frame.limited-${limited}`)}{' '}
      {place === null ? null : (
        <Anchor component={Link} to={place} inherit>
          {t('frame.limited-go')}
        </Anchor>
      )}
    </Alert>
  )
}
