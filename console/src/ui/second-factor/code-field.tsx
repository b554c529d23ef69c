import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './second-factor.module.css'

type Props = {
  readonly ref?: Ref<HTMLInputElement>
  readonly label?: string
  readonly digits?: 6 | 8
  readonly error?: string | null
  readonly disabled?: boolean
  /** Recovery codes are letters and digits. */
  readonly letters?: boolean
}

/** One field for the whole code: pasting works, the keyboard is for digits, browsers fill it from the message. */
export const CodeField = ({ ref, label, digits = 6, error, disabled = false, letters = false }: Props) => {
  const { t } = useTexts()
  return (
    <TextInput
      ref={ref ?? null}
      size="md"
      label={label ?? t('second-factor.code')}
      name={letters ? 'recovery-code' : 'one-time-code'}
      inputMode={letters ? 'text' : 'numeric'}
      autoComplete={letters ? 'off' : 'one-time-code'}
      autoCapitalize="characters"
      autoCorrect="off"
      spellCheck={false}
      placeholder={letters ? '0-XXXX-XXXX-XXXX-XXXX' : '0'.repeat(digits)}
      classNames={{ input: classes.code ?? '' }}
      error={error ?? null}
      errorProps={{ role: 'alert' }}
      disabled={disabled}
      autoFocus
      required
      withAsterisk={false}
      maxLength={40}
    />
  )
}
