import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import classes from './data-table.module.css'
import type { Selection } from './selection.ts'

type BulkBarProps = {
  readonly selection: Selection
  readonly matching: number | undefined
  readonly children: ReactNode
}

/** Stands in place of the toolbar while rows are selected. */
export const BulkBar = ({ selection, matching, children }: BulkBarProps) => {
  const { t } = useTexts()
  const loaded = selection.chosen.length
  const more = matching !== undefined && matching > loaded && selection.all
  const count = selection.everything && matching !== undefined ? matching : loaded
  return (
    <div className={`${classes.toolbar} ${classes.bulk}`}>
      <div className={classes.tools}>
        <strong role="status">{t('ui.selected', { count })}</strong>
        {more && !selection.everything ? (
          <Button variant="subtle" size="compact-sm" onClick={selection.chooseEverything}>
            {t('ui.select-matching', { count: matching })}
          </Button>
        ) : null}
        {children}
      </div>
      <Button variant="subtle" size="xs" onClick={selection.clear}>
        {t('ui.clear-selection')}
      </Button>
    </div>
  )
}
