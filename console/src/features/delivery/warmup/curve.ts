/** The same curve as on the server, for the preview while a plan is typed. */
export const capOnDay = (
  { start, growth, target }: { readonly start: number; readonly growth: number; readonly target: number },
  day: number,
): number => Math.min(target, Math.floor(start * growth ** (day - 1) + 1e-9))

/** The first day at which the target is reached; null = not within the days. */
export const targetDay = (
  curve: { readonly start: number; readonly growth: number; readonly target: number },
  days: number,
): number | null => {
  for (let day = 1; day <= days; day += 1) if (capOnDay(curve, day) >= curve.target) return day
  return null
}
