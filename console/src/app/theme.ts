import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  mergeThemeOverrides,
} from '@mantine/core'
import type { Texts } from '../i18n/message.ts'

/** Bell-bronze, the colour of the house; actions stay indigo. */
const bronze: MantineColorsTuple = [
  '#fbf5ee',
  '#f3e6d6',
  '#e6caa9',
  '#d8ad79',
  '#cc9451',
  '#b97c3a',
  '#a36a30',
  '#8c5a2b',
  '#744a24',
  '#5b3a1c',
]

/** A dark scale with a little warmth, so that bronze belongs to it. */
const dark: MantineColorsTuple = [
  '#d2cfcb',
  '#bdb9b4',
  '#9c9791',
  '#77726d',
  '#484440',
  '#383531',
  '#2b2926',
  '#201e1c',
  '#181715',
  '#121110',
]

const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.34,
  colors: { bronze, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '2rem' },
      h2: { fontSize: '1.125rem', lineHeight: '1.75rem' },
      h3: { fontSize: '1rem', lineHeight: '1.5rem' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
})

/** Defaults of components; those that speak need the language of the moment. */
export const themeIn = (t: Texts['t']) => {
  const closeButtonProps = { 'aria-label': t('ui.close') }
  const overlayProps = { backgroundOpacity: 0.45 }
  return mergeThemeOverrides(theme, {
    components: {
      Modal: { defaultProps: { centered: true, overlayProps, closeButtonProps } },
      ModalCloseButton: { defaultProps: closeButtonProps },
      Drawer: { defaultProps: { overlayProps, closeButtonProps } },
      DrawerCloseButton: { defaultProps: closeButtonProps },
      Notification: { defaultProps: { closeButtonProps } },
      // The place holder is an element without a role inside a menu, which screen readers stumble over.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    },
  })
}

/** Mantine's own text on light tints stays below 4.5 : 1 for most colours. */
const textOnTint = {
  green: '#1d6030',
  teal: '#0b5f4a',
  yellow: '#7a4a00',
  orange: '#9a3412',
  red: '#a61e1e',
  cyan: '#0a586b',
  blue: '#155799',
  indigo: '#364fc7',
  violet: '#5f3dc4',
  gray: '#495057',
}
const tintVariables = Object.fromEntries(
  Object.entries(textOnTint).map(([color, text]) => [`--mantine-color-${color}-light-color`, text]),
)

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--page-width': '1280px',
    '--header-height': '56px',
    '--bottom-bar-height': '60px',
    '--nav-width': '244px',
    '--nav-width-narrow': '64px',
  },
  light: {
    ...tintVariables,
    '--mantine-color-error': '#c92a2a',
    '--ground': '#faf9f7',
    '--surface': '#ffffff',
    '--line': '#e7e3dd',
    '--quiet': '#625c55',
    '--brand': '#8c5a2b',
    '--nav-active': '#f3e6d6',
    '--nav-active-text': '#6b431d',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#d6d0c7',
    '--mantine-color-dimmed': '#625c55',
  },
  dark: {
    '--mantine-color-error': '#ff8787',
    '--ground': '#181715',
    '--surface': '#211f1d',
    '--line': '#383531',
    '--quiet': '#a8a39c',
    '--brand': '#d8ad79',
    '--nav-active': '#3a2c1e',
    '--nav-active-text': '#e6caa9',
    '--mantine-color-body': '#211f1d',
    '--mantine-color-default-border': '#484440',
    '--mantine-color-dimmed': '#a8a39c',
  },
})
