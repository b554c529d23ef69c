const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export type Formats = {
  readonly number: (value: number) => string
  /** A short form such as 12.4k; the exact figure belongs into a tooltip. */
  readonly compact: (value: number) => string
  /** A share of 1, with one decimal: 0.1234 → 12.3 %. */
  readonly percent: (share: number) => string
  readonly bytes: (size: number) => string
  readonly date: (time: string | Date) => string
  readonly time: (time: string | Date) => string
  readonly dateTime: (time: string | Date) => string
  /** Full date and time with the zone named: for the tooltip of every time. */
  readonly exact: (time: string | Date) => string
  /** Relative within a day, absolute else. */
  readonly when: (time: string | Date, now: Date) => string
  /** 95 s → "1 min 35 s". */
  readonly duration: (ms: number) => string
}

const toDate = (time: string | Date): Date => (typeof time === 'string' ? new Date(time) : time)

const relative = (format: Intl.RelativeTimeFormat, ms: number): string => {
  const size = Math.abs(ms)
  // Clocks of browser and server differ by seconds, and a shown "now" ages: what has just happened is not to come.
  if (ms > 0 && size < minuteMs) return format.format(0, 'second')
  if (size < minuteMs) return format.format(Math.trunc(ms / secondMs), 'second')
  if (size < hourMs) return format.format(Math.trunc(ms / minuteMs), 'minute')
  return format.format(Math.trunc(ms / hourMs), 'hour')
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

const makeBytes = (language: string) => (size: number) => {
  const power = Math.min(byteUnits.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3))
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(size / 1000 ** power)
}

const makeDuration = (language: string) => {
  const unit = (name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' })
  const [hours, minutes, seconds] = [unit('hour'), unit('minute'), unit('second')]
  return (ms: number): string => {
    const total = Math.max(0, Math.round(ms / secondMs))
    const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
    if (h > 0) return `${hours.format(h)} ${minutes.format(m)}`
    return m > 0 ? `${minutes.format(m)} ${seconds.format(s)}` : seconds.format(s)
  }
}

export const makeFormats = (language: string, timeZone: string): Formats => {
  const number = new Intl.NumberFormat(language)
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone })
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone })
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long', timeZone })
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const full = (value: string | Date) => dateTime.format(toDate(value))
  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (share) => percent.format(share),
    bytes: makeBytes(language),
    date: (value) => date.format(toDate(value)),
    time: (value) => time.format(toDate(value)),
    dateTime: full,
    exact: (value) => `${exact.format(toDate(value))} (${timeZone})`,
    when: (value, now) => {
      const ms = toDate(value).getTime() - now.getTime()
      return Math.abs(ms) < dayMs ? relative(ago, ms) : full(value)
    },
    duration: makeDuration(language),
  }
}
