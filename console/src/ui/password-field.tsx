import { PasswordInput, type PasswordInputProps, Progress, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import { PasswordStrength } from './password-strength.tsx'

const charactersMin = 15

/** Length as the server counts it: code points after NFC (security.md §4.2). */
export const passwordLength = (password: string): number => [...password.normalize('NFC')].length

/** Sign-in and confirmations: a password with a show button that says what it does. */
export const PasswordBox = (props: PasswordInputProps) => {
  const { t } = useTexts()
  const [shown, setShown] = useState(false)
  return (
    <PasswordInput
      visible={shown}
      onVisibilityChange={setShown}
      visibilityToggleButtonProps={{
        'aria-label': t(shown ? 'sign-in.hide-password' : 'sign-in.show-password'),
        tabIndex: 0,
      }}
      {...props}
    />
  )
}

type MeterProps = { readonly length: number; readonly lengthMin: number; readonly id: string }

const Meter = ({ length, lengthMin, id }: MeterProps) => {
  const { t } = useTexts()
  const enough = length >= lengthMin
  const color = enough ? 'green' : length > lengthMin / 2 ? 'yellow' : 'orange'
  return (
    <div id={id}>
      <Progress value={Math.min(100, (length / lengthMin) * 100)} color={color} size={4} mt={6} aria-hidden />
      <Text size="xs" c="dimmed" mt={4} className="tabular">
        {length === 0
          ? t('password.rule', { needed: lengthMin })
          : enough
            ? t('password.enough', { count: length })
            : t('password.count', { count: length, needed: lengthMin })}
      </Text>
    </div>
  )
}

type Props = Omit<PasswordInputProps, 'onChange'> & {
  readonly onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void
  /** Less is enough where a second factor is asked in any case. */
  readonly lengthMin?: number
  /** What a guesser would try first: the address, the name of the account. */
  readonly words?: readonly string[]
}

/** A password that is being chosen: says the one rule, measures while one types. */
export const NewPasswordField = ({ onChange, lengthMin = charactersMin, words = [], ...props }: Props) => {
  const meter = useId()
  const [password, setPassword] = useState(() => String(props.value ?? props.defaultValue ?? ''))
  return (
    <div>
      <PasswordBox
        autoComplete="new-password"
        {...props}
        aria-describedby={meter}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
          onChange?.(event)
        }}
      />
      <Meter length={passwordLength(password)} lengthMin={lengthMin} id={meter} />
      <PasswordStrength password={password} words={words} />
    </div>
  )
}
