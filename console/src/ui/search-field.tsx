import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'

const quietMs = 250

type Props = {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly placeholder?: string
}

/** Searches as one types, once the fingers rest. */
export const SearchField = ({ value = '', onChange, placeholder }: Props) => {
  const { t } = useTexts()
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sent = useRef(value)
  useEffect(() => {
    // A filter removed elsewhere (its chip, the back button) empties the field too.
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next.trim()
      onChange(next.trim() === '' ? undefined : next.trim())
    }, quietMs)
  }
  return (
    <TextInput
      type="search"
      role="searchbox"
      w={{ base: '100%', sm: 280 }}
      leftSection={<IconSearch size={16} />}
      rightSection={
        text === '' ? null : (
          <CloseButton size="sm" aria-label={t('ui.filters-clear')} onClick={() => change('')} />
        )
      }
      placeholder={placeholder ?? t('frame.search')}
      aria-label={placeholder ?? t('frame.search')}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
