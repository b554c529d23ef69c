const iso = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})$/

/** Reads a point in time (RFC 3339); null for days and hours that do not exist, which `Date` alone would bend. */
export const parseTimestamp = (text: string): Date | null => {
  const match = iso.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const lastDay = new Date(0)
  lastDay.setUTCFullYear(year ?? 0, month ?? 0, 0)
  const real =
    (year ?? 0) > 0 &&
    (month ?? 0) >= 1 &&
    (month ?? 0) <= 12 &&
    (day ?? 0) >= 1 &&
    (day ?? 0) <= lastDay.getUTCDate() &&
    (hour ?? 0) <= 23 &&
    (minute ?? 0) <= 59 &&
    (second ?? 0) <= 59
  const at = Date.parse(text.toUpperCase().replace(' ', 'T'))
  return real && !Number.isNaN(at) ? new Date(at) : null
}
