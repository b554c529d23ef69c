import { Badge, Stack, Text } from '@mantine/core'
import { IconDeviceMobile, IconFingerprint, IconKey, IconMail, IconMessage } from '@tabler/icons-react'
import type { Challenge } from '../../../../src/security/challenges/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './method-choice.module.css'

export type Method = Challenge['alternatives'][number]['method']

const icons = {
  email: IconMail,
  sms: IconMessage,
  totp: IconDeviceMobile,
  passkey: IconFingerprint,
  recovery: IconKey,
}
/** Strongest first, as they are recommended. */
const order: readonly Method[] = ['passkey', 'totp', 'sms', 'email', 'recovery']

type Props = {
  readonly alternatives: readonly { readonly method: Method; readonly destination: string | null }[]
  readonly onChoose: (method: Method) => void
  /** With a sentence each on what the method is worth: when one is bound, not when one is used. */
  readonly explained?: boolean
  readonly recommended?: Method
}

export const MethodChoice = ({ alternatives, onChoose, explained = false, recommended }: Props) => {
  const { t, find } = useTexts()
  const sorted = [...alternatives].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))
  return (
    <Stack gap="xs" component="ul" className={classes.list ?? ''}>
      {sorted.map(({ method, destination }) => {
        const Icon = icons[method]
        const about = explained ? find('second-factor', `about.${method}`) : destination
        return (
          <li key={method}>
            <button type="button" className={classes.method} onClick={() => onChoose(method)}>
              <Icon size={24} aria-hidden className={classes.icon} />
              <span className={classes.words}>
                <Text span fw={600}>
                  {t(`second-factor.method.${method}`)}{' '}
                  {recommended === method ? (
                    <Badge size="sm" color="green" variant="light">
                      {t('sign-in.recommended')}
                    </Badge>
                  ) : null}
                </Text>
                {about === null ? null : (
                  <Text span size="sm" c="dimmed">
                    {about}
                  </Text>
                )}
              </span>
            </button>
          </li>
        )
      })}
    </Stack>
  )
}
