import { Modal, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { type HitGroup, useHits } from './search-hits.ts'
import classes from './search-palette.module.css'

type ListProps = {
  readonly groups: readonly HitGroup[]
  readonly chosen: string | undefined
  readonly onOpen: (to: string) => void
}

const HitList = ({ groups, chosen, onOpen }: ListProps) => {
  const { t } = useTexts()
  return (
    <div role="listbox" id="search-hits" aria-label={t('frame.search')}>
      {groups.map(({ heading, hits }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box has no element of its own.
        <div key={heading} role="group" aria-label={t(heading)}>
          <Text size="xs" c="dimmed" fw={550} px="sm" py={6}>
            {t(heading)}
          </Text>
          {hits.map((hit) => (
            <UnstyledButton
              key={hit.id}
              id={`hit-${hit.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={hit.id === chosen}
              className={classes.hit ?? ''}
              onClick={() => onOpen(hit.to)}
            >
              <span className={classes.title}>{hit.title}</span>
              <span className={classes.note}>{hit.note}</span>
            </UnstyledButton>
          ))}
        </div>
      ))}
    </div>
  )
}

const usePalette = (onClose: () => void) => {
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 120)
  const [place, setPlace] = useState(0)
  const groups = useHits(asked)
  const hits = groups.flatMap((group) => group.hits)
  const current = Math.min(place, hits.length - 1)
  const chosen = hits[current]
  useEffect(() => {
    if (chosen === undefined) return
    document.getElementById(`hit-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const open = (to: string) => {
    onClose()
    void navigate({ to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) {
      event.preventDefault()
      setPlace((current + step + hits.length) % hits.length)
    }
    if (event.key === 'Enter' && chosen !== undefined) open(chosen.to)
  }
  const type = (text: string) => {
    setQuery(text)
    setPlace(0)
  }
  return { query, type, groups, chosen, open, onKeyDown }
}

const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { query, type, groups, chosen, open, onKeyDown } = usePalette(onClose)
  return (
    <>
      <TextInput
        size="md"
        variant="unstyled"
        px="sm"
        leftSection={<IconSearch size={18} />}
        placeholder={t('frame.search-placeholder')}
        aria-label={t('frame.search')}
        role="combobox"
        aria-expanded={chosen !== undefined}
        aria-controls="search-hits"
        aria-activedescendant={chosen === undefined ? undefined : `hit-${chosen.id}`}
        value={query}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-autofocus
      />
      <ScrollArea.Autosize mah="50dvh" viewportProps={{ tabIndex: 0 }} className={classes.list ?? ''}>
        {chosen === undefined ? (
          <Text size="sm" c="dimmed" p="md" role="status">
            {t('frame.search-empty', { query: query.trim() })}
          </Text>
        ) : (
          <HitList groups={groups} chosen={chosen.id} onOpen={open} />
        )}
      </ScrollArea.Autosize>
      <Text size="xs" c="dimmed" className={classes.hint ?? ''}>
        {t('frame.search-hint')}
      </Text>
    </>
  )
}

/** ⌘K: finds pages, and whatever features let be found. */
export const SearchPalette = (props: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal.Root {...props} size={560} centered={false} yOffset="12dvh">
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content aria-label={t('frame.search')}>
        <Modal.Body p={0}>
          <Palette onClose={props.onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
