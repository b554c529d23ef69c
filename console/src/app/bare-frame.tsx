import { ActionIcon, Select, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isLanguage, languageNames, languages } from '../i18n/catalogue.ts'
import { useTongue } from '../i18n/texts.tsx'
import { Logo } from '../ui/logo.tsx'
import classes from './bare-frame.module.css'
import { Skyline } from './skyline.tsx'

const Choices = () => {
  const { t, language, setLanguage } = useTongue()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const dark = colorScheme === 'dark'
  const label = t(dark ? 'frame.theme-light' : 'frame.theme-dark')
  return (
    <div className={classes.choices}>
      <Select
        size="xs"
        w={120}
        aria-label={t('frame.language')}
        allowDeselect={false}
        value={language}
        onChange={(value) => isLanguage(value) && setLanguage(value)}
        data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
      />
      <Tooltip label={label}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={label}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? <IconSun size={16} /> : <IconMoon size={16} />}
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

type Props = { readonly children: ReactNode; readonly wide?: boolean }

/** Pages before anybody is signed in: the tower at the side, the work in the middle. */
export const BareFrame = ({ children, wide = false }: Props) => {
  const { t } = useTongue()
  return (
    <div className={classes.frame}>
      <aside className={classes.side}>
        <Skyline />
        <div className={classes.words}>
          <p className={classes.tagline}>{t('sign-in.tagline')}</p>
          <p className={classes.more}>{t('sign-in.tagline-more')}</p>
        </div>
      </aside>
      <div className={classes.main}>
        <header className={classes.head}>
          <Logo />
          <Choices />
        </header>
        <main className={classes.content} data-wide={wide}>
          {children}
        </main>
      </div>
    </div>
  )
}
