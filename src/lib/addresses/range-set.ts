/** Both ends included, in the 128-bit space in which IPv4 is ::ffff:a.b.c.d. */
export type Range = { readonly lo: bigint; readonly hi: bigint }
/** Sorted, apart from each other, none touching the next. */
export type RangeSet = readonly Range[]

const v4Lo = 0xffff_0000_0000n
const v4Hi = 0xffff_ffff_ffffn

export const unite = (ranges: readonly Range[]): RangeSet => {
  const sorted = ranges.toSorted((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0))
  const merged: Range[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last && range.lo <= last.hi + 1n) {
      if (range.hi > last.hi) merged[merged.length - 1] = { lo: last.lo, hi: range.hi }
    } else merged.push(range)
  }
  return merged
}

/** Whether every address of `inner` is in `outer`. */
export const covers = (outer: RangeSet, inner: RangeSet): boolean => {
  let at = 0
  for (const range of inner) {
    while (at < outer.length && (outer[at]?.hi ?? 0n) < range.lo) at += 1
    const holder = outer[at]
    if (!holder || holder.lo > range.lo || holder.hi < range.hi) return false
  }
  return true
}

export const holds = (set: readonly Range[], value: bigint): boolean =>
  set.some((range) => range.lo <= value && value <= range.hi)

export const overlap = (a: Range, b: Range): boolean => a.lo <= b.hi && b.lo <= a.hi

/** How many IPv4 addresses the set holds. */
export const countV4 = (set: RangeSet): bigint =>
  set.reduce((sum, { lo, hi }) => {
    const from = lo > v4Lo ? lo : v4Lo
    const to = hi < v4Hi ? hi : v4Hi
    return to >= from ? sum + (to - from + 1n) : sum
  }, 0n)
