import { Card, Skeleton, Stack } from '@mantine/core'
import { useTexts } from '../i18n/texts.tsx'
import classes from './page.module.css'

const widths = ['92%', '78%', '86%', '64%', '81%', '70%']

export const RowsSkeleton = ({ rows = 6 }: { readonly rows?: number }) => {
  const { t } = useTexts()
  return (
    <Stack gap="md" py="md" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={widths[row] ?? row} height={16} width={widths[row % widths.length] ?? '80%'} />
      ))}
    </Stack>
  )
}

export const CardSkeleton = ({ rows = 4 }: { readonly rows?: number }) => (
  <Card withBorder padding="lg">
    <RowsSkeleton rows={rows} />
  </Card>
)

/** While the bundle of a page is on its way. */
export const PageSkeleton = () => (
  <div className={classes.page}>
    <Skeleton height={32} width={220} mb="xl" />
    <CardSkeleton rows={6} />
  </div>
)
