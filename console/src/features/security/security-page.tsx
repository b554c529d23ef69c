import { Stack } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { Page } from '../../ui/page.tsx'
import { Glance } from './glance.tsx'
import { securitySections } from './sections.ts'

/** How well the account is guarded, what to do next, and every lock it has. */
export const SecurityPage = () => {
  const { t } = useTexts()
  return (
    <Page title={t('security.title')} purpose={t('security.purpose')}>
      <Stack gap="md">
        <Glance />
        {securitySections.map(({ id, part: Part }) => (
          <section key={id} id={id}>
            <Part />
          </section>
        ))}
      </Stack>
    </Page>
  )
}
