import type { ReactNode } from 'react'
import classes from './illustrations.module.css'

const Drawing = ({ children }: { readonly children: ReactNode }) => (
  <svg className={classes.drawing} viewBox="0 0 160 120" width="160" height="120" aria-hidden="true">
    <ellipse className={classes.ground} cx="80" cy="106" rx="62" ry="7" />
    {children}
  </svg>
)

const bell = 'M80 26c15 0 24 11 25 27l2 21c1 7 5 10 8 14v4H45v-4c3-4 7-7 8-14l2-21c1-16 10-27 25-27z'

const Bell = () => (
  <>
    <path className={classes.line} d="M80 26v-8M72 18h16" />
    <path className={classes.solid} d={bell} />
    <path className={classes.shine} d="M65 56c1-9 5-15 11-18" />
    <path className={classes.line} d="M72 92a8 8 0 0 0 16 0" />
  </>
)

/** Nothing there, nothing rings. */
export const SilentBell = () => (
  <Drawing>
    <Bell />
    <path className={classes.faint} d="M30 44c-5 8-5 18 0 26M130 44c5 8 5 18 0 26" strokeDasharray="2 6" />
  </Drawing>
)

export const RingingBell = () => (
  <Drawing>
    <Bell />
    <path className={classes.line} d="M34 42c-6 9-6 21 0 30M126 42c6 9 6 21 0 30" />
    <path className={classes.faint} d="M22 34c-9 14-9 32 0 46M138 34c9 14 9 32 0 46" />
  </Drawing>
)

export const LockedBell = () => (
  <Drawing>
    <Bell />
    <rect className={classes.paper} x="98" y="66" width="34" height="28" rx="5" />
    <path className={classes.line} d="M106 66v-7a9 9 0 0 1 18 0v7M115 77v6" />
  </Drawing>
)

/** People to write to. */
export const People = () => (
  <Drawing>
    <circle className={classes.paper} cx="46" cy="54" r="13" />
    <path className={classes.paper} d="M24 100c0-16 9-26 22-26s22 10 22 26z" />
    <circle className={classes.paper} cx="114" cy="54" r="13" />
    <path className={classes.paper} d="M92 100c0-16 9-26 22-26s22 10 22 26z" />
    <circle className={classes.solid} cx="80" cy="42" r="16" />
    <path className={classes.solid} d="M52 102c0-21 11-34 28-34s28 13 28 34z" />
  </Drawing>
)

export const Letter = () => (
  <Drawing>
    <rect className={classes.paper} x="30" y="34" width="100" height="68" rx="8" />
    <path className={classes.line} d="M34 40l46 36 46-36" />
    <circle className={classes.solid} cx="124" cy="36" r="13" />
    <path className={classes.onSolid} d="M119 36l4 4 7-8" />
  </Drawing>
)

/** An open letter box: the built-in mailbox, an inbox without mail. */
export const LetterBox = () => (
  <Drawing>
    <path className={classes.line} d="M80 82v22" />
    <path className={classes.solid} d="M32 82V56a22 22 0 0 1 22-22h52a22 22 0 0 1 22 22v26z" />
    <path className={classes.paper} d="M32 82V56a22 22 0 0 1 44 0v26z" />
    <path className={classes.line} d="M44 58h20M128 34V18h-14" />
  </Drawing>
)

/** Rows of a table: fields, files, providers, whatever is a list. */
export const Sheet = () => (
  <Drawing>
    <rect className={classes.paper} x="36" y="22" width="88" height="80" rx="8" />
    <path className={classes.solidBand} d="M36 30a8 8 0 0 1 8-8h72a8 8 0 0 1 8 8v10H36z" />
    <path className={classes.faint} d="M48 54h64M48 68h64M48 82h40" />
  </Drawing>
)

export const Clock = () => (
  <Drawing>
    <circle className={classes.paper} cx="80" cy="62" r="38" />
    <path className={classes.line} d="M80 38v24l16 10" />
    <circle className={classes.solid} cx="80" cy="62" r="5" />
  </Drawing>
)
